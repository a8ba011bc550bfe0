"""検討項目（★）: what is asked of each, until when, and what the DX推進本部 made of it, as a table of a report.

The question and the outcome become public with the report; the notes and papers of a study stay with the staff
(decision 0012).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from initiatives.enums import NO_DEPARTMENT
from initiatives.models import Responsibility
from initiatives.queries.studies_at import StudyAt, studies_at
from initiatives.stated_column import Kind
from kirishima_dx import fiscal_year
from kirishima_dx.elapsed import days_left
from kirishima_dx.moment import Moment
from people.models import Department
from plans.models import Edition, FocusItem, FocusItemText, Plan
from reviews.enums import STUDY_OUTCOMES, DecisionKind, StudyStanding
from reviews.models import AnnualReport, Decision, SealedRow
from reviews.queries.decisions import DecisionRow, decision_rows
from reviews.report.document import Cell, Column, Table
from reviews.report.stated import chosen, on_day

STUDY_COLUMNS = (
    Column("code", "番号"),
    Column("title", "重点項目"),
    Column("department", "担当課"),
    Column("question", "検討する問い"),
    Column("review_by", "見直しの期限", Kind.DAY),
    Column("notes", "記録の数", Kind.WHOLE, unit="件"),
    Column("standing", "検討の状況", Kind.CHOICE, "study_standing"),
    Column("conclusion", "結論", Kind.CHOICE, "decision_kind"),
    Column("decision", "決定番号"),
    Column("meeting", "会議"),
    Column("decided_on", "決定した日", Kind.DAY),
)

QUESTION = [column.key for column in STUDY_COLUMNS].index("question")


@dataclass(frozen=True)
class ToldStudy:
    """A ★ item, or one that was in the year, with its study and what was decided on it last.

    `left` is the edition of its wording, where the one in force has it no more.
    """

    text: FocusItemText
    lead: Department | None
    study: StudyAt | None
    outcome: DecisionRow | None
    at: date
    left: Edition | None = None

    @property
    def is_over(self) -> bool:
        """Whether the item lost its ★ or left the plan."""
        return self.left is not None or not self.text.is_study

    @property
    def standing(self) -> StudyStanding:
        is_settled = self.outcome is not None and settles_study(self.outcome)
        return standing_of(self.study, self.at, is_ended=self.is_over or is_settled)

    @property
    def department(self) -> str:
        return self.lead.name if self.lead else NO_DEPARTMENT

    @property
    def due_in(self) -> str:
        """Return あと5日 or 3日過ぎ; empty without a day."""
        day = self.study.review_by if self.study else None
        return days_left(day, self.at) if day else ""

    @property
    def code(self) -> str:
        """Return where it stands; of an item that left, where it stood and in which edition."""
        return f"{self.text.place}（{self.left.name}）" if self.left else self.text.place


def settles_study(outcome: DecisionRow) -> bool:
    """Whether what the DX推進本部 decided last on a study ended it."""
    return DecisionKind(outcome.decision.kind).settles_study


def standing_of(study: StudyAt | None, at: date, *, is_ended: bool) -> StudyStanding:
    """Say how far a study is on a day; `is_ended`: the DX推進本部 ended it, or the item is no ★ item any more."""
    if is_ended:
        return StudyStanding.ENDED
    if study is None:
        return StudyStanding.NOT_BEGUN
    return StudyStanding.OVERDUE if study.is_overdue(at) else StudyStanding.UNDER_WAY


def studies_table(report: AnnualReport) -> Table:
    """Return the ★ items of a report's edition, and those that were ★ when its year began, as known on its day."""
    before = Edition.objects.living(report.plan, fiscal_year.last_day(report.fiscal_year - 1))
    told = told_studies(report.edition, before, report.as_of)
    return Table.of("studies", "検討項目（★）", STUDY_COLUMNS, map(_row, told))


def told_studies(edition: Edition, before: Edition | None, at: date) -> list[ToldStudy]:
    """Return the studies of an edition on a day, and of what was ★ `before` it."""
    texts, left = _starred(edition, before)
    items = [text.focus_item_id for text in texts]
    studies = studies_at(items, Moment.end_of(at))
    outcomes = last_outcomes(items, at)
    leads = Responsibility.objects.item_leads_on(at, items)
    return [
        ToldStudy(
            text,
            leads.get(text.focus_item_id),
            studies.get(text.focus_item_id),
            outcomes.get(text.focus_item_id),
            at,
            before if text.focus_item_id in left else None,
        )
        for text in texts
    ]


def _starred(
    edition: Edition, before: Edition | None
) -> tuple[list[FocusItemText], Collection[int]]:
    """Return the wordings of the items in the order of the plan, and the keys of those that left it."""
    now = _items(edition)
    then = _items(before) if before and before.pk != edition.pk else []
    were = {text.focus_item_id for text in then if text.is_study}
    living = [text for text in now if text.is_study or text.focus_item_id in were]
    gone = were - {text.focus_item_id for text in now}
    return [*living, *(text for text in then if text.focus_item_id in gone)], gone


def _items(edition: Edition) -> list[FocusItemText]:
    texts = edition.item_texts.select_related("policy__axis", "focus_item")
    return list(texts.order_by("policy__axis__number", "policy__letter", "number"))


def waiting_studies(plan: Plan, at: date, departments: Collection[int] | None) -> list[ToldStudy]:
    """Return the studies that were never begun or are past their day, those past their day first, in as many queries
    whatever there is; of the items that some departments lead, or of all (None)."""
    edition = Edition.objects.living(plan, at)
    told = told_studies(edition, None, at) if edition else []
    found = [
        one
        for one in told
        if one.standing.is_bad
        and (departments is None or (one.lead is not None and one.lead.pk in departments))
    ]
    return sorted(found, key=lambda one: one.standing != StudyStanding.OVERDUE)


def last_outcomes(items: Iterable[int], at: date) -> dict[int, DecisionRow]:
    """Return what the DX推進本部 decided last on the study of items up to a day, by the key of the item."""
    keys = set(items)
    decisions = Decision.objects.filter(kind__in=STUDY_OUTCOMES, focus_items__in=keys).distinct()
    last_first = decisions.order_by("-meeting__held_on", "-meeting", "-number")
    found: dict[int, DecisionRow] = {}
    for row in decision_rows(last_first, at):
        for item in row.decision.focus_items.all():
            if item.pk in keys:
                found.setdefault(item.pk, row)
    return found


def _row(told: ToldStudy) -> dict[str, Cell | str | int]:
    study, outcome = told.study, told.outcome
    decision = outcome.decision if outcome else None
    return {
        "code": told.code,
        "title": told.text.title,
        "department": told.department,
        "question": study.question if study else "",
        "review_by": on_day(study.review_by if study else None),
        "notes": study.notes if study else 0,
        "standing": chosen(told.standing),
        "conclusion": chosen(DecisionKind(decision.kind)) if decision else "",
        "decision": decision.code if decision else "",
        "meeting": decision.meeting.title if decision else "",
        "decided_on": on_day(decision.meeting.held_on if decision else None),
    }


def report_telling_of_study(focus_item: FocusItem) -> AnnualReport | None:
    """Return the latest published report whose table of ★ items has the question of an item, in three queries."""
    issues = AnnualReport.objects.published().filter(
        plan=focus_item.plan_id, withholding__isnull=True, sealed_tables__key="studies"
    )
    report = issues.order_by("-fiscal_year", "-number").first()
    texts = FocusItemText.objects.filter(
        edition=report.edition_id if report else None, focus_item=focus_item
    )
    text = texts.select_related("policy__axis").first()
    if report is None or text is None:
        return None
    rows = SealedRow.objects.filter(report=report, table__key="studies", cells__0=text.place)
    said = [row.cells[QUESTION] for row in rows]
    return report if any(said) else None
