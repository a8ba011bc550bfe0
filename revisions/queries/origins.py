"""The records that a change of a draft may have come from: what its form offers as きっかけ."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Value, When

from initiatives.enums import EntryKind
from initiatives.models import ProgressEntry
from kirishima_dx.fiscal_year import wareki_date
from plans.models import Edition, Erratum, FocusItem
from plans.places import locate
from reviews.models import Decision, DecisionItem
from rounds.models import ReportingRound

BEGINNING = 40
"""How many letters of a record its choice begins with."""
MOST = 100
"""How many records of a kind are offered: those about the item first, then the newest."""
Choice = tuple[str, str]


@dataclass(frozen=True)
class OriginSources:
    """What may be named as the origin of a change; `own` are the keys of those that speak of the item itself."""

    decisions: list[Decision]
    own_decisions: set[int]
    problems: list[ProgressEntry]
    own_problems: set[int]
    rounds: list[ReportingRound]
    errata: list[Erratum]
    headings: dict[str, str]

    def choices(self, name: str) -> list[Choice | tuple[str, list[Choice]]]:
        """Return what the field of one kind of record offers, the records about the item in a group of their own."""
        match name:
            case "decision":
                named = [(one.pk, _decision_label(one)) for one in self.decisions]
                return _grouped(named, self.own_decisions)
            case "problem":
                named = [(one.pk, _problem_label(one)) for one in self.problems]
                return _grouped(named, self.own_problems)
            case "round":
                return [(str(one.pk), one.name) for one in self.rounds]
            case _:
                return [(str(one.pk), self._erratum_label(one)) for one in self.errata]

    def find(self, name: str, key: str) -> Decision | ProgressEntry | ReportingRound | Erratum:
        """Return the record that was chosen of one kind. Raises StopIteration where it was not offered."""
        offered: dict[str, Iterable[Decision | ProgressEntry | ReportingRound | Erratum]] = {
            "decision": self.decisions,
            "problem": self.problems,
            "round": self.rounds,
            "erratum": self.errata,
        }
        return next(one for one in offered[name] if str(one.pk) == key)

    def _erratum_label(self, erratum: Erratum) -> str:
        where = locate(erratum.place, self.headings).label
        return f"正誤{erratum.order} {where} {beginning(f'{erratum.wrong} → {erratum.right}')}"


def origin_sources(draft: Edition, focus_item: FocusItem | None = None) -> OriginSources:
    """Return what a change of a draft, or of one item of it, may have come from, in five queries."""
    decisions, problems = _decisions(draft, focus_item), _problems(draft, focus_item)
    misprinted = draft.base or draft
    return OriginSources(
        decisions=decisions,
        own_decisions={one.pk for one in decisions if one.is_own},  # type: ignore[attr-defined]  # Annotated.
        problems=problems,
        own_problems={one.pk for one in problems if one.is_own},  # type: ignore[attr-defined]  # Annotated.
        rounds=list(ReportingRound.objects.filter(plan=draft.plan_id, is_rehearsal=False)),
        errata=list(misprinted.errata.order_by("order")),
        headings={one.key: one.heading for one in misprinted.sections.defer("body")},
    )


def _decisions(draft: Edition, focus_item: FocusItem | None) -> list[Decision]:
    concerns = DecisionItem.objects.filter(decision=OuterRef("pk"), focus_item=focus_item)
    found = Decision.objects.filter(meeting__plan=draft.plan_id).annotate(is_own=Exists(concerns))
    return list(
        found.select_related("meeting").order_by(
            "-is_own", "-meeting__held_on", "-meeting", "number"
        )[:MOST]
    )


def _problems(draft: Edition, focus_item: FocusItem | None) -> list[ProgressEntry]:
    """Return what was put to the DX推進本部; 変更なし only repeats it."""
    own = Case(
        When(initiative__focus_item=focus_item.pk if focus_item else None, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    found = (
        ProgressEntry.objects.standing()
        .filter(initiative__focus_item__plan=draft.plan_id, for_headquarters=True)
        .exclude(kind=EntryKind.UNCHANGED)
        .annotate(is_own=own)
    )
    in_order = found.order_by(F("is_own").desc(), "-as_of", "-recorded_at", "-pk")
    return list(in_order.select_related("initiative__focus_item")[:MOST])


def _decision_label(decision: Decision) -> str:
    return f"{decision.code} {decision.get_kind_display()} {beginning(decision.text)}"


def _problem_label(entry: ProgressEntry) -> str:
    code = entry.initiative.focus_item.code
    return f"{code} {wareki_date(entry.as_of)} {beginning(entry.problem)}"


def beginning(text: str) -> str:
    """Return the first words of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= BEGINNING else f"{line[:BEGINNING]}…"


def _grouped(
    named: list[tuple[int, str]], own: set[int]
) -> list[Choice | tuple[str, list[Choice]]]:
    ours = [(str(key), label) for key, label in named if key in own]
    others = [(str(key), label) for key, label in named if key not in own]
    groups = [("この項目について", ours), ("そのほか", others)]
    return [*groups] if ours else [*others]
