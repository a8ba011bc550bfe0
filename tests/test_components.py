"""What is drawn by functions is safe: whatever people wrote stands on the page as they wrote it, and does nothing."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from drawn_rows import DRAWN_ROWS, EVIL
from hypothesis import example, given
from hypothesis import strategies as st

from initiatives.components import board, chips, late, plan
from initiatives.enums import Rating, Status
from initiatives.late_items import LateItem
from initiatives.models import ProgressEntry
from initiatives.queries.board import board_of
from initiatives.queries.states import AxisStates, ItemState, LivingPlan, PolicyStates
from kirishima_dx.moment import Moment
from kirishima_dx.safe_html import fill, joined
from kirishima_dx.templatetags.kirishima import as_of
from people.models import Department
from plans.components import bodies, document, marks, measures, notes
from plans.enums import EditionStatus, ErratumKind
from plans.models import Axis, Edition, Erratum, FocusItem, FocusItemText, Policy, Section
from plans.queries import AxisOutline, EditionOutline, PolicyOutline, SectionOutline
from plans.section_text import parse_blocks
from plans.shelf import EditionShelf
from revisions.components import labels

ROOMS = tuple(
    f"{app}.components" for app in ("plans", "initiatives", "reviews", "revisions", "portal")
)
DAY = date(2026, 10, 1)
BODY = f"""{EVIL}
- {EVIL}
## {EVIL}
> {EVIL}
※{EVIL}
!図
| {EVIL} | b |
|---|---|
| {EVIL} | < |
| ^ | {EVIL} |"""
SIDES = f"## {EVIL}\n{EVIL}\n- {EVIL}"

EDITION = Edition(major=2, minor=0, status=EditionStatus.IN_FORCE, issuer=EVIL)
AXIS = Axis(edition=EDITION, key="1", number=1, name=EVIL, english=EVIL, tagline=EVIL)
POLICY = Policy(edition=EDITION, axis=AXIS, key="1-A", letter="A", name=EVIL)
ITEM = FocusItem(pk=1, code="1-A-1")
TEXT = FocusItemText(
    edition=EDITION, focus_item=ITEM, policy=POLICY, number=1, title=EVIL, overview=EVIL
)
TEXT.is_study = True
ERRATA = [
    Erratum(kind=kind, order=1, wrong=EVIL, right=right, reason=EVIL)
    for kind, right in ((ErratumKind.MISPRINT, EVIL), (ErratumKind.TRANSCRIPTION, ""))
]


def section(kind: str, body: str = "") -> Section:
    return Section(
        key="purpose", number=EVIL, title=EVIL, body=body, kind=kind, is_supplied=kind == "text"
    )


SECTIONS = [
    SectionOutline(section("text", BODY), children=[SectionOutline(section("text"), depth=2)]),
    SectionOutline(section("items"), axis=AXIS),
    SectionOutline(section("before_after", SIDES)),
]
OUTLINE = EditionOutline(EDITION, [AxisOutline(AXIS, [PolicyOutline(POLICY, [TEXT])])], SECTIONS)
NOTES = notes.Notes(
    EDITION,
    dict.fromkeys(("axis-1", "policy-1-A", "item-1-A-1", "purpose"), ERRATA),
    {"axes/1", "policies/1-A", "items/1-A-1", "sections/purpose"},
)


def living(status: Status | None) -> LivingPlan:
    entry = ProgressEntry(status=status, rating=Rating.LATE, as_of=DAY) if status else None
    state = ItemState(TEXT, entry, Department(name=EVIL) if entry else None)
    axes = [AxisStates(OUTLINE.axes[0], [PolicyStates(POLICY, [state])])]
    return LivingPlan(OUTLINE, axes, Moment.end_of(DAY), EditionShelf([]))


LATE = LateItem(
    **dict.fromkeys(("code", "place", "title", "department", "cause", "url"), EVIL),
    **dict.fromkeys(("rating", "rating_label", "rating_mark", "countermeasure"), EVIL),
    is_study=True,
    since=DAY,
    promises=(DAY, date(2027, 3, 31)),
)
DRAWN: dict[Callable[..., SafeString], Callable[[], SafeString]] = {
    marks.study_mark: lambda: marks.study_mark(word=True) + marks.study_mark(),
    marks.here_link: lambda: marks.here_link(EVIL, EVIL),
    marks.why_link: lambda: marks.why_link(EDITION, "items/1-A-1", EVIL),
    notes.story: lambda: notes.story(TEXT, EVIL, NOTES),
    notes.errata_at: lambda: notes.errata_at("purpose", NOTES),
    notes.errata_notes: lambda: notes.errata_notes(ERRATA, EDITION),
    bodies.text_blocks: lambda: bodies.text_blocks(parse_blocks(BODY), level=3, name=EVIL),
    bodies.before_after: lambda: bodies.before_after(parse_blocks(SIDES), level=3),
    document.contents: lambda: document.contents(OUTLINE, EVIL),
    document.sections: lambda: document.sections(
        SECTIONS, NOTES, measures.edition_measures(OUTLINE, NOTES)
    ),
    measures.edition_measures: lambda: measures.edition_measures(OUTLINE, NOTES),
    measures.axis_section: lambda: measures.axis_section(AXIS, NOTES, []),
    measures.policy_section: lambda: measures.policy_section(POLICY, NOTES, []),
    measures.item_row: lambda: measures.item_row(TEXT, EVIL, NOTES),
    chips.rating_chip: lambda: chips.rating_chip(EVIL, EVIL) + chips.rating_chip(None, EVIL),
    chips.status_chip: lambda: chips.status_chip(EVIL, EVIL) + chips.status_chip("", EVIL),
    board.named: lambda: board.named(board_of(living(Status.PAUSED)).tiles),
    board.board_axes: lambda: board.board_axes(board_of(living(Status.PAUSED), query=EVIL)),
    late.late_rows: lambda: late.late_rows([LATE, LateItem(**{**vars(LATE), "promises": ()})]),
    plan.plan_measures: lambda: plan.plan_measures(living(Status.PILOTING), NOTES, EVIL),
    **DRAWN_ROWS,
}
WITHOUT_WORDS = {marks.study_mark, labels.amended_labels}
"""What says nothing that people wrote."""


def components() -> Iterator[Callable[..., SafeString]]:
    """Yield every function that draws for others."""
    for room in ROOMS:
        for found in pkgutil.iter_modules(importlib.import_module(room).__path__, f"{room}."):
            module = importlib.import_module(found.name)
            yield from (
                function
                for name, function in inspect.getmembers(module, inspect.isfunction)
                if function.__module__ == found.name and not name.startswith("_")
            )


class Page(HTMLParser):
    """What a browser finds in a piece of HTML: elements, attributes, words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_every_function_that_draws_is_tried_with_hostile_text() -> None:
    assert set(components()) == DRAWN.keys()


@pytest.mark.parametrize("function", DRAWN, ids=lambda one: one.__name__)
def test_what_people_wrote_does_nothing(function: Callable[..., SafeString]) -> None:
    drawn = DRAWN[function]()
    page = Page(drawn)

    assert isinstance(drawn, SafeString)
    assert (
        page.open == []
    )  # Nothing closed an element that it did not open, and none was left open.
    assert "script" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    if function not in WITHOUT_WORDS:
        assert EVIL in page.words or any(EVIL in value for _, value in page.attributes)
    assert "&amp;lt;" not in drawn


@pytest.mark.parametrize("day", [None, DAY])
def test_a_day_is_drawn_with_the_words_around_it(day: date | None) -> None:
    words = Page(as_of(day, prefix=EVIL, suffix=EVIL)).words

    assert words == (f"{EVIL} 令和8年10月1日{EVIL}" if day else f"{EVIL} ―")


PIECES = st.text() | st.integers() | st.none() | st.text(alphabet="<>&'\" ").map(SafeString)


@given(first=PIECES, second=PIECES)
@example(first=EVIL, second=SafeString("<b>safe</b>"))
@example(first=Status.PAUSED, second=True)
def test_filling_escapes_as_django_does(first: object, second: object) -> None:
    form = '<p title="{}">{name}</p>'

    assert fill(form, first, name=second) == format_html(form, first, name=second)
    assert joined([first, second], "<br>") == format_html_join("<br>", "{}", ((first,), (second,)))
    assert isinstance(joined([]), SafeString)
