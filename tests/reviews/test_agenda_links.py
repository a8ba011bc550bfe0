"""The way between a report or an edition and the agenda on which it stood."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import Client
from meeting_cast import closed, held, planned, put, put_report
from query_counts import asked_by
from report_cast import published, seal, sealed

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition
from reviews.actions.reporting import open_correction
from reviews.enums import AgendaKind

TAG = Template("{% load sittings %}{% sittings_about matter %}")


def drawn(matter: object, user: object) -> str:
    return TAG.render(Context({"matter": matter, "user": user})).strip()


def test_a_report_names_its_sittings_to_staff_in_one_query(
    small_edition: Edition, secretariat: User, staff: User
) -> None:
    report = sealed(small_edition, secretariat)
    items = [
        put_report(meeting, report, secretariat)
        for meeting in (
            held(small_edition, secretariat),
            planned(small_edition, secretariat, number=2),
        )
    ]
    put(items[0].meeting, secretariat, "ほかの議題")

    queries = asked_by(lambda: drawn(report, staff))

    assert len(queries) == 1
    shown = drawn(report, staff)
    earlier, later = (shown.index(f'href="{item.get_absolute_url()}"') for item in items)
    assert later < earlier
    assert shown.count("<a ") == 2
    assert "令和8年度第1回DX推進本部会議</a>" in shown
    assert drawn(report, AnonymousUser()) == ""


def test_a_draft_names_its_sitting(small_edition: Edition, secretariat: User, staff: User) -> None:
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    assert drawn(draft, staff) == ""
    meeting = planned(small_edition, secretariat)
    item = put(meeting, secretariat, "改定", kind=AgendaKind.AMENDMENT, edition=draft)

    assert f'href="{item.get_absolute_url()}"' in drawn(draft, staff)


def test_the_pages_of_a_report_and_a_draft_lead_to_the_sitting(
    small_edition: Edition,
    secretariat: User,
    staff: User,
    client_of: Callable[[User | None], Client],
) -> None:
    report = published(small_edition, secretariat)
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    meeting = planned(small_edition, secretariat)
    links = [
        f'href="{put_report(meeting, report, secretariat).get_absolute_url()}"',
        f'href="{put(meeting, secretariat, kind=AgendaKind.AMENDMENT, edition=draft).get_absolute_url()}"',
    ]
    pages = (report.get_absolute_url(), "/editions/draft/")

    for page, link in zip(pages, links, strict=True):
        assert link in client_of(staff).get(page).content.decode()
    assert links[0] not in client_of(None).get(pages[0]).content.decode()


def test_a_report_that_was_corrected_since_is_told(
    small_edition: Edition, secretariat: User, client_of: Callable[[User | None], Client]
) -> None:
    report = sealed(small_edition, secretariat)
    meeting = held(small_edition, secretariat, report=report)
    desk = client_of(secretariat)

    def page() -> str:
        return desk.get(meeting.get_absolute_url()).content.decode()

    told = f'訂正されています。いまの年次報告は<a href="/reports/{report.fiscal_year}/2/">第2号</a>'

    draft = open_correction(report=report, reason="数の誤り", by=secretariat)
    assert "訂正されています" not in page()
    seal(draft, secretariat)

    assert told in page()
    assert "報告を選び直してください" in page()
    closed(meeting, secretariat)
    assert told in page()
    assert "会議に出した第1号のまま" in page()
    assert "報告を選び直してください" not in page()
