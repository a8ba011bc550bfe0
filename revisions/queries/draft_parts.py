"""The parts of a draft that are no items: finding one, and its words in one of its versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from plans.comparison.parts import Part, part_label
from plans.models import Axis, Edition, FocusItemText, Policy, Section
from plans.places import COVER, lasting_place
from plans.queries import EditionOutline
from revisions.papers.explained import AmendedPart
from revisions.queries.drafts import DraftReview, draft_review

T = TypeVar("T", Axis, Policy, Section, Edition)


@dataclass(frozen=True)
class StandingPart(Generic[T]):
    """A part as it stands in a draft; `amended` is what became of it, None where it is as in the base."""

    review: DraftReview
    part: T
    amended: AmendedPart | None

    @property
    def draft(self) -> Edition:
        return self.review.draft

    @property
    def outline(self) -> EditionOutline:
        return self.review.outline

    @property
    def place(self) -> str:
        return lasting_place(self.part)

    @property
    def label(self) -> str:
        return part_label(self.part)

    @property
    def is_of_base(self) -> bool:
        """Whether the base has it too, so that it can return once it was ended."""
        of_base = self.amended is None or self.amended.change.old is not None
        return of_base and self.draft.base_id is not None

    @property
    def axis(self) -> Axis | None:
        """Return the axis that it is or stands in."""
        part: Part = self.part
        if isinstance(part, Policy):
            return part.axis
        return part if isinstance(part, Axis) else None


def standing_part(draft: Edition, kind: type[T], key: str) -> StandingPart[T] | None:
    """Return a part of a draft by its lasting key (the cover has none), in a fixed number of queries."""
    review = draft_review(draft)
    for part in _parts(review.outline):
        if isinstance(part, kind) and getattr(part, "key", "") == key:
            return StandingPart(review, part, review.part(lasting_place(part)))
    return None


def items_in(found: StandingPart[Policy]) -> list[FocusItemText]:
    """Return the items that stand in a policy of a draft, in their order."""
    policies = (policy for axis in found.outline.axes for policy in axis.policies)
    return next(policy.items for policy in policies if policy.policy == found.part)


def renumbered_without_gaps(found: StandingPart[Policy]) -> list[tuple[FocusItemText, str]]:
    """Return the items of a policy that get another number when its gaps are closed, each with its place to be."""
    code = found.part.code
    places = [(item, f"{code}-{number}") for number, item in enumerate(items_in(found), start=1)]
    return [(item, place) for item, place in places if item.place != place]


def _parts(outline: EditionOutline) -> Iterator[Part]:
    yield outline.edition
    for axis in outline.axes:
        yield axis.axis
        for policy in axis.policies:
            yield policy.policy
    for node in outline.walk_sections():
        yield node.section


@dataclass(frozen=True)
class PartWords:
    """What a draft said of a part at some moment, by the names of its form's fields, and who left it so."""

    words: dict[str, str]
    by_name: str = ""
    at: datetime | None = None


def words_of(part: Part) -> dict[str, str]:
    """Return the words of a part by the names of its form's fields."""
    match part:
        case Axis():
            return {"name": part.name, "english": part.english, "tagline": part.tagline}
        case Policy():
            return {"name": part.name}
        case Section():
            return {"heading_number": part.number, "heading": part.title, "body": part.body}
        case _:
            years = (part.first_fiscal_year, part.last_fiscal_year)
            return {
                "first_fiscal_year": str(years[0]),
                "last_fiscal_year": str(years[1]),
                "issuer": part.issuer,
            }


def part_words_at(part: Part, version: int) -> PartWords | None:
    """Return the words of a part of a draft in one of its versions; None where no record tells them."""
    if isinstance(part, Edition):
        return _cover_at(part, version)
    record = (
        type(part)
        .history.filter(id=part.pk, version=version)
        .select_related("history_user")
        .order_by("-history_id")
        .first()
    )
    if record is None:
        return None
    user = record.history_user
    return PartWords(
        words_of(record.instance), user.display_name if user else "", record.history_date
    )


def _cover_at(draft: Edition, version: int) -> PartWords | None:
    """A cover has no history: its present words are signed by its last amendment, the first ones are the base's."""
    if version == draft.version:
        act = draft.amendments.filter(place=COVER).last()
        signed = (act.amended_by_name, act.amended_at) if act else ("", None)
        return PartWords(words_of(draft), *signed)
    base = draft.base if version == 1 else None
    return PartWords(words_of(base)) if base else None
