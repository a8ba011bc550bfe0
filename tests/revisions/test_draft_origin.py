"""What gave rise to a change, as the forms of drafting ask for it (revisions/forms/origin.py)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from draft_cast import EDIT, ClientOf, text_of, words
from meeting_cast import held
from query_counts import asked_by, assert_as_many
from row_numbers import ABSENT

from initiatives.models import ProgressEntry
from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.deciding import Verdict, record_decision
from reviews.models import Decision, Meeting
from revisions.forms.origin import OriginFields
from revisions.models import Amendment
from revisions.queries.drafts import draft_review
from revisions.queries.origins import origin_sources
from rounds.models import ReportingRound

STAR_OFF = "/editions/draft/items/1-A-2/"


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def decided(meeting: Meeting, by: User, text: str, *items: FocusItem) -> Decision:
    agenda_item = meeting.agenda.get()
    verdict = Verdict(kind="amendment", text=text, focus_items=list(items))
    return record_decision(agenda_item=agenda_item, verdict=verdict, by=by)


@pytest.fixture
def sitting(small_edition: Edition, secretariat: User) -> Meeting:
    return held(small_edition, secretariat)


@pytest.fixture
def problem(
    responsible: FocusItem, record: Callable[..., ProgressEntry], editor: User
) -> ProgressEntry:
    return record(
        responsible, by=editor, problem="決済の手数料をだれが負うか。", for_headquarters=True
    )


def labels(form: OriginFields, name: str) -> list[object]:
    return [
        (label, [inner for _, inner in inside]) if isinstance(inside, list) else inside
        for label, inside in form.fields[f"origin_{name}"].choices[1:]
    ]


def test_the_records_about_the_item_come_first(
    draft: Edition,
    sitting: Meeting,
    problem: ProgressEntry,
    secretariat: User,
    open_the_round: Callable[..., ReportingRound],
) -> None:
    open_the_round()
    own = FocusItem.objects.get(code="1-A-1")
    decided(sitting, secretariat, "進めること。", own)
    decided(sitting, secretariat, "別のことを進めること。" * 9)
    form = OriginFields(sources=origin_sources(draft, own))
    assert labels(form, "decision") == [
        ("この項目について", ["R8-1-1 改定 進めること。"]),
        ("そのほか", ["R8-1-2 改定 " + ("別のことを進めること。" * 9)[:40] + "…"]),
    ]
    assert labels(form, "problem") == [
        ("この項目について", ["1-A-1 令和8年9月30日 決済の手数料をだれが負うか。"]),
        ("そのほか", []),
    ]
    assert labels(form, "round") == ["令和8年度 上半期"]
    assert labels(form, "erratum") == ["正誤1 ① 趣旨 本文 DXを進ぬる → DXを進める"]
    other = OriginFields(sources=origin_sources(draft, FocusItem.objects.get(code="2-A-1")))
    assert labels(other, "problem") == ["1-A-1 令和8年9月30日 決済の手数料をだれが負うか。"]


def test_each_kind_is_kept_with_its_record_and_shown_as_a_link(
    draft: Edition,
    client: Client,
    sitting: Meeting,
    problem: ProgressEntry,
    secretariat: User,
    open_the_round: Callable[..., ReportingRound],
) -> None:
    decision = decided(sitting, secretariat, "進めること。")
    asked, erratum = open_the_round(), draft.base.errata.get()  # type: ignore[union-attr]  # It has a base.
    given = [("decision", decision), ("problem", problem), ("round", asked), ("erratum", erratum)]
    for number, (kind, record) in enumerate(given, start=1):
        typed = words(title=f"題{number}", reason=f"理由{number}", opened_version=number)
        chosen = {"origin_kind": kind, f"origin_{kind}": record.pk}
        assert client.post(EDIT, {**typed, **chosen}).status_code == 302
    client.post(
        EDIT, words(title="題5", reason="理由5", opened_version=5, origin_kind="technology")
    )
    acts = list(Amendment.objects.order_by("pk"))
    assert [act.origin for act in acts] == [kind for kind, _ in given] + ["technology"]
    kept = [acts[0].decision, acts[1].entry, acts[2].round, acts[3].erratum]
    assert kept == [record for _, record in given]
    page = client.get("/editions/draft/").content.decode()
    assert f'<a href="/decisions/{decision.pk}/">決定 R8-1-1</a>' in page
    assert f'href="/items/1-A-1/#entry-{problem.pk}"' in page
    assert f'<a href="/rounds/{asked.pk}/">照会 令和8年度 上半期</a>' in page
    assert 'href="/editions/errata/#erratum-1.0-1"' in page
    assert "きっかけ：技術の動向" in page


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("decision", "どの決定によるかを選んでください。"),
        ("problem", "どの課題・協議事項によるかを選んでください。"),
        ("round", "どの照会への回答によるかを選んでください。"),
        ("erratum", "どの正誤によるかを選んでください。"),
    ],
)
def test_a_record_that_is_lacking_is_asked_for_and_nothing_typed_is_lost(
    draft: Edition, client: Client, kind: str, message: str
) -> None:
    page = client.post(EDIT, words(title="打った題", reason="打った理由", origin_kind=kind))
    assert message in page.content.decode()
    assert "打った題" in page.content.decode()
    assert page.context["form"]["origin_kind"].value() == kind
    assert not Amendment.objects.exists()


def test_a_record_of_another_kind_than_chosen_is_told(draft: Edition, client: Client) -> None:
    erratum = draft.base.errata.get()  # type: ignore[union-attr]  # It has a base.
    typed = words(title="打った題", reason="打った理由", origin_erratum=erratum.pk)
    page = client.post(EDIT, typed).content.decode()
    assert "「どの正誤によるか」を選んだときは、きっかけに「正誤」を選んでください。" in page
    wrong = client.post(EDIT, {**typed, "origin_kind": "erratum", "origin_erratum": ABSENT})
    assert "表示されている中から選んでください。" in wrong.content.decode()
    assert not Amendment.objects.exists()


def test_a_star_is_taken_off_with_its_decision(
    draft: Edition, client: Client, sitting: Meeting, secretariat: User
) -> None:
    decision = decided(sitting, secretariat, "実施する。")
    text = text_of(draft, "1-A-2")
    typed = words(title=text.title, overview=text.overview, reason="実施を決めたため。")
    assert (
        "検討項目を具体化するかどうかは、本部会議で決めます。"
        in client.get(STAR_OFF).content.decode()
    )
    page = client.post(STAR_OFF, typed, follow=True).content.decode()
    assert "★を外す根拠になる本部会議の決定が、まだ選ばれていません。" in page
    assert "決定なし" in page
    assert "具体化（★解除）に本部会議の決定がありません。" in page
    assert "本部会議の決定が示されていません" in client.get(STAR_OFF).content.decode()
    chosen = {"origin_kind": "decision", "origin_decision": decision.pk, "opened_version": 2}
    page = client.post(STAR_OFF, {**typed, **chosen}, follow=True).content.decode()
    assert "決定なし" not in page
    assert "まだ選ばれていません" not in page
    assert draft_review(draft).obstacles == []


def test_the_choices_cost_the_same_however_many_records_there_are(
    draft: Edition, sitting: Meeting, problem: ProgressEntry, secretariat: User
) -> None:
    item = FocusItem.objects.get(code="1-A-1")

    def queries() -> list[str]:
        return asked_by(OriginFields(sources=origin_sources(draft, item)).as_p)

    few = queries()
    for number in range(30):
        decided(sitting, secretariat, f"決定{number}", item)
    assert_as_many(few, queries(), most=5)


def test_what_was_only_repeated_or_corrected_is_not_offered(
    draft: Edition,
    problem: ProgressEntry,
    record: Callable[..., ProgressEntry],
    responsible: FocusItem,
    editor: User,
) -> None:
    record(responsible, by=editor, as_of=date(2026, 10, 1), problem="内々の課題")
    sources = origin_sources(draft, responsible)
    assert sources.problems == [problem]
