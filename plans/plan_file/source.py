"""What a plan file holds: one edition of one plan, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass
class ItemSource:
    number: int
    title: str
    overview: str
    is_study: bool


@dataclass
class PolicySource:
    letter: str
    name: str
    items: list[ItemSource]


@dataclass
class AxisSource:
    number: int
    name: str
    english: str
    tagline: str
    policies: list[PolicySource]


@dataclass
class SectionSource:
    key: str
    number: str
    title: str
    is_supplied: bool
    kind: str
    body: str
    sections: "list[SectionSource]"

    def walk(self) -> "Iterator[tuple[SectionSource, SectionSource | None]]":
        """Yield this section and all below it, each with its parent, in document order."""
        yield self, None
        for child in self.sections:
            for section, parent in child.walk():
                yield section, parent or self


@dataclass
class ErratumSource:
    place: str
    wrong: str
    right: str
    reason: str


@dataclass
class PlanFile:
    """One edition of one plan, as its file words it."""

    code: str
    name: str
    municipality: str
    municipality_code: str
    major: int
    minor: int
    first_fiscal_year: int
    last_fiscal_year: int
    last_updated: date | None
    issuer: str
    axes: list[AxisSource] = field(default_factory=list)
    sections: list[SectionSource] = field(default_factory=list)
    errata: list[ErratumSource] = field(default_factory=list)

    def walk_sections(self) -> Iterator[tuple[SectionSource, SectionSource | None]]:
        for section in self.sections:
            yield from section.walk()

    def texts(self) -> dict[str, str]:
        """Return every text of the edition by its place (the words of `Erratum.place`)."""
        texts: dict[str, str] = {}
        for axis in self.axes:
            texts[f"axes/{axis.number}/name"] = axis.name
            texts[f"axes/{axis.number}/english"] = axis.english
            texts[f"axes/{axis.number}/tagline"] = axis.tagline
            for policy in axis.policies:
                code = f"{axis.number}-{policy.letter}"
                texts[f"policies/{code}/name"] = policy.name
                for item in policy.items:
                    place = f"items/{code}-{item.number}"
                    texts[f"{place}/title"] = item.title
                    texts[f"{place}/overview"] = item.overview
                    texts[f"{place}/is_study"] = "★" if item.is_study else ""
        for section, parent in self.walk_sections():
            place = f"sections/{section.key}"
            texts[f"{place}/number"] = section.number
            texts[f"{place}/title"] = section.title
            texts[f"{place}/body"] = section.body
            texts[f"{place}/kind"] = section.kind
            texts[f"{place}/is_supplied"] = "yes" if section.is_supplied else ""
            texts[f"{place}/parent"] = parent.key if parent else ""
        return texts
