"""What tests do with a draft: find a text, reword, split, merge, lengthen, bring the draft into force."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from people.models import User
from plans.models import Edition, FocusItem, FocusItemText, Section
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_add, amend_merge, amend_split, amend_text
from revisions.actions.amending_sections import amend_section
from revisions.models import Origin
from revisions.queries.decisions_left import decisions_left

ClientOf = Callable[[User | None], Client]
EDIT = "/editions/draft/items/1-A-1/"
END = "/editions/draft/items/1-A-1/end/"
RESTORE = "/editions/draft/items/1-A-1/restore/"
LEFT_OUT = "関係する課との調整が済んでいないため。"
ADD = "/editions/draft/policies/1-A/add/"
TITLE, OVERVIEW = "申請のオンライン化", "申請から決済までをスマホで完結させます。"


def text_of(edition: Edition, code: str = "1-A-1") -> FocusItemText:
    return FocusItemText.objects.select_related("edition", "policy__axis", "focus_item").get(
        edition=edition, focus_item__code=code
    )


def section_of(edition: Edition, key: str = "purpose") -> Section:
    return Section.objects.select_related("edition__base", "parent").get(edition=edition, key=key)


def words(**overrides: object) -> dict[str, object]:
    """Return what the form of 1-A-1 sends while the item stands as it was opened."""
    values: dict[str, object] = {
        "title": TITLE,
        "overview": OVERVIEW,
        "reason": "",
        "opened_version": 1,
        "opened_edition": "1.1",
    }
    return {**values, **overrides}


def reword(
    edition: Edition,
    code: str,
    *,
    by: User,
    reason: str = "語を改めるため。",
    title: str | None = None,
    overview: str | None = None,
    is_study: bool | None = None,
    origin: Origin | None = None,
) -> FocusItemText:
    """Change what is given, on the version that stands."""
    text = text_of(edition, code)
    return amend_text(
        text=text,
        title=text.title if title is None else title,
        overview=text.overview if overview is None else overview,
        is_study=text.is_study if is_study is None else is_study,
        opened_version=text.version,
        reason=reason,
        by=by,
        origin=origin or Origin(),
    )


def write_section(
    edition: Edition, key: str, body: str, *, by: User, reason: str = "改めるため。"
) -> None:
    """Change the body alone, on the version that stands."""
    section = section_of(edition, key)
    amend_section(
        section=section,
        number=section.number,
        title=section.title,
        body=body,
        opened_version=section.version,
        reason=reason,
        by=by,
    )


def split_off(
    draft: Edition,
    code: str = "1-A-1",
    *,
    by: User,
    title: str = "決済のオンライン化",
    overview: str = "決済を別に進めます。",
    reason: str = "別に進めるため。",
) -> FocusItem:
    """Return the item that is split off, in the policy of the item that it comes from."""
    text = text_of(draft, code)
    return amend_split(
        text=text,
        policy=text.policy,
        title=title,
        overview=overview,
        is_study=False,
        opened_version=text.version,
        reason=reason,
        by=by,
    ).focus_item


def merge(
    draft: Edition, code: str, into: str = "1-A-1", *, by: User, reason: str = "一つにするため。"
) -> None:
    text = text_of(draft, code)
    amend_merge(
        text=text,
        into=text_of(draft, into),
        opened_version=text.version,
        reason=reason,
        by=by,
    )


def add_items(draft: Edition, count: int, *, by: User) -> list[FocusItemText]:
    """Make the policy of 1-A-1 longer by so many items."""
    policy = text_of(draft).policy
    return [
        amend_add(
            policy=policy,
            title=f"項目{number}",
            overview="概要",
            is_study=False,
            reason="増やす。",
            by=by,
        )
        for number in range(count)
    ]


def adopted(
    edition: Edition,
    by: User,
    *,
    digest: str | None = None,
    effective_from: date = date(2026, 10, 10),
) -> Edition:
    """Bring a draft into force; what the 本部 decided and the draft does not show waits for the next one."""
    return adopt_edition(
        left_out={one.pk: LEFT_OUT for one in decisions_left(edition)},
        edition=edition,
        decided_on=date(2026, 10, 1),
        effective_from=effective_from,
        basis="本部会議",
        by=by,
        digest=digest,
    )
