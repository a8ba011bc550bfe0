"""Every named constraint refuses what it is there for. A new constraint without a row here fails.

Each case changes the row of `valid_rows` that the database takes, so that one constraint is broken.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from row_world import COMING, DAY, NOW, World, decision_values
from valid_rows import VALID

from people.models import Department
from reviews.models import Decision, RecordAddition
from revisions.models import Amendment

Change = Callable[[World], dict[str, Any]]
ADOPTED = {"decided_on": DAY, "effective_from": DAY, "adopted_at": NOW}
SENT = {"state": "sent", "kind": "update", "sent_at": NOW, "applied_due_on": DAY}
SEALED = {"status": "sealed", "seal_reason": "理由", "overview": "総括", "digest": "d"}


def with_(**values: Any) -> Change:
    return lambda w: values


def twice(**others: Any) -> Change:
    """The valid row again, but for columns that another constraint would mind first."""
    return lambda w: {"_twice": True, **others}


def _of_one_act(act: Amendment) -> dict[str, Any]:
    return {"_first": {"amendment": act}, "amendment": act}


BROKEN: dict[str, Change] = {
    "plan_named": with_(name=""),
    "edition_status_known": with_(status="x"),
    "edition_number_once": lambda w: {
        "_twice": True,
        "status": "superseded",
        **ADOPTED,
        "adopted_by": w.by,
    },
    "edition_one_draft": twice(minor=1),
    "edition_one_in_force": lambda w: {
        "plan": w.edition.plan,
        "status": "in_force",
        **ADOPTED,
        "adopted_by": w.by,
    },
    "edition_years_in_order": with_(last_fiscal_year=2025),
    "edition_opened_pair": with_(opened_at=NOW),
    "edition_adopted_pair": with_(status="in_force", **ADOPTED),
    "edition_adopted_with_dates": with_(effective_from=DAY),
    "edition_abandoned_pair": with_(status="abandoned", abandoned_at=NOW, abandoned_because="理由"),
    "edition_abandoned_with_reason": lambda w: {
        "status": "abandoned",
        "abandoned_at": NOW,
        "abandoned_by": w.by,
    },
    "recalled_adoption_once": twice(),
    "recalled_adoption_has_reason": with_(reason=""),
    "recalled_adoption_before_its_day": lambda w: {"recalled_on": w.edition.effective_from},
    "recalled_adoption_to_another_day": lambda w: {"new_effective_from": w.edition.effective_from},
    "axis_key_once": twice(number=8),
    "axis_number_once": twice(key="8"),
    "axis_named": with_(name=""),
    "policy_key_once": twice(letter="Y"),
    "policy_letter_once": twice(key="1-Y"),
    "policy_named": with_(name=""),
    "focus_item_code_once": twice(),
    "focus_item_coded": with_(code=""),
    "item_text_once_an_edition": twice(number=91),
    "item_text_number_once": lambda w: {"_twice": True, "focus_item": w.other_item},
    "item_text_titled": with_(title=""),
    "section_key_once": twice(order=98),
    "section_order_once": twice(key="other"),
    "section_titled": with_(title=""),
    "section_kind_known": with_(kind="x"),
    "item_fate_joined_once": twice(),
    "item_fate_ended_once": lambda w: {
        "_first": {"after": None, "fate": "ended"},
        "after": None,
        "fate": "ended",
    },
    "item_fate_new_once": lambda w: {
        "_first": {"before": None, "fate": "new"},
        "before": None,
        "fate": "new",
    },
    "item_fate_known": with_(fate="x"),
    "item_fate_ends_fit": with_(fate="ended"),
    "descent_joined_once": twice(),
    "descent_of_another": lambda w: {"after": w.item},
    "descent_kind_known": with_(kind="moved"),
    "erratum_order_once": twice(),
    "erratum_complete": with_(reason=""),
    "erratum_kind_known": with_(kind="x"),
    "erratum_recorded_pair": with_(recorded_at=NOW),
    "department_named": with_(name=""),
    "department_period_in_order": with_(valid_from=DAY, valid_until=date(2026, 9, 29)),
    "succession_of_another": lambda w: {"after": w.welfare},
    "succession_has_reason": with_(reason=""),
    "department_called_off_before_it_began": with_(valid_from=DAY, called_off_on=DAY),
    "succession_recall_has_reason": with_(reason=""),
    "succession_recall_before_the_day": with_(recalled_on=COMING),
    "department_upload_applied_pair": with_(applied_at=NOW),
    "user_named": with_(username=""),
    "sign_in_named": with_(username=""),
    "sign_in_door_known": with_(door="x"),
    "sign_in_outcome_known": with_(outcome="x"),
    "sign_in_succeeds_as_somebody": with_(outcome="succeeded"),
    "unlock_of_a_name_or_an_address": with_(address="192.0.2.1"),
    "unlock_explained": with_(reason=""),
    "unlock_signed": with_(unlocked_by_name=""),
    "password_setting_signed": with_(set_by_name=""),
    "download_named": with_(file_name=""),
    "download_taken_by_pair": with_(taken_by_name=""),
    "role_known": with_(role="x"),
    "role_department_where_needed": with_(role="editor"),
    "role_period_in_order": with_(valid_until=date(2026, 9, 29)),
    "responsibility_kind_known": with_(kind="x"),
    "responsibility_one_lead": lambda w: {
        "_twice": True,
        "department": Department.objects.create(code="b", name="別の課"),
    },
    "responsibility_department_once": twice(kind="supporting"),
    "responsibility_ended_pair": with_(valid_until=DAY, ended_at=NOW),
    "responsibility_ended_with_date": with_(valid_until=DAY),
    "recall_has_reason": with_(reason=""),
    "recall_before_the_day": with_(recalled_on=COMING),
    "recall_of_an_end_in_order": with_(
        planned_until=date(2027, 3, 31), recalled_on=DAY, planned_day=date(2027, 3, 31)
    ),
    "entry_kind_known": with_(kind="x"),
    "entry_status_known": with_(status="x"),
    "entry_step_known": with_(step="x"),
    "entry_rating_known": with_(rating="x"),
    "entry_direction_known": with_(direction="x"),
    "entry_rating_has_reason": with_(rating_reason=""),
    "entry_late_is_explained": with_(rating="late"),
    "entry_new_date_is_ahead": with_(new_due_date=DAY),
    "entry_unchanged_names_what": with_(kind="unchanged"),
    "entry_correction_names_what_and_why": lambda w: {"kind": "correction", "corrects": w.entry},
    "entry_headquarters_has_problem": with_(for_headquarters=True),
    "round_kind_known": with_(kind="x"),
    "round_overdue_rule_known": with_(overdue_rule="x"),
    "round_ad_hoc_is_named": with_(kind="ad_hoc"),
    "round_days_in_order": with_(due_on=date(2026, 9, 30)),
    "round_closed_pair": with_(closed_at=NOW),
    "extension_has_reason": with_(reason=""),
    "answer_once_in_a_round": twice(),
    "answer_state_known": with_(state="x"),
    "answer_kind_known": with_(kind="correction"),
    "answer_status_known": with_(status="x"),
    "answer_step_known": with_(step="x"),
    "answer_rating_known": with_(rating="x"),
    "answer_direction_known": with_(direction="x"),
    "answer_sent_pair": with_(state="sent", kind="update", sent_at=NOW, applied_due_on=DAY),
    "answer_sent_whole": with_(state="sent"),
    "answer_certified_pair": with_(certified_at=NOW),
    "answer_accepted_pair": lambda w: {
        **SENT,
        "state": "accepted",
        "sent_by": w.by,
        "accepted_at": NOW,
    },
    "answer_accepted_by_somebody": lambda w: {**SENT, "state": "accepted", "sent_by": w.by},
    "answer_returned_with_reason": with_(state="returned"),
    "answer_change_step_known": with_(step="x"),
    "answer_change_once": twice(),
    "answer_change_has_reason": with_(step="returned"),
    "answer_import_applied_pair": with_(applied_at=NOW),
    "import_file_place_once": twice(),
    "import_file_named": with_(name=""),
    "amendment_kind_known": with_(kind="x"),
    "amendment_has_reason": with_(reason=""),
    "amendment_of_one_text": with_(place="sections/purpose"),
    "amendment_names_its_origin": with_(origin="decision"),
    "consideration_outcome_known": with_(outcome="x"),
    "consideration_has_reason": with_(reason=""),
    "consideration_draft_of_revision": lambda w: {"edition": w.draft},
    "draft_comment_written": with_(text=""),
    "draft_comment_on_one_text": lambda w: {"focus_item": w.item, "place": "axes/1"},
    "draft_comment_settled_pair": with_(is_question=True, settled_at=NOW, settlement="解決"),
    "draft_comment_settled_question": lambda w: {
        "settled_at": NOW,
        "settled_by": w.by,
        "settlement": "解決",
    },
    "report_status_known": lambda w: {**SEALED, "status": "x", "sealed_at": NOW, "sealed_by": w.by},
    "report_number_once": lambda w: {"_first": {**SEALED, "sealed_at": NOW, "sealed_by": w.by}},
    "report_one_draft_a_year": lambda w: {
        "_twice": True,
        "number": 2,
        "corrects": w.report,
        "correction_reason": "理由",
    },
    "report_sealed_pair": with_(**SEALED, sealed_at=NOW),
    "report_sealed_whole": lambda w: {**SEALED, "digest": "", "sealed_at": NOW, "sealed_by": w.by},
    "report_correction_names_what_and_why": with_(number=2),
    "report_corrects_an_earlier_issue": with_(
        id=9_000_000, corrects_id=9_000_000, number=2, correction_reason="理由"
    ),
    "report_abandoned_pair": with_(abandoned_at=NOW, abandoned_because="理由"),
    "report_abandoned_draft_with_reason": lambda w: {"abandoned_at": NOW, "abandoned_by": w.by},
    "sealed_passage_position_once": twice(key="other"),
    "sealed_passage_key_once": twice(position=2),
    "sealed_table_position_once": twice(key="other"),
    "sealed_table_key_once": twice(position=9),
    "sealed_row_position_once": twice(),
    "publication_has_reason": with_(reason=""),
    "withholding_has_reason": with_(reason=""),
    "closing_explained": with_(reason=""),
    "shortening_explained": with_(reason=""),
    "closed_cell_named": with_(digest=""),
    "reported_entry_once": twice(),
    "meeting_number_once": twice(),
    "meeting_named": with_(name=""),
    "meeting_numbers_from_one": with_(number=0),
    "meeting_closed_pair": with_(closed_at=NOW),
    "meeting_called_off_pair": with_(called_off_at=NOW, called_off_because="理由"),
    "meeting_called_off_open_with_reason": lambda w: {"called_off_at": NOW, "called_off_by": w.by},
    "attendance_kind_known": with_(kind="x"),
    "attendance_named": with_(name=""),
    "attendance_substitute_named": with_(kind="substitute"),
    "agenda_kind_known": with_(kind="x"),
    "agenda_titled": with_(title=""),
    "agenda_names_its_matter": with_(kind="report"),
    "opinion_written": with_(text=""),
    "addition_explained": with_(reason=""),
    "addition_corrects_or_takes_back": lambda w: {
        "corrects": Decision.objects.create(
            **{**decision_values(w, number=1), "meeting": w.closed, "addition_reason": "理由"}
        ),
        "takes_back": RecordAddition.objects.create(**VALID[RecordAddition](w)),
    },
    "decision_kind_known": with_(kind="x"),
    "decision_number_once": twice(),
    "decision_written": with_(text=""),
    "decision_owner_named": lambda w: {"owner": w.welfare},
    "decision_due_of_somebody": with_(due_on=DAY),
    "decision_owed_by_somebody_until": with_(kind="instruction"),
    "decision_item_once": twice(),
    "outcome_kind_known": with_(kind="x"),
    "outcome_says_where_or_why": with_(reason=""),
    "outcome_recall_has_reason": with_(reason=""),
    "effect_aspect_known": with_(aspect="x"),
    "effect_once": lambda w: _of_one_act(Amendment.objects.create(**VALID[Amendment](w))),
    "follow_up_step_known": with_(step="x"),
    "follow_up_number_once": twice(),
    "follow_up_written": with_(text=""),
    "study_asks_something": with_(question=""),
    "study_note_written": with_(text=""),
    "evidence_once": twice(),
    "evidence_named": with_(title=""),
}


def constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    """Return every named constraint with the model that bears it."""
    return {
        constraint.name: (model, constraint)
        for app in ("people", "plans", "initiatives", "rounds", "reviews", "revisions")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_row() -> None:
    assert set(constraints()) == set(BROKEN)


def insert(model: type[models.Model], values: dict[str, Any]) -> None:
    """Write a row as it is: no validation, no history."""
    with transaction.atomic():
        model._default_manager.bulk_create([model(**values)])


SAID_BY_ANOTHER = {
    "report_status_known": "report_sealed_whole",
    "answer_state_known": "answer_sent_whole",
    "agenda_kind_known": "agenda_names_its_matter",
}
"""An unknown status breaks both; PostgreSQL names the one it tries first."""


def assert_named(error: IntegrityError, name: str) -> None:
    """Of a unique constraint SQLite names the columns instead."""
    unique = isinstance(constraints()[name][1], models.UniqueConstraint)
    if not (connection.vendor == "sqlite" and unique):
        assert name in str(error) or SAID_BY_ANOTHER.get(name, name) in str(error)


@contextmanager
def taken_back() -> Iterator[None]:
    """Leave nothing behind: making the world anew for every case costs more than all cases together."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_valid_rows_are_taken(world: World, subtests: pytest.Subtests) -> None:
    for model, row in VALID.items():
        with subtests.test(model.__name__), taken_back():
            before = model._default_manager.count()

            insert(model, row(world))

            assert model._default_manager.count() == before + 1


def test_they_refuse(world: World, subtests: pytest.Subtests) -> None:
    for name in BROKEN:
        with subtests.test(name), taken_back():
            assert_refused(world, name)


def assert_refused(world: World, name: str) -> None:
    model, _ = constraints()[name]
    changes = BROKEN[name](world)
    first = changes.pop("_first", {} if changes.pop("_twice", False) else None)
    if first is not None:
        insert(model, {**VALID[model](world), **first})

    with pytest.raises(IntegrityError) as refusal:
        insert(model, {**VALID[model](world), **changes})

    assert_named(refusal.value, name)
