"""What the database itself refuses, whoever asks (design.md §4)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from beginnings import lasting
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from raw_sql import refused

from initiatives.models import Initiative, ProgressEntry, Responsibility
from people.models import Department, RoleAssignment, User
from plans.actions.adoption import put_in_force
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem
from reviews.actions.reporting import open_report, seal_report, write_report
from reviews.models import AnnualReport
from reviews.workbooks.report import sealed_workbook

APPS = ("people", "plans", "initiatives", "rounds", "reviews", "revisions")


def our_models() -> list[type[models.Model]]:
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
    ]


def test_when_and_who_stand_together_in_every_model() -> None:
    """A2: where a model has `x_at` and `x_by`, both are required or a constraint joins them."""
    alone = []
    for model in our_models():
        fields = {
            field.name: field for field in model._meta.get_fields() if hasattr(field, "column")
        }
        constraints = " ".join(
            str(c.condition)
            for c in model._meta.constraints
            if isinstance(c, models.CheckConstraint)
        )
        for name, field in fields.items():
            if not name.endswith("_at") or name.removesuffix("_at") + "_by" not in fields:
                continue
            by = fields[name.removesuffix("_at") + "_by"]
            both_required = not field.null and not by.null
            if not both_required and f"{name}__isnull" not in constraints:
                alone.append(f"{model.__name__}.{name}")

    assert alone == []


def test_nothing_that_is_recorded_goes_with_what_it_names() -> None:
    """PROTECT everywhere but for pure parts: of an edition's text, and of a decision while its record is open."""
    cascading = {
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    }

    assert cascading == {
        "Axis.edition",
        "Descent.edition",
        "DecisionItem.decision",
        "Policy.edition",
        "Policy.axis",
        "FocusItemText.edition",
        "FocusItemText.policy",
        "Section.edition",
        "Section.parent",
    }


TEXT_STATEMENTS = [
    "UPDATE plans_axis SET name = 'x'",
    "UPDATE plans_policy SET name = 'x'",
    "UPDATE plans_focusitemtext SET title = 'x'",
    "UPDATE plans_section SET body = 'x'",
    "UPDATE plans_erratum SET reason = 'x'",
    "DELETE FROM plans_focusitemtext",
    "DELETE FROM plans_erratum",
    "UPDATE plans_edition SET issuer = 'x'",
    "UPDATE plans_edition SET effective_from = '2020-04-01'",
    "UPDATE plans_edition SET status = 'draft'",
    "UPDATE plans_edition SET status = 'superseded', minor = 9",
    "DELETE FROM plans_edition",
    "UPDATE plans_focusitem SET code = 'z'",
]


@pytest.mark.parametrize("sql", TEXT_STATEMENTS)
def test_t1_an_edition_in_force_is_fixed(small_edition: Edition, sql: str) -> None:
    assert refused(sql)


@pytest.mark.parametrize("sql", TEXT_STATEMENTS[:4])
def test_t1_a_draft_is_not(small_draft: Edition, sql: str) -> None:
    assert not refused(sql)


ADOPTION = "decided_on, effective_from, adoption_basis, adopted_at, adopted_by_id"
RECALL = (
    f"INSERT INTO plans_recalledadoption (edition_id, {ADOPTION}, adopted_by_name, reason, kept, recalled_on,"
    " recalled_at, recalled_by_id, recalled_by_name, new_effective_from)"
    f" SELECT id, {ADOPTION}, 'x', 'x', '{{}}', '2027-03-31', adopted_at, adopted_by_id, 'x', NEW_DAY"
    " FROM plans_edition WHERE minor = 1"
)
BACK = (
    "UPDATE plans_edition SET status = 'draft', decided_on = NULL, effective_from = NULL, adoption_basis = '',"
    " adopted_at = NULL, adopted_by_id = NULL WHERE minor = 1"
)
MOVED = "UPDATE plans_edition SET effective_from = '2027-05-01' WHERE minor = 1"
BASE_BACK = "UPDATE plans_edition SET status = 'in_force' WHERE minor = 0"


@pytest.fixture
@lasting
def coming(small_edition: Edition, secretariat: User) -> Edition:
    """1.1, in effect from 2027-04-01."""
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    day = date(2027, 4, 1)
    return put_in_force(
        edition=draft, fates=[], decided_on=day, effective_from=day, basis="根拠", by=secretariat
    )


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a4_an_adoption_is_let_go_upon_its_row_alone(coming: Edition) -> None:
    for sql in (BACK, MOVED, BASE_BACK):
        assert refused(sql), sql

    run(RECALL.replace("NEW_DAY", "NULL"))

    assert refused(BASE_BACK)
    assert refused(MOVED)
    assert refused(BACK.replace("decided_on = NULL,", "decided_on = NULL, minor = 2,"))
    assert not refused(BACK)
    assert not refused(BASE_BACK)
    assert refused("UPDATE plans_recalledadoption SET reason = 'y'")
    assert refused("DELETE FROM plans_recalledadoption")


def test_a4_an_adoption_is_moved_to_the_day_of_its_row_alone(coming: Edition) -> None:
    run(RECALL.replace("NEW_DAY", "'2027-05-01'"))

    assert refused(BACK)
    assert refused(MOVED.replace("05-01", "06-01"))
    assert refused(MOVED.replace(" WHERE", ", minor = 2 WHERE"))
    assert not refused(MOVED)
    assert refused(MOVED.replace("05-01", "04-01"))


@pytest.mark.parametrize(
    ("told", "instead"),
    [
        ("'2027-03-31'", "'2027-04-01'"),
        ("SELECT id, decided_on, effective_from", "SELECT id, decided_on, '2072-04-01'"),
        ("minor = 1", "minor = 0 AND status = 'superseded'"),
    ],
    ids=["on its day", "of another planned day", "of an edition that is not the one in force"],
)
def test_a4_a_row_takes_back_what_stands_before_its_day(
    coming: Edition, told: str, instead: str
) -> None:
    sql = RECALL.replace("NEW_DAY", "NULL")
    assert told in sql

    assert refused(sql.replace(told, instead))
    assert not refused(sql)


def test_t1_no_text_is_added_to_an_edition_in_force(small_edition: Edition) -> None:
    item = FocusItem.objects.create(plan=small_edition.plan, code="9-Z-9")
    policy = small_edition.policies.first()
    assert policy is not None

    assert refused(
        "INSERT INTO plans_focusitemtext (edition_id, focus_item_id, policy_id, number, title, overview, is_study,"
        f" version) VALUES ({small_edition.pk}, {item.pk}, {policy.pk}, 9, 'x', '', FALSE, 1)"
    )


def test_t2_one_draft_and_one_edition_in_force_a_plan(small_edition: Edition) -> None:
    values = (
        "(plan_id, major, minor, status, first_fiscal_year, last_fiscal_year, issuer, adoption_basis,"
        " abandoned_because, version)"
        f" VALUES ({small_edition.plan_id}, 1, %s, 'draft', 2026, 2027, '', '', '', 1)"
    )

    assert not refused(f"INSERT INTO plans_edition {values}".replace("%s", "1"))
    assert refused(f"INSERT INTO plans_edition {values}".replace("%s", "2"))


ENTRY_STATEMENTS = [
    "UPDATE initiatives_progressentry SET rating_reason = 'x'",
    "DELETE FROM initiatives_progressentry",
]


@pytest.mark.parametrize("sql", ENTRY_STATEMENTS)
def test_g1_an_entry_is_neither_edited_nor_deleted(
    responsible: FocusItem, editor: User, record: Callable[..., ProgressEntry], sql: str
) -> None:
    record(responsible, by=editor)

    assert refused(sql)


@pytest.mark.parametrize(
    "overrides",
    [
        {"rating_reason": ""},
        {"rating": "late"},
        {"rating": "slightly_late", "delay_cause": "原因", "countermeasure": "対応策"},
        {"rating": "late", "delay_cause": "原因", "new_due_date": date(2027, 3, 31)},
        {"rating": "late", "countermeasure": "対応策", "new_due_date": date(2027, 3, 31)},
        {"new_due_date": date(2026, 9, 30)},
        {"status": "どこか"},
        {"step": ""},
        {"direction": "x"},
        {"kind": "unchanged"},
        {"kind": "correction"},
        {"correction_reason": "理由だけ"},
    ],
)
def test_g3_the_database_holds_the_rules_of_an_entry(
    responsible: FocusItem, editor: User, statement: Callable[..., Any], overrides: dict[str, Any]
) -> None:
    values = {
        **vars(statement()),
        "initiative": Initiative.objects.get(focus_item=responsible),
        "kind": "update",
        "as_of": date(2026, 9, 30),
        "recorded_at": datetime(2026, 10, 1, tzinfo=UTC),
        "recorded_by": editor,
        "recorded_by_name": editor.name,
    }
    with transaction.atomic():
        ProgressEntry.objects.create(**values)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressEntry.objects.create(**{**values, **overrides})


def test_g4_one_lead_at_a_time(
    responsible: FocusItem, planning: Department, secretariat: User
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(
            initiative=Initiative.objects.get(focus_item=responsible),
            department=planning,
            kind="lead",
            valid_from=date(2026, 4, 1),
            assigned_at=datetime(2026, 10, 1, tzinfo=UTC),
            assigned_by=secretariat,
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE initiatives_responsibility SET valid_from = '2020-01-01'",
        "UPDATE initiatives_responsibility SET department_id = (SELECT MIN(id) FROM people_department)",
        "DELETE FROM initiatives_responsibility",
    ],
)
def test_a2_who_was_responsible_is_not_rewritten(responsible: FocusItem, sql: str) -> None:
    assert refused(sql)


def test_a2_an_account_is_never_deleted(staff: User) -> None:
    assert refused("DELETE FROM people_user")


@pytest.mark.parametrize(
    ("role", "with_department"), [("editor", False), ("secretariat", True), ("king", False)]
)
def test_a1_a_role_fits_its_department(
    staff: User, welfare: Department, role: str, with_department: bool
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(
            user=staff,
            role=role,
            department=welfare if with_department else None,
            valid_from=date(2026, 4, 1),
        )


@pytest.fixture
def sealed(small_edition: Edition, secretariat: User) -> AnnualReport:
    report = open_report(
        plan=small_edition.plan, year=2026, as_of=date(2026, 9, 30), by=secretariat
    )
    report = write_report(
        report=report,
        overview="総括",
        technology_trends="",
        national_trends="",
        opened_version=1,
        by=secretariat,
    )
    return seal_report(
        report=report, draw=sealed_workbook, reason="報告のため", opened_version=2, by=secretariat
    )


AGAINST_THE_SEAL = [
    "UPDATE reviews_annualreport SET overview = 'x'",
    "UPDATE reviews_annualreport SET status = 'draft', sealed_at = NULL, sealed_by_id = NULL, digest = ''",
    "DELETE FROM reviews_annualreport",
    "UPDATE reviews_sealedpassage SET text = 'x'",
    "DELETE FROM reviews_sealedpassage",
    "INSERT INTO reviews_sealedpassage (report_id, position, key, label, text)"
    " SELECT id, 99, 'x', 'x', 'x' FROM reviews_annualreport",
    "UPDATE reviews_sealedtable SET title = 'x'",
    "DELETE FROM reviews_sealedtable",
    "UPDATE reviews_sealedrow SET cells = '[]'",
    "DELETE FROM reviews_sealedrow",
    "UPDATE reviews_sealedworkbook SET digest = 'x'",
    "DELETE FROM reviews_sealedworkbook",
]


def test_r1_r2_a_sealed_report_neither_changes_nor_opens(
    sealed: AnnualReport, subtests: pytest.Subtests
) -> None:
    for sql in AGAINST_THE_SEAL:
        with subtests.test(sql):
            assert refused(sql)


KEPT = [
    "initiatives_progressentry",
    "initiatives_responsibility",
    "people_user",
    "plans_edition",
    "plans_focusitemtext",
    "reviews_annualreport",
    "reviews_sealedrow",
]


def test_what_may_not_be_deleted_is_not_replaced_or_emptied_either(
    sealed: AnnualReport,
    responsible: FocusItem,
    editor: User,
    record: Callable[..., ProgressEntry],
    subtests: pytest.Subtests,
) -> None:
    """SQLite's INSERT OR REPLACE and PostgreSQL's TRUNCATE do not ask the triggers of DELETE."""
    record(responsible, by=editor)
    emptied = "INSERT OR REPLACE INTO {0} SELECT * FROM {0}"
    if connection.vendor == "postgresql":
        emptied = "TRUNCATE {0} CASCADE"
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in KEPT:
        with subtests.test(table):
            assert refused(emptied.format(table))
