"""⑤ ★ items from the question to the decision. For staff: what is asked and noted is not published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import FilteredRelation, OuterRef, Subquery
from django.urls import reverse

from initiatives.models import Study
from initiatives.queries.states import ItemState
from kirishima_dx.clock import day_of
from kirishima_dx.pictures.picture import Number, Numbers, Picture, joined
from kirishima_dx.pictures.scale import Days
from kirishima_dx.pictures.time_rows import Shape, TimeRow, labels, line, mark, time_rows
from portal.queries.dashboard.ground import Ground
from reviews.enums import STUDY_OUTCOMES, DecisionKind
from reviews.queries.decision_ages import Waiting

STAGES = (
    "問いを立てる前",
    "問いを立てた",
    "検討を記録している",
    "継続検討と決まった",
    "結論が出た",
)


@dataclass
class StudyWay:
    """How far the study of an item came: when the question was asked, what was noted, what was decided."""

    state: ItemState
    asked: date | None = None
    noted: list[date] = field(default_factory=list)
    decided: list[tuple[date, DecisionKind]] = field(default_factory=list)

    @property
    def stage(self) -> str:
        if self.decided:
            return STAGES[4] if self.decided[-1][1].settles_study else STAGES[3]
        if self.noted:
            return STAGES[2]
        return STAGES[1] if self.asked else STAGES[0]

    @property
    def days(self) -> list[date]:
        asked = [self.asked] if self.asked else []
        return [*asked, *self.noted, *(day for day, _ in self.decided)]

    @property
    def name(self) -> str:
        return f"{self.state.text.place} {self.state.text.title}"

    @property
    def url(self) -> str:
        return reverse("study", args=[self.state.text.focus_item.code])


def study_ways(ground: Ground, decisions: Iterable[Waiting]) -> list[StudyWay]:
    """Return how far each ★ item of the day is, in one query; what was written later had not been."""
    ways = {
        state.text.focus_item_id: StudyWay(state) for state in ground.states if state.text.is_study
    }
    notes = FilteredRelation("notes", condition=ground.moment.known("notes__written_at"))
    asked = Study.history.filter(ground.moment.known("history_date"), id=OuterRef("pk"))
    found = (
        Study.objects.filter(initiative__focus_item__in=ways)
        .annotate(
            known_notes=notes,
            asked_at=Subquery(asked.order_by("history_date").values("history_date")[:1]),
        )
        .filter(asked_at__isnull=False)
        .order_by("known_notes__written_at")
        .values_list("initiative__focus_item", "asked_at", "known_notes__written_at")
    )
    for item, asked_at, noted_at in found:
        ways[item].asked = day_of(asked_at)
        if noted_at is not None:
            ways[item].noted.append(day_of(noted_at))
    for decision in sorted(decisions, key=lambda one: (one.held_on, one.code)):
        for item in decision.items & ways.keys():
            if decision.kind in STUDY_OUTCOMES:
                ways[item].decided.append((decision.held_on, decision.kind))
    return list(ways.values())


def studies_picture(ground: Ground, ways: Sequence[StudyWay]) -> Picture:
    told = [day for way in ways for day in way.days]
    days = Days.around([*told, ground.day])
    begun, waiting = [way for way in ways if way.days], [way for way in ways if not way.days]
    return Picture(
        key="studies",
        question="検討項目（★）は、問いから結論までのどこにあるか",
        sentence=_sentence(ways),
        day=f"{ground.day_in_words}。○は問い、・は検討の記録、◇は継続検討、◆は結論",
        drawing=time_rows([_time_row(days, way) for way in begun], days, ground.day)
        if told
        else None,
        numbers=Numbers(["どこにあるか", "項目数", "検討項目"], _rows(ways)),
        links=_links(ground) if ways else [],
        note=f"図にない項目は、{STAGES[0]}です：{'、'.join(way.state.text.place for way in waiting)}"
        if begun and waiting
        else "",
        is_for_staff=True,
    )


def _links(ground: Ground) -> list[tuple[str, str]]:
    """Return the ways to all of them; the records of studies speak of today alone."""
    studies = [] if ground.kept else [("★の検討", reverse("study_list"))]
    return [("検討項目の一覧", ground.items(study="only")), *studies]


def _time_row(days: Days, way: StudyWay) -> TimeRow:
    row = TimeRow(way.name, way.stage, way.url, note=way.stage)
    row.lines = [line(days, min(way.days), max(way.days))] if len(way.days) > 1 else []
    row.marks = [mark(days, day, Shape.POINT) for day in way.noted]
    row.marks += [mark(days, way.asked, Shape.RING)] if way.asked else []
    for day, kind in way.decided:
        row.marks.append(mark(days, day, Shape.FULL if kind.settles_study else Shape.OPEN))
    row.labels = labels(days, ((day, str(kind.label)) for day, kind in way.decided[-1:]))
    return row


def _rows(ways: Iterable[StudyWay]) -> list[list[Number | list[Number]]]:
    at = _by_stage(ways)
    return [
        [
            Number(stage),
            Number(len(at[stage])),
            [Number(way.name, way.url) for way in at[stage]],
        ]
        for stage in STAGES
    ]


def _by_stage(ways: Iterable[StudyWay]) -> Mapping[str, list[StudyWay]]:
    at: dict[str, list[StudyWay]] = defaultdict(list)
    for way in ways:
        at[way.stage].append(way)
    return at


def _sentence(ways: Sequence[StudyWay]) -> str:
    if not ways:
        return "この日の計画に検討項目（★）はありません。"
    at = {stage: len(found) for stage, found in _by_stage(ways).items()}
    not_begun, done = at.get(STAGES[0], 0), at.get(STAGES[4], 0)
    return joined(
        (
            f"検討項目は{len(ways)}項目です。",
            f"そのうち{not_begun}項目は、まだ問いが立っていません。"
            if not_begun
            else "どれにも問いが立っています。",
            f"結論が出たのは{done}項目です。" if done else "結論が出たものは、まだありません。",
        )
    )
