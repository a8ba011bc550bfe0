"""Which columns of the revisions app are closed where they hold personal data by mistake, and which are kept (A3)."""

from kirishima_dx.closing import WORDS, Closable, Kept

CLOSABLE: Closable = {
    "Amendment": {"reason": WORDS},
    "DraftComment": {"text": WORDS, "settlement": WORDS},
}
_PLACE = "箇所の番号だけ。"
KEPT: Kept = {"Amendment": {"place": _PLACE}, "DraftComment": {"place": _PLACE}}
