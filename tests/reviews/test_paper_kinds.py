"""The list of papers: each kind stands everywhere a paper of a meeting has to stand."""

import re
from collections.abc import Callable

import pytest
from compare_cast import change
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from meeting_cast import put
from paper_cast import Record, late, reported
from report_cast import workbook

from people.models import User
from plans.models import Edition, FocusItem
from reviews.enums import AgendaKind
from reviews.models import Meeting
from reviews.papers import PaperKind, Source, paper_kinds

Clients = Callable[[User | None], Client]
KINDS = pytest.mark.parametrize("kind", paper_kinds(), ids=lambda kind: kind.key)


@pytest.fixture
def meeting(
    draft: Edition, secretariat: User, responsible: FocusItem, editor: User, record: Record
) -> Meeting:
    """A meeting with a report and a draft before it, which has a paper of every kind."""
    late(record, responsible, editor)
    changed = change(draft, secretariat)
    meeting = reported(changed, secretariat)
    put(meeting, secretariat, "改定案", kind=AgendaKind.AMENDMENT, edition=changed)
    put(meeting, secretariat, "改定の検討", kind=AgendaKind.CONSIDERATION)
    return meeting


def read(client: Client, name: str, meeting: Meeting) -> str:
    return client.get(reverse(name, args=[meeting.pk])).content.decode()


def test_papers_of_a_revision_come_last_so_that_others_keep_their_numbers() -> None:
    sources = [kind.source for kind in paper_kinds()]

    assert sources == sorted(sources, key=lambda source: source.value)
    assert [kind.title for kind in paper_kinds(Source.EDITION)] == ["改定の概要", "新旧対照表"]


@KINDS
def test_each_kind_has_a_template_that_draws_it(kind: PaperKind) -> None:
    assert get_template(kind.template)


def test_each_kind_is_printed_under_its_number(
    meeting: Meeting, client_of: Clients, secretariat: User
) -> None:
    page = read(client_of(secretariat), "meeting_papers", meeting)

    printed = re.findall(r'paper__title" id="paper-(\d+)-title">.*?</span>(.*?)</h2>', page)
    titles = [kind.title for kind in paper_kinds()]
    assert printed == [(str(place), title) for place, title in enumerate(titles)]


def test_each_kind_is_a_sheet_or_says_where_it_is(
    meeting: Meeting, client_of: Clients, secretariat: User
) -> None:
    url = reverse("meeting_workbook", args=[meeting.pk])
    book = workbook(client_of(secretariat).get(url).content)
    said = [str(cell) for row in book["次第"].iter_rows(values_only=True) for cell in row if cell]

    for kind in paper_kinds():
        if kind.elsewhere:
            assert kind.title not in book.sheetnames
            assert any(kind.title in one and kind.elsewhere in one for one in said)
        else:
            assert kind.title in book.sheetnames


def test_each_kind_is_on_the_screen(
    meeting: Meeting, client_of: Clients, secretariat: User
) -> None:
    page = read(client_of(secretariat), "meeting_present", meeting)
    shown = set(re.findall(r'slide__section">(.*?)<', page))
    known = set()

    for place, kind in enumerate(paper_kinds()):
        if kind.source == Source.EDITION:
            assert f'papers/#paper-{place}">{kind.title}</a>' in page
        else:
            sections = {f"{section}（{meeting.paper(place)}）" for section in kind.sections}
            assert sections & shown
            known |= sections
    assert {section for section in shown if "（資料" in section} <= known
