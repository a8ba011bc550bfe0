"""Which columns of the plans app are closed where they hold personal data by mistake, and which are kept (A3)."""

from kirishima_dx.closing import OBJECT, WORDS, Closable, Kept

CLOSABLE: Closable = {
    "Edition": {"adoption_basis": WORDS, "abandoned_because": WORDS},
    "Erratum": {"reason": WORDS},
    "RecalledAdoption": {"adoption_basis": WORDS, "reason": WORDS, "kept": OBJECT},
}
_TEXT = "計画の本文。施行した版は変わらない（T1）。案は直し、誤りは正誤で示す。"
IN_HISTORY: Closable = {
    "Axis": {"name": WORDS, "tagline": WORDS},
    "Policy": {"name": WORDS},
    "FocusItemText": {"title": WORDS, "overview": WORDS},
    "Section": {"title": WORDS, "body": WORDS},
}
"""What was written in a draft and taken out again is left in the history alone."""
KEPT: Kept = {
    "Plan": {"name": _TEXT, "municipality": _TEXT, "municipality_code": _TEXT},
    "Edition": {"issuer": _TEXT},
    "Axis": {"name": _TEXT, "english": _TEXT, "tagline": _TEXT},
    "Policy": {"name": _TEXT, "letter": _TEXT},
    "FocusItem": {"code": _TEXT},
    "FocusItemText": {"title": _TEXT, "overview": _TEXT},
    "Section": {"title": _TEXT, "body": _TEXT, "number": _TEXT},
    "Erratum": {"place": _TEXT, "wrong": _TEXT, "right": _TEXT},
}
