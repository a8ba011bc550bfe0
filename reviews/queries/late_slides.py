"""The first slides of a meeting: how many items are late, what there is to decide, and each late item."""

from collections.abc import Iterator

from initiatives.late_items import LateItem, Lateness
from initiatives.statement import BY_KEY
from kirishima_dx.fiscal_year import wareki_date, wareki_date_short
from reviews.papers import LATE, PROGRESS
from reviews.queries.papers import MeetingPapers
from reviews.queries.questions import AgendaMatter, Questions
from reviews.queries.slide import Fact, Slide, numbered, slides_of
from reviews.queries.slide_texts import Words

LATE_ITEMS, QUESTIONS = range(2)
"""Places of the two sections of 遅れと決定."""
WITHHELD = "年次報告は差し控えているので、遅れている取組は示せません"


def late_slides(papers: MeetingPapers) -> Iterator[Slide]:
    """Yield what a meeting begins with; one whose agenda does not say what is asked shows the late items alone."""
    names_questions = LATE in papers.numbers
    if papers.lateness is not None:
        yield from _counts(_section(papers), papers.lateness)
    elif papers.meeting.report is not None:
        yield from slides_of(_section(papers), WITHHELD, [])
    if names_questions:
        yield from _questions(numbered(papers, LATE, QUESTIONS), papers.questions)
    for item in papers.lateness.items if papers.lateness else ():
        yield from _late(_section(papers), item)


def _section(papers: MeetingPapers) -> str:
    if LATE in papers.numbers:
        return numbered(papers, LATE, LATE_ITEMS)
    return numbered(papers, PROGRESS) if PROGRESS in papers.numbers else LATE.sections[LATE_ITEMS]


def _counts(section: str, lateness: Lateness) -> Iterator[Slide]:
    day = f"（{wareki_date(lateness.at)}現在）" if lateness.at else ""
    if not lateness.items:
        yield from slides_of(section, f"遅れている取組はありません{day}", [])
        return
    counts = [
        Fact(f"{one.mark} {one.label}".strip(), f"{one.count}件") for one in lateness.told_counts
    ]
    items = [Words(item.place, _since(item), lead=_named(item)) for item in lateness.items]
    yield from slides_of(section, f"遅れている取組は{len(items)}件です{day}", items, counts)


def _named(item: LateItem) -> str:
    return f"{item.rating_mark} {item.title}{' ★' if item.is_study else ''}"


def _since(item: LateItem) -> str:
    """Return in a line since when an item is late, how its date moved, and who leads it."""
    since = f"{wareki_date(item.since)}から" if item.since else ""
    dates = " → ".join(map(wareki_date_short, item.dates))
    told = (since, f"期限 {dates}" if dates else "", item.department)
    return "　".join(one for one in told if one)


def _questions(section: str, questions: Questions) -> Iterator[Slide]:
    asked = [_question(number, matter) for number, matter in enumerate(questions.asked, start=1)]
    if questions.reported:
        titles = "\n".join(f"議題{one.number}　{one.item.title}" for one in questions.reported)
        asked.append(Words("報告", titles))
    title = (
        f"お諮りすること（{len(questions.asked)}件）"
        if questions.asked
        else "お諮りすることはありません"
    )
    yield from slides_of(section, title, asked)


def _question(number: int, matter: AgendaMatter) -> Words:
    about = f"（{matter.about}）" if matter.about else ""
    below = f"議題{matter.number}　{matter.item.title}{about}"
    return Words(str(number), below, lead=matter.item.question)


def _late(section: str, item: LateItem) -> Iterator[Slide]:
    rating = BY_KEY["rating"].label
    facts = [Fact(rating, item.rating_label, item.rating, item.rating_mark)]
    if item.since:
        facts.append(Fact("遅れ", f"{wareki_date(item.since)}から"))
    if item.present:
        facts.append(Fact("期限", " → ".join(map(wareki_date_short, item.dates))))
    facts.append(Fact("担当", item.department))
    words = [
        Words(BY_KEY["delay_cause"].label, item.cause or "記録なし"),
        Words(BY_KEY["countermeasure"].label, item.countermeasure or "記録なし"),
    ]
    star = "　★" if item.is_study else ""
    yield from slides_of(section, f"{item.place}　{item.title}{star}", words, facts)
