"""Opening a draft edition and changing its text."""

from typing import Any

from django.db import transaction

from kirishima_dx import clock
from kirishima_dx.history import explain
from plans.enums import EditionStatus
from plans.errors import DraftRefused, EditConflict, TitleTaken
from plans.models import Axis, Edition, FocusItem, FocusItemText, Plan, Policy, Section
from plans.queries import dropped_wording, edition_outline


@transaction.atomic
def open_draft(*, base: Edition, major: int, minor: int, by: Any) -> Edition:
    """Open a draft with the whole text of the edition in force.

    Raises DraftRefused where the base is not in force, a draft is open already (T2), or the number is not a later one.
    """
    Plan.objects.select_for_update().get(pk=base.plan_id)
    base = Edition.objects.select_related("plan").get(pk=base.pk)
    if not base.is_in_force:
        raise DraftRefused(f"{base.name}は施行されていないので、次の版の案を作成できません。")
    open_already = base.plan.editions.filter(status=EditionStatus.DRAFT).first()
    if open_already is not None:
        raise DraftRefused(f"{open_already.name}がすでに作成されています。案は一つだけ開けます。")
    if (major, minor) <= (base.major, base.minor):
        raise DraftRefused(f"版番号は{base.name}より後の番号にしてください。")
    draft = Edition.objects.create(
        plan=base.plan,
        major=major,
        minor=minor,
        base=base,
        first_fiscal_year=base.first_fiscal_year,
        last_fiscal_year=base.last_fiscal_year,
        issuer=base.issuer,
        opened_at=clock.now(),
        opened_by=by,
    )
    _copy_text(base, draft)
    return draft


def _copy_text(base: Edition, draft: Edition) -> None:
    policies: dict[int, Policy] = {}
    for axis_outline in edition_outline(base).axes:
        old_axis = axis_outline.axis
        axis = Axis.objects.create(
            edition=draft,
            number=old_axis.number,
            name=old_axis.name,
            english=old_axis.english,
            tagline=old_axis.tagline,
        )
        for policy_outline in axis_outline.policies:
            old = policy_outline.policy
            policies[old.pk] = Policy.objects.create(
                edition=draft, axis=axis, letter=old.letter, name=old.name
            )
    FocusItemText.objects.bulk_create(
        FocusItemText(
            edition=draft,
            focus_item_id=text.focus_item_id,
            policy=policies[text.policy_id],
            number=text.number,
            title=text.title,
            overview=text.overview,
            is_study=text.is_study,
        )
        for text in base.item_texts.order_by("pk")
    )
    sections: dict[int, Section] = {}
    for old_section in base.sections.order_by("order"):
        sections[old_section.pk] = Section.objects.create(
            edition=draft,
            key=old_section.key,
            parent=sections[old_section.parent_id] if old_section.parent_id else None,
            order=old_section.order,
            number=old_section.number,
            title=old_section.title,
            is_supplied=old_section.is_supplied,
            kind=old_section.kind,
            body=old_section.body,
        )


def locked_draft(edition: Edition) -> Edition:
    """Take the draft for this transaction. Raises DraftRefused once it is adopted."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if not locked.is_draft:
        raise DraftRefused(f"{locked.name}は施行されているので、変更できません。")
    return locked


def _current(text: FocusItemText, opened_version: int) -> FocusItemText:
    """Return the row as it stands. Raises EditConflict where it was saved meanwhile, DraftRefused where ended."""
    rows = FocusItemText.objects.select_related("policy__axis", "edition__base", "focus_item")
    current = rows.filter(pk=text.pk).first()
    if current is None:
        raise DraftRefused(f"{text.focus_item.code} は終了になったので、変更できません。")
    if current.version != opened_version:
        raise EditConflict(current)
    return current


@transaction.atomic
def reword_item(
    *,
    text: FocusItemText,
    title: str,
    overview: str,
    is_study: bool,
    opened_version: int,
    by: Any,
    reason: str,
) -> FocusItemText:
    """Change the wording of an item in a draft. Raises EditConflict, DraftRefused."""
    locked_draft(text.edition)
    current = _current(text, opened_version)
    current.title, current.overview, current.is_study = title, overview, is_study
    current.version += 1
    explain(current, by=by, reason=reason)
    current.save(update_fields=["title", "overview", "is_study", "version"])
    return current


@transaction.atomic
def add_item(
    *, policy: Policy, title: str, overview: str, is_study: bool, by: Any, reason: str
) -> FocusItemText:
    """Add an item at the end of a policy of a draft, with a code that was never used before (FocusItem).

    Raises DraftRefused, and TitleTaken where the policy already has an item of this title.
    """
    draft = locked_draft(policy.edition)
    twin = policy.item_texts.filter(title=title).first()
    if twin is not None:
        raise TitleTaken(f"同じ名称の重点項目（{twin.place}）が、この取組方針にすでにあります。")
    codes = FocusItem.objects.filter(plan_id=draft.plan_id, code__startswith=f"{policy.code}-")
    used = [_last_number(code) for code in codes.values_list("code", flat=True)]
    placed = policy.item_texts.values_list("number", flat=True)
    number = max([0, *used, *placed]) + 1
    focus_item = FocusItem.objects.create(plan_id=draft.plan_id, code=f"{policy.code}-{number}")
    text = FocusItemText(
        edition=draft,
        focus_item=focus_item,
        policy=policy,
        number=number,
        title=title,
        overview=overview,
        is_study=is_study,
    )
    explain(text, by=by, reason=reason)
    text.save()
    return text


def _last_number(code: str) -> int:
    last = code.rpartition("-")[2]
    return int(last) if last.isdigit() else 0


@transaction.atomic
def remove_item(*, text: FocusItemText, opened_version: int, by: Any, reason: str) -> FocusItem:
    """Take an item out of a draft; its identity, code and records stay. Raises EditConflict, DraftRefused."""
    locked_draft(text.edition)
    current = _current(text, opened_version)
    explain(current, by=by, reason=reason)
    current.delete()
    return current.focus_item


@transaction.atomic
def restore_item(*, draft: Edition, focus_item: FocusItem, by: Any, reason: str) -> FocusItemText:
    """Put an item that a draft had dropped back: as its base words it, else as the draft last did.

    Raises DraftRefused.
    """
    draft = locked_draft(draft)
    if draft.item_texts.filter(focus_item=focus_item).exists():
        raise DraftRefused(f"{focus_item.code} はすでに案にあります。")
    old = dropped_wording(draft, focus_item)
    if old is None:
        raise DraftRefused(f"{focus_item.code} はもとの版にありません。")
    policy = Policy.objects.get(
        edition=draft, axis__number=old.policy.axis.number, letter=old.policy.letter
    )
    text = FocusItemText(
        edition=draft,
        focus_item=focus_item,
        policy=policy,
        number=old.number,
        title=old.title,
        overview=old.overview,
        is_study=old.is_study,
        version=old.version + 1,
    )
    explain(text, by=by, reason=reason)
    text.save()
    return text
