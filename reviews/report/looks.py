"""Looks and signs of the words that stand in a report, so that it reads in black and white as well.

They are chosen by the words of the document itself: a sealed report is drawn the same whatever the live labels have
become since (rule R1). A word not listed here gets a plain look.
"""

from collections.abc import Mapping, Sequence

RATING_LOOKS = {
    "順調": "on_track",
    "概ね順調": "mostly_on_track",
    "やや遅れている": "slightly_late",
    "遅れている": "late",
    "評価できない": "not_ratable",
    "未回答": "none",
}
STATUS_LOOKS = {
    "未着手": "not_started",
    "調査・検討中": "studying",
    "準備中": "preparing",
    "試行中": "piloting",
    "運用中": "operating",
    "定着": "established",
    "休止": "paused",
    "中止": "stopped",
    "未回答": "none",
}
CHANGE_LOOKS = {
    "改善": "better",
    "前進": "better",
    "変わらない": "same",
    "悪化": "worse",
    "後退": "worse",
    "休止・中止": "stopped",
    "再開": "resumed",
    "比べられない": "not_ratable",
    "今年度から": "fresh",
    "回答なし": "none",
}
LATE = ("遅れている", "やや遅れている")
"""The ratings that call for a word at the sitting, the worse one first."""
LOOKS = {**STATUS_LOOKS, **RATING_LOOKS, **CHANGE_LOOKS}
MARKS = {
    "順調": "◎",
    "概ね順調": "○",
    "やや遅れている": "△",
    "遅れている": "▲",
    "評価できない": "―",
    "未回答": "？",
}
"""Signs of the ratings, on the page and in the workbook."""
CHANGE_MARKS = {
    "改善": "↑",
    "前進": "↑",
    "変わらない": "＝",
    "悪化": "↓",
    "後退": "↓",
    "休止・中止": "■",
    "再開": "↺",
    "比べられない": "―",
    "今年度から": "＋",
    "回答なし": "？",
}
"""Signs of what changed since last year: arrows, because ▲ is a rating and a negative number."""
_ALL_MARKS = {**CHANGE_MARKS, **MARKS}


def marks_of(labels: Sequence[str]) -> Mapping[str, str]:
    """Return the marks of a scale; one of which only 未回答 has a mark goes without."""
    return _ALL_MARKS if sum(label in _ALL_MARKS for label in labels) > 1 else {}
