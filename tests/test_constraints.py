"""Every named constraint refuses what it is there for. A new constraint without a row here fails.

For each model there is a row that the database takes; each case changes it so that one constraint is broken.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from initiatives.models import (
    Answer,
    AnswerChange,
    AnswerImport,
    AnswerImportFile,
    Extension,
    Initiative,
    ProgressEntry,
    ReportingRound,
    Responsibility,
)
from people.models import (
    Department,
    DepartmentListUpload,
    DepartmentSuccession,
    RoleAssignment,
    User,
)
from plans.actions import open_draft
from plans.models import (
    Axis,
    Edition,
    Erratum,
    FocusItem,
    FocusItemText,
    ItemFate,
    Plan,
    Policy,
    Section,
)
from reviews.actions import open_report
from reviews.models import Amendment, AnnualReport, SealedPassage, SealedRow, SealedTable

NOW = datetime(2026, 10, 1, tzinfo=UTC)
DAY = date(2026, 9, 30)


_UPLOADED = {"uploaded_at": NOW, "uploaded_by_name": "名"}


def round_values(plan: Plan, by: User) -> dict[str, Any]:
    return {
        "plan": plan,
        "fiscal_year": 2026,
        "kind": "first_half",
        "period_from": date(2026, 4, 1),
        "period_until": DAY,
        "as_of": DAY,
        "opens_on": date(2026, 10, 1),
        "due_on": date(2026, 10, 20),
        "overdue_rule": "take",
        "opened_at": NOW,
        "opened_by": by,
        "opened_by_name": "名",
    }


class World:
    """A plan in force with a draft, an entry and a report, and a second plan with nothing."""

    def __init__(
        self, edition: Edition, by: User, entry: ProgressEntry, welfare: Department
    ) -> None:
        self.by, self.entry, self.welfare = by, entry, welfare
        self.planning = Department.objects.get(code="planning")
        self.draft = open_draft(base=edition, major=1, minor=1, by=by)
        self.edition = edition
        self.axis = self.draft.axes.order_by("number")[0]
        self.policy = self.axis.policies.order_by("letter")[0]
        self.item = FocusItem.objects.create(plan=edition.plan, code="8-A-1")
        self.other_item = FocusItem.objects.create(plan=edition.plan, code="8-A-2")
        self.initiative = Initiative.objects.create(focus_item=self.item)
        self.report = open_report(plan=edition.plan, year=2026, as_of=DAY, by=by)
        self.table = SealedTable.objects.create(
            report=self.report, position=7, key="k", title="t", columns=[]
        )
        self.round = ReportingRound.objects.create(**round_values(edition.plan, by))
        self.answer = Answer.objects.create(
            round=self.round, initiative=Initiative.objects.create(focus_item=self.other_item)
        )
        self.upload = AnswerImport.objects.create(round=self.round, **_UPLOADED, uploaded_by=by)
        self.other_plan = Plan.objects.create(code="other", name="別", municipality="別の町")


VALID: dict[type[models.Model], Callable[[World], dict[str, Any]]] = {
    Plan: lambda w: {"code": "c", "name": "n", "municipality": "m"},
    Edition: lambda w: {
        "plan": w.other_plan,
        "major": 3,
        "minor": 0,
        "first_fiscal_year": 2026,
        "last_fiscal_year": 2027,
    },
    Axis: lambda w: {"edition": w.draft, "number": 9, "name": "軸"},
    Policy: lambda w: {"edition": w.draft, "axis": w.axis, "letter": "Z", "name": "方針"},
    FocusItem: lambda w: {"plan": w.edition.plan, "code": "9-Z-9"},
    FocusItemText: lambda w: {
        "edition": w.draft,
        "focus_item": w.item,
        "policy": w.policy,
        "number": 90,
        "title": "題",
    },
    Section: lambda w: {"edition": w.draft, "key": "new", "order": 99, "title": "節"},
    ItemFate: lambda w: {
        "edition": w.draft,
        "before": w.item,
        "after": w.other_item,
        "fate": "moved",
    },
    Erratum: lambda w: {
        "edition": w.draft,
        "kind": "misprint",
        "order": 99,
        "place": "x",
        "wrong": "誤",
        "right": "正",
        "reason": "理由",
    },
    Department: lambda w: {"code": "new", "name": "課"},
    DepartmentSuccession: lambda w: {
        "before": w.welfare,
        "after": w.planning,
        "effective_from": DAY,
        "reason": "理由",
        "recorded_at": NOW,
        "recorded_by": w.by,
    },
    DepartmentListUpload: lambda w: {
        "file_name": "f",
        "content": b"c",
        "uploaded_at": NOW,
        "uploaded_by": w.by,
    },
    User: lambda w: {"username": "new", "name": "名"},
    RoleAssignment: lambda w: {"user": w.by, "role": "headquarters", "valid_from": DAY},
    Responsibility: lambda w: {
        "initiative": w.initiative,
        "department": w.welfare,
        "kind": "lead",
        "valid_from": DAY,
        "assigned_at": NOW,
        "assigned_by": w.by,
    },
    ProgressEntry: lambda w: {
        "initiative": w.initiative,
        "kind": "update",
        "as_of": DAY,
        "status": "piloting",
        "step": "action",
        "rating": "on_track",
        "rating_reason": "理由",
        "direction": "continue",
        "recorded_at": NOW,
        "recorded_by": w.by,
        "recorded_by_name": "名",
    },
    ReportingRound: lambda w: round_values(w.edition.plan, w.by),
    Extension: lambda w: {
        "round": w.round,
        "due_on": date(2026, 10, 25),
        "reason": "理由",
        "extended_at": NOW,
        "extended_by": w.by,
        "extended_by_name": "名",
    },
    Answer: lambda w: {"round": w.round, "initiative": w.initiative},
    AnswerChange: lambda w: {
        "answer": w.answer,
        "revision": 1,
        "step": "saved",
        "content": {},
        "changed_at": NOW,
        "changed_by": w.by,
        "changed_by_name": "名",
    },
    AnswerImport: lambda w: {"round": w.round, **_UPLOADED, "uploaded_by": w.by},
    AnswerImportFile: lambda w: {
        "upload": w.upload,
        "place": 1,
        "name": "f.xlsx",
        "digest": "d",
        "content": b"c",
    },
    Amendment: lambda w: {
        "edition": w.draft,
        "focus_item": w.item,
        "kind": "reword",
        "reason": "理由",
        "amended_at": NOW,
        "amended_by": w.by,
        "amended_by_name": "名",
    },
    AnnualReport: lambda w: {
        "plan": w.edition.plan,
        "fiscal_year": 2030,
        "as_of": DAY,
        "edition": w.edition,
        "opened_at": NOW,
        "opened_by": w.by,
    },
    SealedPassage: lambda w: {"report": w.report, "position": 1, "key": "p", "label": "l"},
    SealedTable: lambda w: {
        "report": w.report,
        "position": 8,
        "key": "new",
        "title": "t",
        "columns": [],
    },
    SealedRow: lambda w: {"report": w.report, "table": w.table, "position": 1, "cells": []},
}

Change = Callable[[World], dict[str, Any]]
ADOPTED = {"decided_on": DAY, "effective_from": DAY, "adopted_at": NOW}
SENT = {"state": "sent", "kind": "update", "sent_at": NOW, "applied_due_on": DAY}
SEALED = {"status": "sealed", "seal_reason": "理由", "overview": "総括", "digest": "d"}


def with_(**values: Any) -> Change:
    return lambda w: values


def twice(**others: Any) -> Change:
    """The valid row again, but for columns that another constraint would mind first."""
    return lambda w: {"_twice": True, **others}


BROKEN: dict[str, tuple[type[models.Model], Change]] = {
    "plan_named": (Plan, with_(name="")),
    "edition_status_known": (
        Edition,
        lambda w: {**ADOPTED, "status": "x", "adopted_by": w.by},
    ),
    "edition_number_once": (
        Edition,
        lambda w: {"_twice": True, "status": "superseded", **ADOPTED, "adopted_by": w.by},
    ),
    "edition_one_draft": (Edition, twice(minor=1)),
    "edition_one_in_force": (
        Edition,
        lambda w: {
            "plan": w.edition.plan,
            "status": "in_force",
            **ADOPTED,
            "adopted_by": w.by,
        },
    ),
    "edition_years_in_order": (Edition, with_(last_fiscal_year=2025)),
    "edition_opened_pair": (Edition, with_(opened_at=NOW)),
    "edition_adopted_pair": (Edition, with_(status="in_force", **ADOPTED)),
    "edition_adopted_with_dates": (Edition, with_(effective_from=DAY)),
    "axis_number_once": (Axis, twice()),
    "axis_named": (Axis, with_(name="")),
    "policy_letter_once": (Policy, twice()),
    "policy_named": (Policy, with_(name="")),
    "focus_item_code_once": (FocusItem, twice()),
    "focus_item_coded": (FocusItem, with_(code="")),
    "item_text_once_an_edition": (FocusItemText, twice(number=91)),
    "item_text_number_once": (
        FocusItemText,
        lambda w: {"_twice": True, "focus_item": w.other_item},
    ),
    "item_text_titled": (FocusItemText, with_(title="")),
    "section_key_once": (Section, twice(order=98)),
    "section_order_once": (Section, twice(key="other")),
    "section_titled": (Section, with_(title="")),
    "section_kind_known": (Section, with_(kind="x")),
    "item_fate_joined_once": (ItemFate, twice()),
    "item_fate_ended_once": (
        ItemFate,
        lambda w: {"_first": {"after": None, "fate": "ended"}, "after": None, "fate": "ended"},
    ),
    "item_fate_new_once": (
        ItemFate,
        lambda w: {"_first": {"before": None, "fate": "new"}, "before": None, "fate": "new"},
    ),
    "item_fate_known": (ItemFate, with_(fate="x")),
    "item_fate_ends_fit": (ItemFate, with_(fate="ended")),
    "erratum_order_once": (Erratum, twice()),
    "erratum_complete": (Erratum, with_(reason="")),
    "erratum_kind_known": (Erratum, with_(kind="x")),
    "erratum_recorded_pair": (Erratum, with_(recorded_at=NOW)),
    "department_named": (Department, with_(name="")),
    "department_period_in_order": (
        Department,
        with_(valid_from=DAY, valid_until=date(2026, 9, 29)),
    ),
    "succession_joined_once": (DepartmentSuccession, twice()),
    "succession_of_another": (DepartmentSuccession, lambda w: {"after": w.welfare}),
    "succession_has_reason": (DepartmentSuccession, with_(reason="")),
    "department_upload_applied_pair": (DepartmentListUpload, with_(applied_at=NOW)),
    "user_named": (User, with_(username="")),
    "role_known": (RoleAssignment, with_(role="x")),
    "role_department_where_needed": (RoleAssignment, with_(role="editor")),
    "role_period_in_order": (RoleAssignment, with_(valid_until=date(2026, 9, 29))),
    "responsibility_kind_known": (Responsibility, with_(kind="x")),
    "responsibility_one_lead": (
        Responsibility,
        lambda w: {
            "_twice": True,
            "department": Department.objects.create(code="b", name="別の課"),
        },
    ),
    "responsibility_department_once": (Responsibility, twice(kind="supporting")),
    "responsibility_ended_pair": (Responsibility, with_(valid_until=DAY, ended_at=NOW)),
    "responsibility_ended_with_date": (Responsibility, with_(valid_until=DAY)),
    "entry_kind_known": (ProgressEntry, with_(kind="x")),
    "entry_status_known": (ProgressEntry, with_(status="x")),
    "entry_step_known": (ProgressEntry, with_(step="x")),
    "entry_rating_known": (ProgressEntry, with_(rating="x")),
    "entry_direction_known": (ProgressEntry, with_(direction="x")),
    "entry_rating_has_reason": (ProgressEntry, with_(rating_reason="")),
    "entry_late_is_explained": (ProgressEntry, with_(rating="late")),
    "entry_new_date_is_ahead": (ProgressEntry, with_(new_due_date=DAY)),
    "entry_unchanged_names_what": (ProgressEntry, with_(kind="unchanged")),
    "entry_correction_names_what_and_why": (
        ProgressEntry,
        lambda w: {"kind": "correction", "corrects": w.entry},
    ),
    "entry_headquarters_has_problem": (ProgressEntry, with_(for_headquarters=True)),
    "round_kind_known": (ReportingRound, with_(kind="x")),
    "round_overdue_rule_known": (ReportingRound, with_(overdue_rule="x")),
    "round_ad_hoc_is_named": (ReportingRound, with_(kind="ad_hoc")),
    "round_days_in_order": (ReportingRound, with_(due_on=date(2026, 9, 30))),
    "round_closed_pair": (ReportingRound, with_(closed_at=NOW)),
    "extension_has_reason": (Extension, with_(reason="")),
    "answer_once_in_a_round": (Answer, twice()),
    "answer_state_known": (Answer, with_(state="x")),
    "answer_kind_known": (Answer, with_(kind="correction")),
    "answer_status_known": (Answer, with_(status="x")),
    "answer_step_known": (Answer, with_(step="x")),
    "answer_rating_known": (Answer, with_(rating="x")),
    "answer_direction_known": (Answer, with_(direction="x")),
    "answer_sent_pair": (
        Answer,
        with_(state="sent", kind="update", sent_at=NOW, applied_due_on=DAY),
    ),
    "answer_sent_whole": (Answer, with_(state="sent")),
    "answer_certified_pair": (Answer, with_(certified_at=NOW)),
    "answer_accepted_pair": (
        Answer,
        lambda w: {**SENT, "state": "accepted", "sent_by": w.by, "accepted_at": NOW},
    ),
    "answer_accepted_by_somebody": (
        Answer,
        lambda w: {**SENT, "state": "accepted", "sent_by": w.by},
    ),
    "answer_returned_with_reason": (Answer, with_(state="returned")),
    "answer_change_step_known": (AnswerChange, with_(step="x")),
    "answer_change_once": (AnswerChange, twice()),
    "answer_change_has_reason": (AnswerChange, with_(step="returned")),
    "answer_import_applied_pair": (AnswerImport, with_(applied_at=NOW)),
    "import_file_place_once": (AnswerImportFile, twice()),
    "import_file_named": (AnswerImportFile, with_(name="")),
    "amendment_kind_known": (Amendment, with_(kind="x")),
    "amendment_has_reason": (Amendment, with_(reason="")),
    "report_status_known": (
        AnnualReport,
        lambda w: {**SEALED, "status": "x", "sealed_at": NOW, "sealed_by": w.by},
    ),
    "report_number_once": (
        AnnualReport,
        lambda w: {"_first": {**SEALED, "sealed_at": NOW, "sealed_by": w.by}},
    ),
    "report_one_draft_a_year": (
        AnnualReport,
        lambda w: {
            "_twice": True,
            "number": 2,
            "corrects": w.report,
            "correction_reason": "理由",
        },
    ),
    "report_sealed_pair": (AnnualReport, with_(**SEALED, sealed_at=NOW)),
    "report_sealed_whole": (
        AnnualReport,
        lambda w: {**SEALED, "digest": "", "sealed_at": NOW, "sealed_by": w.by},
    ),
    "report_correction_names_what_and_why": (AnnualReport, with_(number=2)),
    "sealed_passage_position_once": (SealedPassage, twice(key="other")),
    "sealed_passage_key_once": (SealedPassage, twice(position=2)),
    "sealed_table_position_once": (SealedTable, twice(key="other")),
    "sealed_table_key_once": (SealedTable, twice(position=9)),
    "sealed_row_position_once": (SealedRow, twice()),
}

TRIED_BY_UPDATE = {
    # A row cannot name itself before it is made.
    "report_corrects_an_earlier_issue",
}


def constraints() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for app in ("plans", "people", "initiatives", "reviews")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_row() -> None:
    assert set(constraints()) == set(BROKEN) | TRIED_BY_UPDATE


@pytest.fixture
def world(
    responsible: FocusItem,
    small_edition: Edition,
    secretariat: User,
    editor: User,
    welfare: Department,
    record: Callable[..., ProgressEntry],
) -> World:
    return World(small_edition, secretariat, record(responsible, by=editor), welfare)


def insert(model: type[models.Model], values: dict[str, Any]) -> None:
    """Write a row as it is: no validation, no history."""
    with transaction.atomic():
        model._default_manager.bulk_create([model(**values)])


SAID_BY_ANOTHER = {
    "report_status_known": "report_sealed_whole",
    "answer_state_known": "answer_sent_whole",
}
"""An unknown status breaks both; PostgreSQL names the one it tries first."""


def assert_named(error: IntegrityError, name: str) -> None:
    """Of a unique constraint SQLite names the columns instead."""
    unique = isinstance(constraints()[name], models.UniqueConstraint)
    if not (connection.vendor == "sqlite" and unique):
        assert name in str(error) or SAID_BY_ANOTHER.get(name, name) in str(error)


@pytest.mark.parametrize("model", VALID, ids=lambda model: model.__name__)
def test_the_valid_row_is_taken(world: World, model: type[models.Model]) -> None:
    before = model._default_manager.count()

    insert(model, VALID[model](world))

    assert model._default_manager.count() == before + 1


@pytest.mark.parametrize("name", BROKEN)
def test_it_refuses(world: World, name: str) -> None:
    model, change = BROKEN[name]
    changes = change(world)
    first = changes.pop("_first", {} if changes.pop("_twice", False) else None)
    if first is not None:
        insert(model, {**VALID[model](world), **first})

    with pytest.raises(IntegrityError) as refusal:
        insert(model, {**VALID[model](world), **changes})

    assert_named(refusal.value, name)


def test_a_report_does_not_correct_itself(world: World) -> None:
    with pytest.raises(IntegrityError, match="report_corrects_an_earlier_issue"):
        AnnualReport.objects.filter(pk=world.report.pk).update(
            number=2, corrects=world.report.pk, correction_reason="理由"
        )
