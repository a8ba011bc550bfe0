"""A 追記 that corrects a decision is told wherever the decision is, and asked about before a ★ goes off upon it."""

from io import BytesIO
from typing import Any

import pytest
from beginnings import lasting
from django.test import Client
from draft_cast import text_of, words
from meeting_cast import closed, decided
from openpyxl import load_workbook
from raw_sql import refused
from report_cast import opened
from time_machine import Traveller

from kirishima_dx import clock
from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.minutes import add_to_record
from reviews.enums import DecisionKind
from reviews.errors import MeetingRefused
from reviews.models import Decision, RecordAddition
from reviews.queries.decisions import decision_rows
from reviews.queries.reports import report_document
from revisions.models import Amendment
from revisions.queries.draft_notices import draft_notices
from revisions.queries.drafts import draft_review

TEXT, WHY = "具体化するのは窓口一つに限る。", "決定の範囲を書き落としたため"
STAR_OFF = "/editions/draft/items/1-A-2/"


@pytest.fixture
@lasting
def decision(draft: Edition, secretariat: User) -> Decision:
    """That 1-A-2 is made concrete, in a record that is closed."""
    item = FocusItem.objects.get(code="1-A-2")
    kind = DecisionKind.CONCRETISE
    made = decided(draft, secretariat, None, item, kind=kind, text="具体化する。")
    closed(made.meeting, secretariat)
    return made


def corrected(decision: Decision, by: User, text: str = TEXT) -> RecordAddition:
    return add_to_record(
        meeting=decision.meeting,
        agenda_item=None,
        corrects=decision,
        text=text,
        reason=WHY,
        by=by,
    )


def taken_back(addition: RecordAddition, by: User) -> RecordAddition:
    return add_to_record(
        meeting=addition.meeting,
        agenda_item=None,
        takes_back=addition,
        text="上の追記は誤り。",
        reason="別の決定についてだったため",
        by=by,
    )


def places(desk: Client, decision: Decision) -> dict[str, str]:
    """Return what the pages, lists and papers say that tell of the decision."""
    meeting = decision.meeting.get_absolute_url()
    pages = {
        url: desk.get(url).content.decode()
        for url in (
            *(decision.get_absolute_url(), "/items/1-A-2/", "/decisions.csv"),
            *(meeting, f"{meeting}minutes/"),
        )
    }
    for url in ("/decisions.xlsx", f"{meeting}workbook.xlsx"):
        response = desk.get(url)
        assert response.status_code == 200, (url, response.content.decode()[:3000])
        book = load_workbook(BytesIO(response.content))
        rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
        pages[url] = "\n".join(str(value) for row in rows for value in row)
    return pages


def test_a_correction_is_told_wherever_the_decision_is(
    decision: Decision, secretariat: User, desk: Client
) -> None:
    assert f"?corrects={decision.pk}" in desk.get(decision.get_absolute_url()).content.decode()
    url = f"{decision.meeting.get_absolute_url()}additions/new/"
    form = {"agenda_item": "", "text": TEXT, "reason": WHY}

    desk.post(url, {**form, "corrects": decision.pk})

    addition = RecordAddition.objects.get()
    assert addition.agenda_item == decision.agenda_item
    assert {url for url, said in places(desk, decision).items() if TEXT not in said} == set()
    assert "訂正の追記あり" in desk.get("/decisions/").content.decode()

    taken_back(addition, secretariat)
    marked = {url: f"の追記）{TEXT}" in said for url, said in places(desk, decision).items()}
    assert not any(marked.values()), marked
    minutes = desk.get(f"{decision.meeting.get_absolute_url()}minutes/").content.decode()
    assert "（取り消されています）" in minutes
    assert "追記の取消し" in minutes


def test_a_report_tells_what_was_known_on_its_day(
    decision: Decision, secretariat: User, frozen_clock: Traveller, draft: Edition
) -> None:
    decided_on = decision.meeting.held_on
    frozen_clock.shift(3 * 86_400)
    addition = corrected(decision, secretariat)
    rows = Decision.objects.all()
    assert [row.corrections for row in decision_rows(rows, decided_on)] == [[]]
    added_on = clock.today()
    frozen_clock.shift(3 * 86_400)
    taken_back(addition, secretariat)

    told = [decision_rows(rows, day)[0].corrections for day in (added_on, clock.today())]

    assert told == [[addition], []]


def test_the_report_says_it_in_the_cell_of_the_decision(
    decision: Decision, secretariat: User, small_edition: Edition
) -> None:
    corrected(decision, secretariat)
    report = opened(small_edition, secretariat)
    report.as_of = clock.today()
    report.save()

    table = report_document(report).table("decisions")

    assert table is not None
    assert [cell.words for cell in table.column("text")] == [
        f"具体化する。\n（令和8年10月15日の追記）{TEXT}"
    ]


def test_what_is_named_belongs_to_the_record(
    decision: Decision, secretariat: User, draft: Edition
) -> None:
    addition = corrected(decision, secretariat)
    back = taken_back(addition, secretariat)
    for named, message in (
        ({"takes_back": addition}, "すでに取り消されています"),
        ({"takes_back": back}, "取り消せません"),
        ({"takes_back": addition, "corrects": decision}, "別々の追記"),
        ({"corrects": decision, "text": " "}, "内容と理由"),
    ):
        values: dict[str, Any] = {"text": "追記", "reason": "理由", **named}
        with pytest.raises(MeetingRefused, match=message):
            add_to_record(meeting=decision.meeting, agenda_item=None, by=secretariat, **values)
    assert refused(
        "INSERT INTO reviews_recordaddition (meeting_id, corrects_id, text, reason, added_at, added_by_id, "
        f"added_by_name) SELECT 0, {decision.pk}, text, reason, added_at, added_by_id, added_by_name "
        f"FROM reviews_recordaddition WHERE id = {addition.pk}"
    )


def test_a_star_goes_off_upon_a_corrected_decision_only_with_a_tick_for_its_corrections(
    draft: Edition, decision: Decision, secretariat: User, desk: Client
) -> None:
    corrected(decision, secretariat)
    text = text_of(draft, "1-A-2")
    typed = words(title=text.title, overview=text.overview, reason="実施を決めたため。")
    typed |= {"origin_kind": "decision", "origin_decision": decision.pk}

    asked = desk.post(STAR_OFF, typed).content.decode()

    assert TEXT in asked
    assert not Amendment.objects.exists()
    tick = asked.split('name="asked_again" value="')[1].split('"')[0]
    again = corrected(decision, secretariat, "もう一つの誤り。")
    page = desk.post(STAR_OFF, {**typed, "asked_again": tick}).content.decode()
    assert "もう一つの誤り。" in page
    taken_back(again, secretariat)
    assert desk.post(STAR_OFF, {**typed, "asked_again": tick}).status_code == 302
    assert Amendment.objects.get().decision == decision
    told = [one.message for one in draft_notices(draft_review(draft), clock.today())]
    assert f"★を外すもとの決定{decision.code}に、訂正の追記があります：{TEXT}" in told
