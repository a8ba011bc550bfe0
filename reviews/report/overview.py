"""A first draft of the 総括 in plain sentences, made from the figures of a report's document; people write the rest."""

from collections import Counter
from collections.abc import Iterable

from initiatives.enums import NO_ANSWER_CODE, Rating, Status
from reviews.enums import DecisionState, RatingChange
from reviews.report.document import ReportDocument, Table, Value
from reviews.report.looks import choices_of

UNREAD = "【下書き】"
"""Stands at the head of a draft that nobody has read yet: a report that holds it is not sealed."""
_NOTE = "数字から作った文章です。読んで直し、この行を消してください。"
_GOOD_DOWN = [rating for rating in reversed(Rating.upwards()) if rating.is_good]
_LATE_DOWN = [rating for rating in reversed(Rating.upwards()) if rating.is_late]
_NO_RATING = [*(rating for rating in Rating if rating.rank is None), NO_ANSWER_CODE]
_IN_USE = [status for status in Status.upwards() if status.is_in_use]


def draft_overview(document: ReportDocument) -> str:
    """Return the draft, paragraphs apart by an empty line; each figure in it is counted from the document (R3)."""
    progress = document.table("progress")
    if progress is None or not progress.rows:
        return f"{UNREAD}{_NOTE}"
    paragraphs = (
        f"{UNREAD}{_NOTE}",
        _standing(document, progress),
        _late_items(progress),
        _changes(document.table("changes")),
        _matters(document.table("problems"), document.table("decisions")),
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def refusal(overview: str) -> str:
    """Return why a report with this 総括 is not sealed; empty where nothing is in the way."""
    if not overview.strip():
        return "総括が空です。総括を書いてから確定してください。"
    if UNREAD in overview:
        return (
            f"総括に、下書きの印「{UNREAD}」が残っています。"
            "読んで直し、その行を消してから確定してください。"
        )
    return ""


def _standing(document: ReportDocument, progress: Table) -> str:
    ratings, whole = Counter(progress.values("rating")), len(progress.rows)
    good = sum(ratings[rating] for rating in _GOOD_DOWN)
    called_good = "または".join(rating.label for rating in _GOOD_DOWN)
    sentences = [
        f"{document.passage('as_of')}現在、重点項目{whole}項目のうち、"
        f"{called_good}と評価したものは{good}項目（{_share(good, whole)}）である。"
    ]
    if any(ratings[rating] for rating in _LATE_DOWN):
        sentences.append(f"{_listed(ratings, 'rating', _LATE_DOWN)}である。")
    rest = _listed(ratings, "rating", _NO_RATING)
    if rest:
        sentences.append(f"このほか、{rest}である。")
    moving = Counter(progress.values("status"))
    used = _listed(moving, "status", _IN_USE)
    if used:
        sentences.append(f"取組の状態では、{used}となっている。")
    return "".join(sentences)


def _late_items(progress: Table) -> str:
    late = [
        f"「{record['title'].words}」（{record['code'].words}）"
        for record in progress.records
        if record["rating"].value == Rating.LATE
    ]
    return f"遅れているのは、{'、'.join(late)}である。" if late else ""


def _changes(changes: Table | None) -> str:
    if changes is None:
        return ""
    ratings = Counter(changes.values("rating_change"))
    better, worse, same = (
        ratings[one] for one in (RatingChange.BETTER, RatingChange.WORSE, RatingChange.SAME)
    )
    later = sum(bool(slips) for slips in changes.values("slips"))
    compared = better + worse + same
    sentences = []
    if compared:
        sentences.append(
            f"前年度と比べられる{compared}項目のうち、評価が上がったものは{better}項目、"
            f"下がったものは{worse}項目、変わらないものは{same}項目である。"
        )
    if later:
        sentences.append(f"期限を延期したことのある項目は{later}項目である。")
    return "".join(sentences)


def _matters(problems: Table | None, decisions: Table | None) -> str:
    sentences = []
    if problems is not None and problems.rows:
        sentences.append(f"本部での協議を求める課題は{len(problems.rows)}件である。")
    if decisions is not None and decisions.rows:
        states = Counter(decisions.values("state"))
        done = _listed(states, "decision_state", reversed(DecisionState), unit="件")
        if done:
            sentences.append(f"これまでの決定・指示事項の対応状況は、{done}である。")
    return "".join(sentences)


def _listed(counts: Counter[Value], scale: str, codes: Iterable[str], *, unit: str = "項目") -> str:
    """Return 「やや遅れている」が3項目、「遅れている」が1項目; what there is none of is left out."""
    words = choices_of(scale)
    return "、".join(f"「{words[code]}」が{counts[code]}{unit}" for code in codes if counts[code])


def _share(part: int, whole: int) -> str:
    """Return a share in per cent, rounded half up to whole numbers."""
    return f"{(200 * part + whole) // (2 * whole)}％"
