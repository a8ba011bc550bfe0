"""R1 as a law: whatever happens afterwards, in whatever order, a sealed report is what it was, byte for byte."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from beginnings import lasting
from django.db import transaction
from django.test import Client
from follow_cast import step
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meeting_cast import decide, held
from report_cast import publish, sealed

import reviews.report.compiler
import reviews.report.totals
from initiatives.actions.progress import correct_entry
from initiatives.models import Initiative, ProgressEntry
from initiatives.statement import Statement
from people.models import Department, User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem, FocusItemText
from reviews.enums import FollowUpStep
from reviews.models import AnnualReport, Decision, Meeting
from reviews.queries.reports import is_intact, kept_workbook, report_document
from reviews.report.document import Column, ReportDocument, Table
from reviews.report.looks import SCALES
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_text
from revisions.enums import OriginKind
from revisions.models import Origin

Record = Callable[..., ProgressEntry]


@dataclass
class Town:
    """A town whose report is sealed and published, and what its people may do next."""

    report: AnnualReport
    by: User
    item: FocusItem
    decision: Decision
    record: Record
    statement: Callable[..., Statement]
    patch: pytest.MonkeyPatch
    count: int = 0

    def rename_departments(self) -> None:
        self.count += 1
        for department in Department.objects.all():
            department.name = f"改名された課{self.count}-{department.pk}"
            department.save()

    def retire_people(self) -> None:
        self.count += 1
        User.objects.update(name=f"改名された人{self.count}")
        User.objects.exclude(pk=self.by.pk).update(is_active=False)

    def relabel(self) -> None:
        """Call every choice of an entry, of a decision and of its state by another name."""
        self.count += 1
        word = f"別の呼び名{self.count}"
        for scale in SCALES.values():
            for member in scale:
                self.patch.setattr(member, "_label_", word)

    def adopt(self) -> None:
        """Bring the next edition into force, in which the item is called otherwise."""
        self.count += 1
        edition = Edition.objects.living(self.report.plan, date(2026, 10, 15))
        assert edition is not None
        draft = open_draft(base=edition, major=1, minor=edition.minor + 1, by=self.by)
        text = FocusItemText.objects.select_related("edition").get(
            edition=draft, focus_item=self.item
        )
        amend_text(
            text=text,
            title=f"別の題名{self.count}",
            overview="別の概要",
            is_study=not text.is_study,
            opened_version=text.version,
            reason="試し",
            by=self.by,
            origin=Origin(OriginKind.DECISION, self.decision),
        )
        adopt_edition(
            edition=Edition.objects.get(pk=draft.pk),
            decided_on=date(2026, 10, 2),
            effective_from=date(2026, 10, 3 + draft.minor),
            basis="決定",
            by=self.by,
        )

    def say_more(self) -> None:
        self.count += 1
        day = date(2026, 9, 30) if self.count % 2 else date(2026, 10, 1)
        entry = self._standing()
        self.record(self.item, by=self.by, as_of=max(day, entry.as_of), outcome=f"成果{self.count}")

    def correct(self) -> None:
        self.count += 1
        entry = self._standing()
        correct_entry(
            entry=entry,
            statement=self.statement(rating="mostly_on_track", problem=f"課題{self.count}"),
            as_of=entry.as_of,
            reason="誤り",
            opened_revision=Initiative.objects.for_item(self.item).revision,
            by=self.by,
        )

    def widen(self) -> None:
        """Let the compiler make a column and a table that it did not make, and count by other words."""
        self.count += 1
        made_by, word = reviews.report.compiler, f"新しい列{self.count}"
        row, problems = made_by._progress_row, made_by._problems_table
        columns = (*made_by.PROGRESS_COLUMNS, Column(f"new{self.count}", word))
        self.patch.setattr(made_by, "PROGRESS_COLUMNS", columns)
        added = {f"new{self.count}": word}
        self.patch.setattr(made_by, "_progress_row", lambda *states: row(*states) | added)
        key = f"table{self.count}"
        self.patch.setattr(
            made_by, "_problems_table", lambda states: replace(problems(states), key=key)
        )
        self.patch.setattr(reviews.report.totals, "choices_of", lambda scale: {"x": "別の呼び名"})

    def follow_up(self) -> None:
        self.count += 1
        steps = self.decision.follow_ups.count()
        kind = (FollowUpStep.ANSWERED, FollowUpStep.CLOSED, FollowUpStep.REOPENED)[steps % 3]
        step(self.decision, kind, self.by, f"対応{self.count}")

    def decide(self) -> None:
        self.count += 1
        meeting = Meeting.objects.get()
        decide(meeting, self.by, text=f"決定{self.count}", focus_items=[self.item])

    def _standing(self) -> ProgressEntry:
        entries = ProgressEntry.objects.standing().filter(initiative__focus_item=self.item)
        entry = entries.latest_first().first()
        assert entry is not None
        return entry


HAPPENINGS: tuple[Callable[[Town], None], ...] = (
    Town.rename_departments,
    Town.retire_people,
    Town.relabel,
    Town.adopt,
    Town.say_more,
    Town.correct,
    Town.widen,
    Town.follow_up,
    Town.decide,
)


@dataclass(frozen=True)
class Shown:
    """All that a sealed report shows: its document, its digest, its page for anyone and for staff, its workbook."""

    document: ReportDocument
    digest: str
    pages: list[str]
    workbook: bytes
    kept: bytes | None


def shown(report: AnnualReport, clients: list[Client]) -> Shown:
    issue = AnnualReport.objects.get(pk=report.pk)
    document = report_document(issue)
    assert is_intact(issue, document)
    url = issue.get_absolute_url()
    return Shown(
        document,
        document.digest(),
        [main_of(client, url) for client in clients],
        clients[0].get(f"{url}workbook.xlsx").content,
        kept_workbook(issue),
    )


def main_of(client: Client, url: str) -> str:
    page = client.get(url).content.decode()
    return page[page.index("<main") : page.index("</main>")]


@pytest.fixture
@lasting
def town(
    small_edition: Edition,
    responsible: FocusItem,
    record: Record,
    statement: Callable[..., Statement],
    welfare: Department,
    editor: User,
    secretariat: User,
) -> Town:
    record(responsible, by=editor, as_of=date(2026, 3, 31), achievements="昨年の実績")
    record(responsible, by=editor, for_headquarters=True, problem="人手が足りない。")
    meeting = held(small_edition, secretariat, held_on=date(2026, 9, 20))
    decision = decide(meeting, secretariat, welfare, focus_items=[responsible])
    report = publish(sealed(small_edition, secretariat), secretariat)
    never = pytest.MonkeyPatch()  # A happening has one of its own, which is undone after it.
    return Town(report, secretariat, responsible, decision, record, statement, never)


@contextmanager
def taken_back() -> Iterator[pytest.MonkeyPatch]:
    """Undo at the end what was changed in the rows and in the program."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        yield patch
        transaction.set_rollback(True)


@pytest.fixture
def readers(secretariat: User, client_of: Callable[[User | None], Client]) -> list[Client]:
    return [client_of(None), client_of(secretariat)]


@pytest.fixture
def before(town: Town, readers: list[Client]) -> Shown:
    """What the report shows until something happens, which is taken back each time."""
    return shown(town.report, readers)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(happenings=st.lists(st.sampled_from(HAPPENINGS), min_size=3, max_size=10))
def test_r1_nothing_that_happens_later_changes_a_sealed_report(
    town: Town, readers: list[Client], before: Shown, happenings: list[Callable[[Town], None]]
) -> None:
    assert before.workbook == before.kept
    with taken_back() as patch:
        town.patch, town.count = patch, 0
        for happen in happenings:
            happen(town)
        assert shown(town.report, readers) == before


@pytest.mark.parametrize("happen", HAPPENINGS, ids=lambda happen: str(happen.__name__))
def test_each_happening_would_show_in_a_draft(
    town: Town, small_edition: Edition, secretariat: User, happen: Callable[[Town], None]
) -> None:
    """The law above is worth something only if what happens is what a report is made of."""
    draft = AnnualReport(
        plan=small_edition.plan,
        fiscal_year=2026,
        number=9,
        as_of=date(2026, 10, 15),
        edition=small_edition,
    )

    def said() -> tuple[Any, ...]:
        living = Edition.objects.living(small_edition.plan, draft.as_of)
        assert living is not None
        draft.edition = living
        tables = {table.key: table for table in report_document(draft).tables}
        return (living.name, _words(tables), secretariat.display_name)

    before = said()
    with taken_back() as patch:
        town.patch = patch
        happen(town)
        secretariat.refresh_from_db()
        assert said() != before


def _words(tables: dict[str, Table]) -> dict[str, Any]:
    return {key: (table.columns, table.rows) for key, table in tables.items()}
