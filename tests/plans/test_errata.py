"""正誤: the list, and recording a misprint of an edition that may no longer be changed (T1)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from query_counts import as_many_queries

from people.models import User
from plans.actions.adoption import put_in_force
from plans.actions.drafting.opening import abandon_draft, open_draft
from plans.actions.errata import record_misprint
from plans.enums import ErratumKind
from plans.errors import ErratumRefused
from plans.models import Edition
from plans.queries import edition_outline

ClientOf = Callable[[User | None], Client]
ADD = "/editions/1.0/errata/add/"
GOOD = {
    "place": "items/1-A-1/overview",
    "wrong": "スマホ",
    "right": "スマートフォン",
    "reason": "用語の誤り",
}


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return str(response.content.decode())


def test_the_list_shows_wrong_right_where_and_why(
    client_of: ClientOf, small_draft: Edition
) -> None:
    page = html(client_of(None), "/editions/errata/")

    assert "<title>正誤 – 版と改定 – ためし町DX計画 進行管理</title>" in page
    assert "<del>ぬ</del>" in page
    assert "<ins>め</ins>" in page
    assert '<a href="/editions/1.0/#purpose">① 趣旨 本文</a>' in page
    assert "文字起こしの誤り" in page
    assert "本文は訂正済み" in page


def test_the_list_may_be_empty(db: None, client_of: ClientOf) -> None:
    assert "正誤はありません" in html(client_of(None), "/editions/errata/")


def test_an_edition_without_errata_says_so_where_its_link_lands(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    assert "第1.1版" not in html(client_of(secretariat), "/editions/errata/")
    put_in_force(
        edition=draft,
        fates=[],
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 10),
        basis="本部会議",
        by=secretariat,
    )
    assert '/editions/errata/#edition-1.1">正誤' in html(client_of(None), "/editions/")
    page = html(client_of(None), "/editions/errata/")
    assert 'id="edition-1.1"' in page
    assert "第1.1版に正誤はありません。" in page
    assert "第1.0版に正誤はありません。" not in page


def test_the_list_is_for_reading(client_of: ClientOf, small_draft: Edition) -> None:
    assert client_of(None).post("/editions/errata/").status_code == 405


def test_a_misprint_is_recorded_beside_the_text(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    client = client_of(secretariat)

    response = client.post(ADD, GOOD)

    assert response.status_code == 302
    assert response["Location"] == "/editions/errata/#edition-1.0"
    erratum = small_edition.errata.get(kind=ErratumKind.MISPRINT)
    assert (erratum.order, erratum.place, erratum.wrong, erratum.right, erratum.reason) == (
        2,
        *GOOD.values(),
    )
    assert (erratum.recorded_by, erratum.recorded_at) == (secretariat, timezone.now())
    text = small_edition.item_texts.get(focus_item__code="1-A-1")
    assert text.overview == "申請から決済までをスマホで完結させます。"
    page = html(client, "/editions/errata/")
    assert "第1.0版の正誤を記録しました" in page
    assert "本文は当時のまま" in page


def test_the_form_offers_the_places_and_takes_one_from_the_address(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    page = html(client_of(secretariat), f"{ADD}?place=sections/purpose/body")

    assert '<option value="sections/purpose/body" selected>① 趣旨 本文：' in page
    assert "重点項目 1-A-1 取組の概要：申請から決済までをスマホで" in page
    assert "is_study" not in page


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        (
            {"wrong": "パソコン"},
            "wrong",
            "この箇所にこの語句はありません。載っているとおりに写してください。",
        ),
        (
            {"place": "sections/results-desk/body", "wrong": "来庁"},
            "wrong",
            "この語句はこの箇所に2回出てきます。前後の語も含めて、1か所に決まるように写してください。",
        ),
        ({"right": "スマホ"}, "right", "誤と正が同じです。正しい語句を書いてください。"),
        ({"reason": ""}, "reason", "誤りと判断した理由を書いてください。"),
        ({"place": ""}, "place", "誤りのある箇所を選んでください。"),
    ],
)
def test_bad_input_is_told_and_kept(
    client_of: ClientOf,
    small_edition: Edition,
    secretariat: User,
    changed: dict[str, str],
    field: str,
    message: str,
) -> None:
    typed = GOOD | changed

    response = client_of(secretariat).post(ADD, typed)

    assert response.status_code == 200
    assert response.context["form"].errors == {field: [message]}
    page = response.content.decode()
    for name in ("wrong", "right", "reason"):
        assert typed[name] in page
    assert small_edition.errata.count() == 1


def test_words_over_two_lines_are_found_as_a_browser_sends_them(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    text = next(t for t in edition_outline(small_edition).texts().items() if "\n" in t[1].strip())
    place, wrong = text[0], text[1].strip()
    sent = {**GOOD, "place": place, "wrong": wrong.replace("\n", "\r\n"), "right": "一行"}

    response = client_of(secretariat).post(ADD, sent)

    assert response.status_code == 302
    assert small_edition.errata.get(place=place, right="一行").wrong == wrong


def test_a_misprint_is_recorded_once(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    client = client_of(secretariat)
    client.post(ADD, GOOD)

    page = client.post(ADD, {**GOOD, "reason": "二度目"}).content.decode()

    assert "同じ正誤がすでに記録されています。" in page
    assert "二度目" in page
    assert small_edition.errata.filter(place=GOOD["place"]).count() == 1


def test_t1_a_draft_that_was_given_up_gets_no_errata(
    small_edition: Edition, secretariat: User
) -> None:
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    given_up = abandon_draft(draft=draft, reason="やめる。", by=secretariat)
    with pytest.raises(ErratumRefused, match="取りやめた案"):
        record_misprint(edition=given_up, by=secretariat, **GOOD)


def test_a_draft_is_corrected_in_its_text(
    client_of: ClientOf, small_draft: Edition, secretariat: User
) -> None:
    response = client_of(secretariat).post(ADD, GOOD)

    assert response.status_code == 403
    assert "まだ案です" in response.content.decode()
    with pytest.raises(ErratumRefused) as refusal:
        record_misprint(edition=small_draft, by=secretariat, **GOOD)
    assert list(refusal.value.errors) == ["place"]


def test_a_place_that_does_not_exist_is_refused(small_edition: Edition, secretariat: User) -> None:
    with pytest.raises(ErratumRefused) as refusal:
        record_misprint(
            edition=small_edition, by=secretariat, **{**GOOD, "place": "items/9-Z-9/title"}
        )

    assert list(refusal.value.errors) == ["place"]


def test_a_superfluous_word_has_nothing_in_its_place(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    response = client_of(secretariat).post(ADD, {**GOOD, "right": ""})

    assert response.status_code == 302
    assert "「スマホ」は余分な語句です。" in html(client_of(None), "/editions/1.0/")
    assert "（削る）" in html(client_of(None), "/editions/errata/")


@pytest.mark.parametrize("person", ["editor", "certifier", "headquarters", "staff"])
def test_only_the_secretariat_records(
    request: pytest.FixtureRequest, client_of: ClientOf, small_edition: Edition, person: str
) -> None:
    client = client_of(request.getfixturevalue(person))

    assert client.get(ADD).status_code == 403
    assert client.post(ADD, GOOD).status_code == 403
    assert small_edition.errata.count() == 1
    assert ADD not in html(client, "/editions/1.0/")


def test_anonymous_people_sign_in_first(client_of: ClientOf, small_edition: Edition) -> None:
    response = client_of(None).get(ADD)

    assert (response.status_code, response["Location"]) == (302, f"/login/?next={ADD}")


def test_an_unknown_edition_is_not_found(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    assert client_of(secretariat).get("/editions/9.9/errata/add/").status_code == 404
    assert client_of(secretariat).delete(ADD).status_code == 405


def test_queries_do_not_grow_with_the_errata(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    with as_many_queries(client_of(None), "/editions/errata/", "/editions/1.0/", "/"):
        for text in small_edition.item_texts.all():
            record_misprint(
                edition=small_edition,
                place=f"items/{text.place}/title",
                wrong=text.title,
                right="別の題",
                reason="試し",
                by=secretariat,
            )
