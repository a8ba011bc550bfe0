"""The pieces of a text are kept under all that they say: whatever is changed of one is drawn anew."""

from django.utils.safestring import SafeString

from plans.components import document, measures
from plans.components.notes import Notes
from plans.enums import EditionStatus, ErratumKind
from plans.models import Axis, Edition, Erratum, FocusItem, FocusItemText, Policy, Section
from plans.queries import SectionOutline

EDITION = Edition(major=2, minor=0, status=EditionStatus.IN_FORCE)
AXIS = Axis(edition=EDITION, key="1", number=1, name="暮らし")
POLICY = Policy(edition=EDITION, axis=AXIS, key="1-A", letter="A", name="窓口")
SECTION = {
    "key": "purpose",
    "number": "1",
    "title": "目的",
    "body": "## Before\n本文",
    "kind": "text",
}
ITEM = {"policy": POLICY, "number": 1, "title": "窓口", "overview": "概要"}
ERRATUM = Erratum(kind=ErratumKind.MISPRINT, order=1, wrong="誤", right="正", reason="理由")
PLAIN = Notes(EDITION)
TOLD = Notes(EDITION, {"purpose": [ERRATUM], "item-1-A-1": [ERRATUM]})
STORIED = Notes(EDITION, changed_places={"items/1-A-1", "sections/purpose"})


def section(
    depth: int = 1, axis: Axis | None = None, notes: Notes = PLAIN, **changed: object
) -> SafeString:
    node = SectionOutline(Section(**{**SECTION, **changed}), depth, axis)
    return document.sections([node], notes, SafeString("<hr>"))


def item(url: str = "/", notes: Notes = PLAIN, **changed: object) -> SafeString:
    code = FocusItem(code="1-A-1")
    text = FocusItemText(**{**ITEM, "edition": EDITION, "focus_item": code, **changed})
    return measures.item_row(text, url, notes)


def test_a_section_is_another_piece_where_anything_of_it_is() -> None:
    words = {"key": "aim", "number": "2", "title": "題", "body": "別", "is_supplied": True}
    kinds = [section(kind=kind) for kind in ("before_after", "items")]
    drawn = [*(section(**{name: word}) for name, word in words.items()), *kinds]
    drawn += [section(depth=2), section(axis=AXIS), section(notes=TOLD), section(notes=STORIED)]

    assert section() == section()
    assert len({section(), *drawn}) == 1 + len(drawn)


def test_an_item_is_another_piece_where_anything_of_it_is() -> None:
    other = Policy(edition=EDITION, axis=AXIS, key="1-B", letter="B", name="窓口")
    words = {"title": "題", "overview": "別", "number": 2, "policy": other, "is_study": True}
    drawn = [item(**{name: word}) for name, word in words.items()]
    drawn += [item("/?on=2026-10-01"), item(notes=TOLD), item(notes=STORIED)]

    assert item() == item()
    assert len({item(), *drawn}) == 1 + len(drawn)
