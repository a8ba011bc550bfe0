"""Random edits of a draft, through the actions: what people may do to it in any order."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from hypothesis import strategies as st
from meeting_cast import by_decision

from people.models import User
from plans.errors import DraftRefused
from plans.models import Axis, Edition, FocusItem, FocusItemText, Policy, Section
from reviews.models import Decision
from revisions.actions import amending, amending_axes, amending_sections
from revisions.enums import OriginKind
from revisions.models import Origin

TITLES = ("甲の取組", "乙の取組", "申請のオンライン化")
EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *(
                    "reword",
                    "star",
                    "add",
                    "end",
                    "restore",
                    "move",
                    "close_gaps",
                    "split",
                    "merge",
                ),
                *("reword_axis", "add_axis", "end_axis", "restore_axis", "move_axis"),
                *("reword_policy", "add_policy", "end_policy", "restore_policy", "move_policy"),
                *("reword_section", "add_section", "end_section", "restore_section"),
                *("move_section", "reword_cover"),
            )
        ),
        st.integers(0, 7),
        st.integers(0, 7),
        st.sampled_from(TITLES),
    ),
    min_size=1,
    max_size=12,
)
Edit = tuple[str, int, int, str]


class Drafter:
    """Does edits on a draft as far as they make sense on it as it stands; what is refused is no edit."""

    def __init__(self, draft: Edition, by: User, decision: Origin) -> None:
        self.draft, self.by, self.decision = draft, by, decision

    def do(self, edit: Edit) -> None:
        kind, first, second, word = edit
        act: Callable[[int, int, str], object] = getattr(self, f"_{kind}")
        with suppress(DraftRefused):
            act(first, second, word)

    @property
    def _told(self) -> dict[str, object]:
        return {"reason": "理由", "by": self.by, "origin": self.decision}

    def _text(self, n: int) -> FocusItemText:
        texts = self.draft.item_texts.select_related("edition", "policy__axis", "focus_item")
        return self._nth(list(texts), n)

    def _policy(self, n: int) -> Policy:
        return self._nth(list(self.draft.policies.select_related("axis", "edition")), n)

    def _axis(self, n: int) -> Axis:
        return self._nth(list(self.draft.axes.select_related("edition")), n)

    def _section(self, n: int) -> Section:
        return self._nth(list(self.draft.sections.select_related("edition", "parent")), n)

    def _nth(self, found: list, n: int):  # type: ignore[no-untyped-def,type-arg]  # Any of four models.
        if not found:
            raise DraftRefused("nothing left")
        return found[n % len(found)]

    def _reword(self, n: int, _: int, word: str, *, star: bool = False) -> None:
        text = self._text(n)
        amending.amend_text(
            text=text,
            title=text.title if star else word,
            overview=text.overview if star else f"{word}の概要。",
            is_study=text.is_study != star,
            opened_version=text.version,
            **self._told,
        )

    def _star(self, n: int, m: int, word: str) -> None:
        self._reword(n, m, word, star=True)

    def _add(self, n: int, _: int, word: str) -> None:
        amending.amend_add(
            policy=self._policy(n), title=word, overview="概要", is_study=False, **self._told
        )

    def _end(self, n: int, _: int, __: str) -> None:
        text = self._text(n)
        amending.amend_end(text=text, opened_version=text.version, **self._told)

    def _restore(self, n: int, _: int, __: str) -> None:
        standing = self.draft.item_texts.values("focus_item")
        gone = FocusItem.objects.filter(plan=self.draft.plan).exclude(pk__in=standing)
        item = self._nth(list(gone), n)
        amending.amend_restore(draft=self.draft, focus_item=item, **self._told)

    def _move(self, n: int, m: int, _: str) -> None:
        text, policy = self._text(n), self._policy(m)
        others = list(policy.item_texts.exclude(pk=text.pk).order_by("number"))
        after = others[m % len(others)] if others and m % 3 else None
        amending.amend_move(
            text=text, policy=policy, after=after, opened_version=text.version, **self._told
        )

    def _close_gaps(self, n: int, _: int, __: str) -> None:
        amending.amend_close_gaps(policy=self._policy(n), reason="理由", by=self.by)

    def _split(self, n: int, m: int, word: str) -> None:
        text = self._text(n)
        amending.amend_split(
            text=text,
            policy=self._policy(m),
            title=f"{word}から",
            overview="分けた概要",
            is_study=False,
            opened_version=text.version,
            **self._told,
        )

    def _merge(self, n: int, m: int, _: str) -> None:
        text, into = self._text(n), self._text(m)
        amending.amend_merge(text=text, into=into, opened_version=text.version, **self._told)

    def _reword_axis(self, n: int, _: int, word: str) -> None:
        axis = self._axis(n)
        amending_axes.amend_axis(
            axis=axis,
            name=word,
            english=axis.english,
            tagline=f"{word}の標語",
            opened_version=axis.version,
            **self._told,
        )

    def _add_axis(self, _: int, __: int, word: str) -> None:
        axis = amending_axes.amend_add_axis(
            draft=self.draft, name=word, english="", tagline="", **self._told
        )
        amending_axes.amend_add_policy(axis=axis, name=word, **self._told)

    def _end_axis(self, n: int, _: int, __: str) -> None:
        axis = self._axis(n)
        amending_axes.amend_end_axis(axis=axis, opened_version=axis.version, **self._told)

    def _restore_axis(self, n: int, _: int, __: str) -> None:
        self._return(amending_axes.amend_restore_axis, self._base.axes.all(), n)

    def _move_axis(self, n: int, m: int, _: str) -> None:
        axis, after = self._axis(n), self._axis(m)
        amending_axes.amend_move_axis(
            axis=axis,
            after=None if after == axis else after,
            opened_version=axis.version,
            **self._told,
        )

    def _reword_policy(self, n: int, _: int, word: str) -> None:
        policy = self._policy(n)
        amending_axes.amend_policy(
            policy=policy, name=word, opened_version=policy.version, **self._told
        )

    def _add_policy(self, n: int, _: int, word: str) -> None:
        amending_axes.amend_add_policy(axis=self._axis(n), name=word, **self._told)

    def _end_policy(self, n: int, _: int, __: str) -> None:
        policy = self._policy(n)
        if policy.axis.policies.count() == 1:
            raise DraftRefused("an axis needs a policy")
        amending_axes.amend_end_policy(policy=policy, opened_version=policy.version, **self._told)

    def _restore_policy(self, n: int, _: int, __: str) -> None:
        self._return(amending_axes.amend_restore_policy, self._base.policies.all(), n)

    def _move_policy(self, n: int, m: int, _: str) -> None:
        policy, axis = self._policy(n), self._axis(m)
        if policy.axis != axis and policy.axis.policies.count() == 1:
            raise DraftRefused("an axis needs a policy")
        others = list(axis.policies.exclude(pk=policy.pk).order_by("letter"))
        after = others[m % len(others)] if others and m % 3 else None
        amending_axes.amend_move_policy(
            policy=policy, axis=axis, after=after, opened_version=policy.version, **self._told
        )

    def _reword_section(self, n: int, m: int, word: str) -> None:
        section = self._section(n)
        lines = section.body.split("\n")
        lines.insert(m % (len(lines) + 1), f"{word}についての段落。")
        amending_sections.amend_section(
            section=section,
            number=section.number,
            title=section.title,
            body="\n".join(lines),
            opened_version=section.version,
            **self._told,
        )

    def _add_section(self, n: int, _: int, word: str) -> None:
        neighbour = self._section(n)
        amending_sections.amend_add_section(
            draft=self.draft,
            parent=neighbour.parent,
            after=neighbour,
            number="",
            title=word,
            body="本文",
            **self._told,
        )

    def _end_section(self, n: int, _: int, __: str) -> None:
        section = self._section(n)
        amending_sections.amend_end_section(
            section=section, opened_version=section.version, **self._told
        )

    def _restore_section(self, n: int, _: int, __: str) -> None:
        self._return(amending_sections.amend_restore_section, self._base.sections.all(), n)

    @property
    def _base(self) -> Edition:
        assert self.draft.base is not None
        return self.draft.base

    def _return(
        self, restore: Callable[..., object], of_base: Iterable[Axis | Policy | Section], n: int
    ) -> None:
        key = self._nth(list(of_base), n).key
        restore(draft=self.draft, key=key, **self._told)

    def _move_section(self, n: int, m: int, _: str) -> None:
        section, neighbour = self._section(n), self._section(m)
        same = section == neighbour
        amending_sections.amend_move_section(
            section=section,
            parent=section.parent if same else neighbour.parent,
            after=None if same else neighbour,
            opened_version=section.version,
            **self._told,
        )

    def _reword_cover(self, n: int, _: int, word: str) -> None:
        draft = Edition.objects.get(pk=self.draft.pk)
        amending_axes.amend_cover(
            draft=draft,
            first_fiscal_year=draft.first_fiscal_year,
            last_fiscal_year=draft.first_fiscal_year + n,
            issuer=word,
            opened_version=draft.version,
            **self._told,
        )


def drafter(draft: Edition, by: User) -> Drafter:
    """Return who edits a draft, with a decision to rest on."""
    made = Decision.objects.first()
    decision = Origin(OriginKind.DECISION, made) if made else by_decision(draft, by, "1-A-2")
    return Drafter(draft, by, decision)
