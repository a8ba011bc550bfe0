"""What the database refuses of sittings, decisions and studies, whoever asks (design.md §4, A2 and R1)."""

from typing import Any

import pytest
from beginnings import lasting
from django.db import IntegrityError, models, transaction
from raw_sql import refused
from row_world import DAY, NOW, World, decision_values
from valid_rows import VALID

from initiatives.models import Evidence, EvidenceDownload, StudyNote
from plans.actions.drafting.opening import abandon_draft
from plans.models import Descent
from reviews.models import (
    AgendaItem,
    Attendance,
    Consideration,
    Decision,
    DecisionItem,
    DecisionOutcome,
    FollowUp,
    Meeting,
    Opinion,
    OutcomeRecall,
    Publication,
    RecordAddition,
    ReportedEntry,
)
from revisions.models import AdoptionDecision, Amendment, DraftComment, Effect

APPENDED = {
    "reviews_opinion": Opinion,
    "reviews_recordaddition": RecordAddition,
    "reviews_followup": FollowUp,
    "reviews_decisionoutcome": DecisionOutcome,
    "reviews_outcomerecall": OutcomeRecall,
    "reviews_publication": Publication,
    "revisions_amendment": Amendment,
    "revisions_adoptiondecision": AdoptionDecision,
    "reviews_reportedentry": ReportedEntry,
    "initiatives_studynote": StudyNote,
    "initiatives_evidence": Evidence,
    "initiatives_evidencedownload": EvidenceDownload,
}


def insert(model: type[models.Model], values: dict[str, Any]) -> None:
    model._default_manager.bulk_create([model(**values)])


@pytest.mark.parametrize("table", APPENDED)
def test_a2_what_was_said_is_neither_changed_nor_taken_back(world: World, table: str) -> None:
    if table == "initiatives_evidencedownload":
        evidence = Evidence.objects.create(**VALID[Evidence](world))
        EvidenceDownload.objects.create(evidence=evidence, taken_at=NOW, taken_by=world.by)
    else:
        insert(APPENDED[table], VALID[APPENDED[table]](world))

    assert refused(f"UPDATE {table} SET id = id")
    assert refused(f"DELETE FROM {table}")


def test_a_report_that_is_not_sealed_is_not_published(world: World) -> None:
    values = VALID[Publication](world)

    assert refused(
        "INSERT INTO reviews_publication (report_id, reason, published_at, published_by_id, published_by_name)"
        f" SELECT id, 'x', '2026-10-01', {world.by.pk}, 'x' FROM reviews_annualreport WHERE status = 'draft'"
    )
    insert(Publication, values)


CLOSED_RECORD = [
    "UPDATE reviews_meeting SET place = 'x'",
    "UPDATE reviews_meeting SET closed_at = NULL, closed_by_id = NULL",
    "DELETE FROM reviews_meeting WHERE number = 1",
    "UPDATE reviews_attendance SET name = 'x'",
    "DELETE FROM reviews_attendance",
    "INSERT INTO reviews_attendance (meeting_id, position, post, name, kind, substitute)"
    " SELECT id, 9, '', 'x', 'present', '' FROM reviews_meeting WHERE number = 1",
    "UPDATE reviews_agendaitem SET discussion = 'x'",
    "DELETE FROM reviews_agendaitem",
    "UPDATE reviews_decision SET text = 'x'",
    "DELETE FROM reviews_decision",
    "UPDATE reviews_decisionitem SET id = id",
    "DELETE FROM reviews_decisionitem",
]


@pytest.fixture
@lasting
def closed_record(world: World) -> World:
    """A sitting with a member, a decision that concerns an item, and its record closed."""
    insert(Attendance, VALID[Attendance](world))
    insert(DecisionItem, VALID[DecisionItem](world))
    Meeting.objects.filter(pk=world.meeting.pk).update(closed_at=NOW, closed_by=world.by)
    return world


@pytest.mark.parametrize("sql", CLOSED_RECORD)
def test_a_closed_record_does_not_change(closed_record: World, sql: str) -> None:
    assert refused(sql)


@pytest.mark.parametrize("sql", [sql for sql in CLOSED_RECORD if sql.startswith("UPDATE")])
def test_an_open_record_does(world: World, sql: str) -> None:
    """The statements of the test before are such as would work."""
    insert(Attendance, VALID[Attendance](world))
    insert(DecisionItem, VALID[DecisionItem](world))
    of_open = f" WHERE id = {world.meeting.pk}" if "reviews_meeting" in sql else ""

    assert not refused(f"{sql}{of_open}")


def test_a_closed_record_takes_a_decision_only_with_its_reason(closed_record: World) -> None:
    late = decision_values(closed_record, number=20)
    decision = (
        "INSERT INTO reviews_decision (meeting_id, agenda_item_id, number, kind, text, owner_name,"
        " addition_reason, version, recorded_at, recorded_by_id, recorded_by_name)"
        f" SELECT meeting_id, id, 21, 'noted', 'x', '', '', 1, '2026-10-01', {closed_record.by.pk}, 'x'"
        " FROM reviews_agendaitem"
    )

    assert refused(decision)
    assert refused(
        "INSERT INTO reviews_decisionitem (decision_id, focus_item_id)"
        f" SELECT id, {closed_record.other_item.pk} FROM reviews_decision"
    )
    added = Decision.objects.create(**{**late, "addition_reason": "書き漏らしたため"})
    DecisionItem.objects.create(decision=added, focus_item=closed_record.other_item)
    assert refused("UPDATE reviews_decision SET text = 'x' WHERE number = 20")


def test_nothing_is_moved_into_a_closed_record(world: World) -> None:
    insert(DecisionItem, VALID[DecisionItem](world))
    other = Meeting.objects.create(
        plan=world.edition.plan,
        fiscal_year=2026,
        number=6,
        held_on=DAY,
        planned_at=NOW,
        planned_by=world.by,
    )
    item = AgendaItem.objects.create(meeting=other, position=1, kind="other", title="議題")
    kept = Decision.objects.create(
        **{**decision_values(world, number=1), "meeting": other, "agenda_item": item}
    )
    Meeting.objects.filter(pk=other.pk).update(closed_at=NOW, closed_by=world.by)

    assert refused(f"UPDATE reviews_decisionitem SET decision_id = {kept.pk}")


def test_an_open_record_takes_no_addition_and_a_closed_one_no_opinion(
    closed_record: World,
) -> None:
    open_meeting = Meeting.objects.create(
        plan=closed_record.edition.plan,
        fiscal_year=2026,
        number=5,
        held_on=DAY,
        planned_at=NOW,
        planned_by=closed_record.by,
    )

    assert refused(
        "INSERT INTO reviews_recordaddition (meeting_id, text, reason, added_at, added_by_id, added_by_name)"
        f" VALUES ({open_meeting.pk}, 'x', 'x', '2026-10-01', {closed_record.by.pk}, 'x')"
    )
    assert refused(
        "INSERT INTO reviews_opinion (agenda_item_id, text, written_at, written_by_id, written_by_name)"
        f" VALUES ({closed_record.agenda_item.pk}, 'x', '2026-10-01', {closed_record.by.pk}, 'x')"
    )


def test_a2_a_consideration_only_learns_once_what_draft_came_of_it(world: World) -> None:
    insert(Consideration, {**VALID[Consideration](world), "outcome": "revise"})

    assert refused("UPDATE reviews_consideration SET reason = 'x'")
    assert not refused(f"UPDATE reviews_consideration SET edition_id = {world.draft.pk}")
    assert refused("UPDATE reviews_consideration SET edition_id = NULL")
    assert refused("DELETE FROM reviews_consideration")


def test_o3_what_was_put_back_does_not_count_again(world: World) -> None:
    insert(Effect, VALID[Effect](world))

    assert refused("UPDATE revisions_effect SET aspect = 'body'")
    assert refused("DELETE FROM revisions_effect")
    assert not refused("UPDATE revisions_effect SET is_undone = TRUE")
    assert refused("UPDATE revisions_effect SET is_undone = FALSE")


def test_a2_a_question_is_settled_once_and_never_reworded(world: World) -> None:
    insert(DraftComment, {**VALID[DraftComment](world), "is_question": True})
    settled = f"settled_at = '2026-10-02', settled_by_id = {world.by.pk}, settlement = 'x'"

    assert refused("UPDATE revisions_draftcomment SET text = 'x'")
    assert refused(f"UPDATE revisions_draftcomment SET text = 'x', {settled}")
    assert not refused(f"UPDATE revisions_draftcomment SET {settled}")
    assert refused("UPDATE revisions_draftcomment SET settlement = 'y'")
    assert refused("DELETE FROM revisions_draftcomment")


def test_a2_what_was_said_of_a_draft_is_closed_with_it(world: World) -> None:
    insert(DraftComment, {**VALID[DraftComment](world), "is_question": True})
    assert refused(
        "INSERT INTO revisions_draftcomment (edition_id, place, text, is_question, said_at, said_by_id,"
        " said_by_name, settled_by_name, settlement)"
        f" VALUES ({world.edition.pk}, '', 'x', 1 = 1, '2026-10-01', {world.by.pk}, 'x', '', '')"
    )
    abandon_draft(draft=world.draft, reason="やめる", by=world.by)
    settled = f"settled_at = '2026-10-02', settled_by_id = {world.by.pk}, settlement = 'x'"
    assert refused(f"UPDATE revisions_draftcomment SET {settled}")


def test_what_an_adoption_rests_on_is_not_added_later(world: World) -> None:
    assert refused(
        "INSERT INTO revisions_adoptiondecision (edition_id, decision_id)"
        f" VALUES ({world.edition.pk}, {world.decision.pk})"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE plans_axis SET name = 'x'",
        "UPDATE plans_section SET body = 'x'",
        "UPDATE plans_edition SET abandoned_because = 'x' WHERE status = 'abandoned'",
        "UPDATE plans_edition SET status = 'draft', abandoned_because = '' WHERE status = 'abandoned'",
        "DELETE FROM plans_edition WHERE status = 'abandoned'",
    ],
)
def test_t1_an_abandoned_draft_is_kept_as_it_was(world: World, sql: str) -> None:
    abandon_draft(draft=world.draft, reason="見送るため", by=world.by)

    assert refused(
        f"{sql} AND 1 = 1" if "WHERE" in sql else f"{sql} WHERE edition_id = {world.draft.pk}"
    )


def test_t1_descents_are_fixed_with_their_edition(world: World) -> None:
    values = {**VALID[Descent](world), "edition": world.edition}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Descent, values)
