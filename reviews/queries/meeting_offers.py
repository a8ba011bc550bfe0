"""What may be put on the agenda of a sitting, and the names by which people mean a focus item."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from initiatives.models import ProgressEntry, Responsibility
from kirishima_dx.fiscal_year import fiscal_year_of
from kirishima_dx.typed_text import name_key, parts_of
from people.models import Department
from plans.draft_changes import changed_items
from plans.models import Edition, FocusItem, FocusItemText, Plan
from plans.queries import edition_outline
from reviews.enums import AgendaKind
from reviews.models import AgendaItem, AnnualReport, Attendance, Meeting
from reviews.queries.reports import issues_shown

NEAR = 3
"""How many items are named where a text fits several."""


class UnknownItem(ValueError):
    """A text that names no focus item, or several. The message says in Japanese which ones it may have meant."""


class ItemNames:
    """Knows the focus items of an edition by number, by title and by a part of the title that only one bears.

    A number is where an item stands or its lasting code; once items have moved, one number may so mean two.
    """

    def __init__(self, texts: Iterable[FocusItemText]) -> None:
        self.texts = list(texts)
        self._by_title = {name_key(text.title): text for text in self.texts}
        self._by_number: dict[str, list[FocusItemText]] = defaultdict(list)
        for text in self.texts:
            for number in {name_key(text.place), name_key(text.focus_item.code)}:
                self._by_number[number].append(text)

    def find(self, named: str) -> FocusItemText:
        """Return the item that a text means. Raises UnknownItem; never a guess."""
        key = name_key(named)
        found = self._by_title.get(key) or self._numbered(named)
        if found is not None:
            return found
        fitting = [text for text in self.texts if key in name_key(text.title)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            near = "、".join(label_of(text) for text in fitting[:NEAR])
            raise UnknownItem(f"「{named}」に当たる項目が{len(fitting)}件あります（{near}など）。")
        raise UnknownItem(f"「{named}」に当たる重点項目はありません。番号か名前を入れてください。")

    def _numbered(self, named: str) -> FocusItemText | None:
        """Return the item whose number a text begins with; where two bear it, the one whose title follows."""
        number, title = (*named.split(maxsplit=1), "", "")[:2]
        found = self._by_number.get(name_key(number), [])
        if len(found) < 2:
            return next(iter(found), None)
        meant = next((text for text in found if name_key(text.title) == name_key(title)), None)
        if meant is None:
            near = "、".join(label_of(text) for text in found)
            raise UnknownItem(
                f"「{named}」は二つの項目の番号です（{near}）。名前を入れてください。"
            )
        return meant

    def find_all(self, text: str) -> list[FocusItemText]:
        """Return the items that a text names, one a line or parted by 、, each once, in the order named."""
        return list(dict.fromkeys(self.find(one) for one in parts_of(text)))


def label_of(text: FocusItemText) -> str:
    """Return 1-A-1 申請のオンライン化."""
    return f"{text.place} {text.title}"


def item_names(plan: Plan, at: date) -> ItemNames:
    """Return the names of the items in force on a day."""
    edition = Edition.objects.living(plan, at)
    return ItemNames(edition_outline(edition).items if edition else [])


def codes_of(items: Iterable[FocusItem]) -> str:
    """Return the numbers of items as a form shows and takes them."""
    return "、".join(sorted(item.code for item in items))


@dataclass(frozen=True)
class Problem:
    """A 課題 that a department puts to the DX推進本部, and who says so."""

    entry: ProgressEntry
    text: FocusItemText
    lead: Department | None


@dataclass(frozen=True)
class AgendaOffers:
    """What is not on the agenda yet and may be put there: reports, problems, the draft edition with its changes."""

    reports: list[AnnualReport]
    problems: list[Problem]
    draft: Edition | None
    draft_changes: int
    names: ItemNames
    consideration: int | None = None
    """The fiscal year whose update of the plan may be considered; None: the agenda has that already."""

    def problem(self, entry_id: int) -> Problem:
        return next(problem for problem in self.problems if problem.entry.pk == entry_id)


def agenda_offers(meeting: Meeting) -> AgendaOffers:
    """Return what may be put on the agenda of a sitting, as things stand on its day."""
    agenda = list(meeting.agenda.all())
    names = item_names(meeting.plan, meeting.held_on)
    draft = Edition.objects.draft_of(meeting.plan)
    if draft is not None and draft.pk in {item.edition_id for item in agenda}:
        draft = None
    return AgendaOffers(
        reports=_reports(meeting, {item.report_id for item in agenda}),
        problems=_problems(meeting, names, {item.entry_id for item in agenda}),
        draft=draft,
        draft_changes=len(changed_items(draft)) if draft else 0,
        names=names,
        consideration=_year_to_consider(meeting, agenda),
    )


def _year_to_consider(meeting: Meeting, agenda: Iterable[AgendaItem]) -> int | None:
    """Return the year of a sitting, or the year before where only that is still without a record."""
    if any(item.kind == AgendaKind.CONSIDERATION for item in agenda):
        return None
    year = meeting.fiscal_year
    known = set(
        meeting.plan.considerations.filter(fiscal_year__in=(year, year - 1)).values_list(
            "fiscal_year", flat=True
        )
    )
    return year - 1 if known == {year} else year


def _reports(meeting: Meeting, known: set[int | None]) -> list[AnnualReport]:
    """Return the reports of the year of a sitting and of the year before, and the one it was planned with."""
    years = (meeting.fiscal_year, meeting.fiscal_year - 1)
    issues = issues_shown(meeting.plan, to_staff=True)
    return [
        report
        for report in issues
        if report.pk not in known
        and (report.fiscal_year in years or report.pk == meeting.report_id)
    ]


def _problems(meeting: Meeting, names: ItemNames, known: set[int | None]) -> list[Problem]:
    """Return the problems that stand on the day of a sitting, in the order of the plan."""
    items = {text.focus_item_id for text in names.texts}
    current = ProgressEntry.objects.current(meeting.held_on, items=items)
    entries = current.filter(for_headquarters=True)
    by_item = {
        entry.initiative.focus_item_id: entry
        for entry in entries.select_related("initiative")
        if entry.pk not in known
    }
    leads = Responsibility.objects.item_leads_on(meeting.held_on, by_item) if by_item else {}
    return [
        Problem(entry, text, leads.get(text.focus_item_id))
        for text in names.texts
        if (entry := by_item.get(text.focus_item_id)) is not None
    ]


@dataclass(frozen=True)
class SittingOffers:
    """What a form for a new sitting begins with: the next number of the year, the latest report, the last members."""

    number: int
    report: AnnualReport | None
    last: Meeting | None
    members: list[Attendance]


def next_number(plan: Plan, fiscal_year: int) -> int:
    """Return the number of the next meeting of a year; the number of one that was called off is free."""
    going = Meeting.objects.going_ahead().filter(plan=plan, fiscal_year=fiscal_year)
    return max(going.values_list("number", flat=True), default=0) + 1


def sitting_offers(plan: Plan, today: date) -> SittingOffers:
    """Return what the next sitting of a plan is likely to be."""
    listed = Meeting.objects.going_ahead().filter(plan=plan, attendances__isnull=False)
    last = listed.order_by("-held_on", "-pk").first()
    return SittingOffers(
        number=next_number(plan, fiscal_year_of(today)),
        report=issues_shown(plan, to_staff=True).first(),
        last=last,
        members=list(last.attendances.order_by("position", "pk")) if last else [],
    )
