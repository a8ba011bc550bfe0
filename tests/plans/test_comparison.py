"""What leads from one edition to the next, item by item (T3), without a database."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from plans.comparison.items import fate_of
from plans.comparison.whole import compare
from plans.enums import Fate
from plans.models import Axis, Edition, FocusItem, FocusItemText, Policy, Section
from plans.queries import AxisOutline, EditionOutline, PolicyOutline, SectionOutline


@dataclass(frozen=True)
class Words:
    title: str
    overview: str = "概要"
    is_study: bool = False
    number: int = 1
    letter: str = "A"


Plan = dict[int, Words]


def outline(words: Plan, *, axis_name: str = "便利なまち", body: str = "本文") -> EditionOutline:
    """Build an edition of one axis in memory; the key is the lasting identity of an item."""
    edition = Edition(major=2, minor=0, first_fiscal_year=2026, last_fiscal_year=2027)
    axis = Axis(key="1", number=1, name=axis_name, edition=edition)
    policies = {
        letter: PolicyOutline(
            Policy(axis=axis, key=f"1-{letter}", letter=letter, name=f"方針{letter}")
        )
        for letter in "AB"
    }
    for key, item in words.items():
        policy = policies[item.letter]
        focus_item = FocusItem(pk=key, code=f"1-A-{key}")
        policy.items.append(
            FocusItemText(
                edition=edition,
                focus_item=focus_item,
                policy=policy.policy,
                number=item.number,
                title=item.title,
                overview=item.overview,
                is_study=item.is_study,
            )
        )
    section = SectionOutline(Section(pk=1, key="purpose", title="趣旨", body=body))
    return EditionOutline(edition, [AxisOutline(axis, list(policies.values()))], [section])


words = st.builds(
    Words,
    title=st.sampled_from(["甲", "乙", "丙"]),
    overview=st.sampled_from(["概要", "別の概要"]),
    is_study=st.booleans(),
    number=st.integers(1, 3),
    letter=st.sampled_from("AB"),
)
plans = st.dictionaries(st.integers(1, 8), words, max_size=8)


@given(plans)
def test_an_edition_does_not_differ_from_itself(plan: Plan) -> None:
    comparison = compare(outline(plan), outline(plan))
    assert comparison.is_empty
    assert comparison.changed_items == []
    assert comparison.count(Fate.SAME) == len(plan)


@given(plans, plans)
def test_each_item_of_either_edition_has_exactly_one_fate(before: Plan, after: Plan) -> None:
    comparison = compare(outline(before), outline(after))
    keys = [change.focus_item.pk for change in comparison.items]
    assert sorted(keys) == sorted(before.keys() | after.keys())
    olds = sorted(change.old.focus_item.pk for change in comparison.items if change.old)
    news = sorted(change.new.focus_item.pk for change in comparison.items if change.new)
    assert (olds, news) == (sorted(before), sorted(after))


@given(plans, plans)
def test_the_fate_says_what_happened_to_the_words(before: Plan, after: Plan) -> None:
    for change in compare(outline(before), outline(after)).items:
        old, new = before.get(change.focus_item.pk), after.get(change.focus_item.pk)
        if old is None:
            assert change.fate == Fate.NEW
        elif new is None:
            assert change.fate == Fate.ENDED
        elif (old.letter, old.number) != (new.letter, new.number):
            assert change.fate == Fate.MOVED
        else:
            assert change.fate == (Fate.SAME if old == new else Fate.REWORDED)


@given(plans, plans)
def test_following_the_runs_gives_both_wordings(before: Plan, after: Plan) -> None:
    for change in compare(outline(before), outline(after)).items:
        for runs, name in ((change.title_runs, "title"), (change.overview_runs, "overview")):
            old = "".join(run.text for run in runs if run.kind != "new")
            new = "".join(run.text for run in runs if run.kind != "old")
            assert old == (getattr(change.old, name) if change.old else "")
            assert new == (getattr(change.new, name) if change.new else "")


@given(plans, plans)
def test_the_way_back_has_the_opposite_fates(before: Plan, after: Plan) -> None:
    there = {c.focus_item.pk: c.fate for c in compare(outline(before), outline(after)).items}
    back = {c.focus_item.pk: c.fate for c in compare(outline(after), outline(before)).items}
    opposite = {Fate.NEW: Fate.ENDED, Fate.ENDED: Fate.NEW}
    assert back == {key: opposite.get(fate, fate) for key, fate in there.items()}


def test_items_are_matched_by_identity_and_not_by_title() -> None:
    comparison = compare(outline({1: Words("甲")}), outline({2: Words("甲")}))
    assert [(c.focus_item.pk, c.fate) for c in comparison.items] == [(2, Fate.NEW), (1, Fate.ENDED)]


def test_losing_the_star_is_a_change_of_its_own() -> None:
    old = Words("甲", is_study=True)
    (change,) = compare(outline({1: old}), outline({1: replace(old, is_study=False)})).items
    assert (change.fate, change.loses_star, change.gains_star, change.rewords) == (
        Fate.REWORDED,
        True,
        False,
        False,
    )


def test_an_item_that_stands_nowhere_is_new_wherever_it_appears() -> None:
    assert fate_of(None, outline({1: Words("甲")}).items[0]) == Fate.NEW


def test_other_parts_that_differ_are_told_by_place() -> None:
    old = outline({}, axis_name="便利なまち", body="本文\n\n二つめの段落")
    new = outline({}, axis_name="便利で安心なまち", body="本文\n\n二つめの長い段落")
    comparison = compare(old, new)
    assert not comparison.is_empty
    axis, section = comparison.parts
    assert (axis.place, axis.label, axis.fate) == ("axes/1", "軸1 便利で安心なまち", Fate.REWORDED)
    assert [(line.label, line.old, line.new) for line in axis.lines] == [
        ("名称", "便利なまち", "便利で安心なまち")
    ]
    assert (section.place, section.label, section.lines) == ("sections/purpose", "趣旨", [])
    assert [(p.old, p.new) for p in section.paragraphs] == [
        ("本文", "本文"),
        ("", ""),
        ("二つめの段落", "二つめの長い段落"),
    ]
