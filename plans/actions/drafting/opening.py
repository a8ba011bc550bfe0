"""Opening a draft edition, what stands on its cover, and giving it up."""

from typing import Any

from django.db import transaction

from kirishima_dx import clock
from plans.actions.drafting.turns import locked_draft
from plans.enums import EditionStatus
from plans.errors import DraftRefused, EditConflict
from plans.models import Axis, Edition, FocusItemText, Plan, Policy, Section
from plans.queries import edition_outline


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
    _copy_items(base, draft, _copy_axes(base, draft))
    _copy_sections(base, draft)


def _copy_axes(base: Edition, draft: Edition) -> dict[int, Policy]:
    """Copy axes and policies; return the new policies by the keys of the old ones."""
    policies: dict[int, Policy] = {}
    for outline in edition_outline(base).axes:
        axis = Axis.objects.create(
            edition=draft,
            key=outline.axis.key,
            number=outline.axis.number,
            name=outline.axis.name,
            english=outline.axis.english,
            tagline=outline.axis.tagline,
        )
        for old in (one.policy for one in outline.policies):
            policies[old.pk] = Policy.objects.create(
                edition=draft, axis=axis, key=old.key, letter=old.letter, name=old.name
            )
    return policies


def _copy_items(base: Edition, draft: Edition, policies: dict[int, Policy]) -> None:
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


def _copy_sections(base: Edition, draft: Edition) -> None:
    sections: dict[int, Section] = {}
    for old in base.sections.order_by("order"):
        sections[old.pk] = Section.objects.create(
            edition=draft,
            key=old.key,
            parent=sections[old.parent_id] if old.parent_id else None,
            order=old.order,
            number=old.number,
            title=old.title,
            is_supplied=old.is_supplied,
            kind=old.kind,
            body=old.body,
        )


@transaction.atomic
def reword_cover(
    *,
    draft: Edition,
    first_fiscal_year: int,
    last_fiscal_year: int,
    issuer: str,
    opened_version: int,
) -> Edition:
    """Change the period and the issuer of a draft. Raises EditConflict, DraftRefused."""
    draft = locked_draft(draft)
    if draft.version != opened_version:
        raise EditConflict(draft)
    if last_fiscal_year < first_fiscal_year:
        raise DraftRefused("計画期間の最後の年度は、最初の年度以後にしてください。")
    draft.first_fiscal_year, draft.last_fiscal_year = first_fiscal_year, last_fiscal_year
    draft.issuer = issuer
    draft.version += 1
    draft.save(update_fields=["first_fiscal_year", "last_fiscal_year", "issuer", "version"])
    return draft


@transaction.atomic
def abandon_draft(*, draft: Edition, reason: str, by: Any) -> Edition:
    """Give a draft up: it is kept as it is, and its number is free again.

    Raises DraftRefused where it is no draft any more, where no reason is given, and for the first 案 of a plan, without
    which nothing would be left.
    """
    draft = locked_draft(draft)
    if draft.base_id is None:
        raise DraftRefused(f"{draft.name}は最初の版の案なので、取りやめられません。")
    if not reason.strip():
        raise DraftRefused("取りやめの理由を書いてください。")
    draft.status, draft.abandoned_because = EditionStatus.ABANDONED, reason
    draft.abandoned_at, draft.abandoned_by = clock.now(), by
    draft.save(update_fields=["status", "abandoned_because", "abandoned_at", "abandoned_by"])
    return draft
