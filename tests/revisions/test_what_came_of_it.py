"""O3: what came of a decision, a round or an entry is told from what the editions differ in, in draft and in force."""

from collections import defaultdict
from datetime import date

import pytest
from adopt_cast import URL, filled
from beginnings import lasting
from django.test import Client
from draft_cast import TITLE, adopted, reword, text_of
from draft_edits import EDITS, Drafter, Edit
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from meeting_cast import decided
from test_revision_laws import laws, undone
from why_cast import plain, shown

from kirishima_dx import clock
from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.comparison import parts
from plans.models import Axis, Edition, FocusItem, Policy, Section
from reviews.models import Decision, DecisionOutcome
from reviews.queries.decisions import rows_of
from revisions.actions.recalling import call_off_adoption
from revisions.enums import OriginKind
from revisions.models import Origin
from revisions.papers.standing import LINES
from revisions.queries.came_of import (
    ChangedText,
    changed_upon_decision,
    changed_upon_entries,
    changed_upon_round,
)
from revisions.queries.decisions_left import decisions_left
from revisions.queries.drafts import draft_review
from revisions.queries.revisions import revision
from rounds.models import Answer

WORDS = ("甲の取組", "乙の取組", None)
"""What a test writes; None: what the base says."""
Telling = dict[str, list[ChangedText]]


@pytest.fixture
@lasting
def origins(accepted: Answer, small_edition: Edition, secretariat: User) -> list[Origin]:
    """A decision, an entry and the round in which it was answered, each of which may give rise to a change."""
    decision = decided(small_edition, secretariat, None, kind="amendment", text="名を改める。")
    return [
        Origin(OriginKind.DECISION, decision),
        Origin(OriginKind.PROBLEM, accepted.entry),
        Origin(OriginKind.ROUND, accepted.round),
    ]


def opened(base: Edition, by: User) -> Edition:
    return open_draft(base=base, major=base.major, minor=base.minor + 1, by=by)


def told(origins: list[Origin]) -> Telling:
    """Return what pages tell of the decision, the entry and the round."""
    decision, entry, asked = (origin.source for origin in origins)
    item = FocusItem.objects.get(code="1-A-1")
    of_item = changed_upon_entries(item, is_staff=True)
    return {
        "decision": changed_upon_decision(decision),  # type: ignore[arg-type]
        "entry": of_item.get(entry.pk, []),  # type: ignore[union-attr]
        "round": changed_upon_round(asked),  # type: ignore[arg-type]
    }


def place(text: ChangedText) -> str:
    """Return the lasting place of a text that is told of; the cover has no story."""
    return text.url.partition("/why/")[2].rstrip("/") or "edition"


def differing(base: Edition, edition: Edition) -> set[str]:
    comparison = revision(base, edition).comparison
    items = {f"items/{one.focus_item.code}" for one in comparison.changed_items}
    return items | {part.place for part in comparison.parts}


def swapped(base: Edition, edition: Edition) -> bool:
    """Whether sections changed places: either may count as the one that moved."""
    return any(
        part.moves for part in revision(base, edition).comparison.parts if part.group == "sections"
    )


@given(EDITS)
@example([("reword", 0, 0, "甲の取組"), ("end", 0, 0, ""), ("restore", 0, 0, "")])
@example([("split", 0, 0, "甲の取組"), ("end", 1, 0, "")])
@example([("merge", 0, 1, "甲の取組"), ("restore", 0, 0, "")])
@example([("move", 0, 3, ""), ("move", 0, 0, "")])
@example([("move_section", 0, 1, ""), ("move_section", 1, 0, "")])
@settings(laws, max_examples=12, phases=(Phase.explicit, Phase.generate))
def test_o3_nothing_is_told_that_the_editions_do_not_differ_in(
    small_edition: Edition, secretariat: User, origins: list[Origin], edits: list[Edit]
) -> None:
    with undone():
        draft = opened(small_edition, secretariat)
        drafting = Drafter(draft, secretariat, origins[0])
        for number, edit in enumerate(edits):
            drafting.decision = origins[(number + edit[1]) % 3]
            drafting.do(edit)
        draft = Edition.objects.select_related("plan", "base").get(pk=draft.pk)
        assert_told_as_compared(small_edition, draft, origins)
        if draft_review(draft).obstacles:
            return
        assert_told_as_compared(small_edition, adopted(draft, secretariat), origins)
        of_decision = {place(one) for one in told(origins)["decision"]}
        assert {_where(one) for one in reflected()} == of_decision
        assert DecisionOutcome.objects.filter(kind="deferred").exists() == (not of_decision)


def assert_told_as_compared(base: Edition, edition: Edition, origins: list[Origin]) -> None:
    different, moved = differing(base, edition), swapped(base, edition)
    for text in (text for texts in told(origins).values() for text in texts):
        is_swap = moved and place(text).startswith("sections/")
        assert place(text) in different or is_swap, text


def reflected() -> list[DecisionOutcome]:
    return list(DecisionOutcome.objects.counting().filter(kind="reflected"))


def _where(outcome: DecisionOutcome) -> str:
    return f"items/{outcome.focus_item.code}" if outcome.focus_item else outcome.place


SAVES = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 2), st.sampled_from(("title", "overview")),
        st.sampled_from(WORDS),
    ),
    min_size=1,
    max_size=10,
)  # fmt: skip
Save = tuple[int, int, str, str | None]


@given(SAVES)
@example([(0, 0, "title", "甲の取組"), (0, 0, "title", None)])
@example([(0, 0, "title", "甲の取組"), (1, 0, "title", None), (2, 0, "title", "乙の取組")])
@example([(0, 0, "overview", "甲"), (1, 0, "title", "乙"), (2, 0, "overview", None)])
@settings(laws, max_examples=20)
def test_o3_of_each_word_those_count_that_wrote_it_since_it_last_read_as_the_base(
    small_edition: Edition, secretariat: User, origins: list[Origin], saves: list[Save]
) -> None:
    with undone():
        draft = opened(small_edition, secretariat)
        wrote: dict[tuple[str, str], set[str]] = defaultdict(set)
        names = ("decision", "entry", "round")
        for who, n, field, word in saves:
            code = ("1-A-1", "1-B-1", "2-A-1")[n]
            before, base = text_of(draft, code), getattr(text_of(small_edition, code), field)
            new = base if word is None else word
            if new == getattr(before, field):
                continue
            reword(draft, code, by=secretariat, origin=origins[who], **{field: new})
            if new == base:
                wrote[code, field].clear()
            else:
                wrote[code, field].add(names[who])
        expected: dict[str, set[str]] = defaultdict(set)
        for (code, _), who_wrote in wrote.items():
            for name in who_wrote:
                expected[name].add(f"items/{code}")
        expected["round"] |= expected["entry"]
        found = told(origins)
        assert {name: {place(text) for text in found[name]} for name in names} == {
            name: expected[name] for name in names
        }
        kinds = {text.in_words for texts in found.values() for text in texts}
        assert kinds <= {"文言変更"}


def test_o3_every_word_that_the_comparison_names_is_known() -> None:
    years = {"first_fiscal_year": 2026, "last_fiscal_year": 2027}
    made = (Axis(number=1), Policy(letter="A"), Section(), Edition(**years))
    assert {label for part in made for label in parts._lines(part)} == LINES.keys()


@pytest.fixture
def put_back(draft: Edition, secretariat: User, origins: list[Origin]) -> Decision:
    """A decision whose change of 1-A-1 was put back; another item was changed for another reason."""
    decision = origins[0].source
    assert isinstance(decision, Decision)
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat, origin=origins[0])
    reword(draft, "1-A-1", title=TITLE, by=secretariat)
    reword(draft, "1-B-1", overview="別の概要。", by=secretariat)
    return decision


WHY = "関係する課との調整が済んでいないため。"


def test_o3_a_decision_that_the_draft_does_not_show_is_seen_and_left_out_with_its_reason(
    desk: Client, put_back: Decision
) -> None:
    name, url = f"left_out_{put_back.pk}", put_back.get_absolute_url()
    assert "この案にありません。" in shown(desk, URL)
    assert "どの案にも載っていないもの" in shown(desk, "/my/")
    assert "改定待ち" in shown(desk, url)
    assert "いまの文言には残っていません" in shown(desk, "/editions/draft/items/1-A-1/")
    page = desk.post(URL, filled(desk, basis="起案第1号"))
    assert page.context["form"].errors == {name: ["この版に載せない理由を書いてください。"]}
    assert "起案第1号</textarea>" in page.content.decode()

    desk.post(URL, filled(desk, **{name: WHY}))

    (outcome,) = DecisionOutcome.objects.all()
    assert (outcome.kind, outcome.reason, outcome.edition.number) == ("deferred", WHY, "1.1")
    told = plain(shown(desk, url))
    assert "この決定による改定" not in told
    assert f"改定待ち 第1.1版では見送り（{WHY}）" in told
    assert put_back.code in shown(desk, "/decisions/?revision=awaited")
    assert f"改定待ち\n第1.1版では見送り（{WHY}）" in desk.get("/decisions.csv").content.decode()
    for address in ("/editions/1.1/why/items/1-A-1/", "/editions/compare/1.0/1.1/"):
        assert put_back.code not in shown(desk, address)


def test_o3_a_draft_that_shows_a_decision_says_so_and_so_does_the_edition(
    draft: Edition, secretariat: User, desk: Client, origins: list[Origin]
) -> None:
    decision = origins[0].source
    assert isinstance(decision, Decision)
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat, origin=origins[0])
    page = shown(desk, decision.get_absolute_url())
    assert ">第1.1版</a>）で対応中です。" in page
    assert "改定待ち" in page
    assert "決着とする" in page
    assert "どの案にも載っていないもの" not in shown(desk, "/my/")
    adopted(draft, secretariat)
    page = shown(desk, decision.get_absolute_url())
    assert "第1.1版に反映：1-A-1 届出のオンライン化" in page
    assert "対応中です" not in page
    assert "改定待ち" not in page
    assert "決着とする" not in page, "nothing is left to settle"


def test_a_decision_that_nobody_owes_is_closed_where_the_plan_stays_as_it_is(
    desk: Client, put_back: Decision, draft: Edition
) -> None:
    settle = f"{put_back.get_absolute_url()}settle/"
    told = {"text": "改めないことになったため。", "seen_version": put_back.version}
    desk.post(settle, {**told, "step": "closed", "opened_number": 0})
    assert decisions_left(draft) == []
    page = shown(desk, put_back.get_absolute_url())
    assert "改定待ち" not in page
    assert "■" in page
    assert put_back.code in plain(shown(desk, "/decisions/?state=closed"))
    desk.post(settle, {**told, "step": "reopened", "opened_number": 1})
    assert decisions_left(draft) == [put_back]
    assert put_back.code in plain(shown(desk, "/decisions/?state=none"))


def test_a4_what_an_edition_made_of_a_decision_stops_counting_when_its_adoption_is_called_off(
    draft: Edition, secretariat: User, desk: Client, origins: list[Origin]
) -> None:
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat, origin=origins[0])
    edition = adopted(draft, secretariat, effective_from=date(2026, 12, 1))
    assert "見送りとして記録した決定1件は、数えなくなります。" in shown(
        desk, "/editions/1.1/adoption/"
    )
    assert "第1.1版 の施行（予定）" in plain(shown(desk, "/items/1-A-1/"))
    call_off_adoption(edition=edition, reason="施行日を誤ったため。", by=secretariat)
    (row,) = rows_of(Decision.objects.all(), clock.today())
    assert (row.awaits_revision, row.in_the_plan) == (True, ["改定待ち"])
    again = Edition.objects.select_related("plan", "base").get(pk=edition.pk)
    assert len(told(origins)["decision"]) == 1, "the draft shows it still"
    adopted(again, secretariat)
    (row,) = rows_of(Decision.objects.all(), clock.today())
    assert row.in_the_plan == ["第1.1版に反映：1-A-1 届出のオンライン化"]
    assert DecisionOutcome.objects.count() == 2
