"""A closed set whose members know themselves: what each means, and how it is told apart in black and white."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self, TypeVar

from django.db.models import TextChoices


@dataclass(frozen=True)
class Bar:
    """How a part of a bar is filled in a chart of a workbook: Excel's name of a pattern (none: plain), and colours."""

    pattern: str
    fore: str
    back: str = ""


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What a member of a closed set is, besides its code and its word.

    `meaning` tells in one line what it says. `mark` stands before its word, on pages and in sheets. `look` ends the
    names of its CSS classes and of its pattern in templates/components/pictures/_patterns.html; where none is given,
    it is the code. `bar` is its part of a chart, `fill` the colour of its cell in a sheet. `rank` is its place on the
    scale of its set, upwards; what has none cannot be compared. `is_ended` tells of a state in which nothing goes on,
    `is_bad` of what people have to look at.
    """

    meaning: str
    mark: str = ""
    look: str = ""
    bar: Bar | None = None
    fill: str = ""
    rank: int | None = None
    is_ended: bool = False
    is_bad: bool = False


@dataclass(frozen=True)
class Meaning:
    """A word of a closed set as it is explained where it is chosen, and where it is shown."""

    value: str
    label: str
    mark: str
    meaning: str


_TRAITS: dict[type[TextChoices], dict[str, Traits]] = {}


class ClosedSet(TextChoices):
    """A closed set; `describe` gives the traits of its members, and stands right below the members."""

    @classmethod
    def upwards(cls) -> tuple[Self, ...]:
        """Return the members that have a rank, the lowest first."""
        ranked = [(one.rank, one) for one in cls if one.rank is not None]
        return tuple(member for _, member in sorted(ranked, key=lambda pair: pair[0]))

    @classmethod
    def order_in_words(cls) -> str:
        """Return how the members follow each other; empty where they have no order."""
        return ""

    def ranks_above(self, other: Self) -> int | None:
        """Return by how much it lies above another member, negative below it; None where either has no rank."""
        if self.rank is None or other.rank is None:
            return None
        return self.rank - other.rank

    @classmethod
    def meanings(cls) -> tuple[Meaning, ...]:
        """Return what each member says, in their order."""
        return tuple(Meaning(one.code, str(one.label), one.mark, one.meaning) for one in cls)

    @property
    def traits(self) -> Traits:
        return _TRAITS[type(self)][self.value]

    @property
    def code(self) -> str:
        """Return what stands for it in the database and in データ."""
        return str(self.value)

    @property
    def meaning(self) -> str:
        return self.traits.meaning

    @property
    def mark(self) -> str:
        return self.traits.mark

    @property
    def look(self) -> str:
        return self.traits.look

    @property
    def bar(self) -> Bar | None:
        return self.traits.bar

    @property
    def fill(self) -> str:
        return self.traits.fill

    @property
    def rank(self) -> int | None:
        return self.traits.rank

    @property
    def is_ended(self) -> bool:
        return self.traits.is_ended

    @property
    def is_bad(self) -> bool:
        return self.traits.is_bad


S = TypeVar("S", bound=ClosedSet)


def describe(members: type[S], traits: Mapping[S, Traits]) -> None:
    """Give the members of a closed set their traits. Raises LookupError where one has none, at import."""
    for member in members:
        if member not in traits:
            name = f"{members.__name__}.{member.name}"
            raise LookupError(f"{name} has no traits in {members.__module__}")
    _TRAITS[members] = {
        str(member.value): replace(told, look=told.look or str(member.value))
        for member, told in traits.items()
    }
