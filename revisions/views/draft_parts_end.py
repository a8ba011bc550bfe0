"""Ending an axis, a policy or a section with a draft, and taking the end back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kirishima_dx.quoting import quoted
from people.access import secretariat_only
from people.models import User
from plans.comparison.parts import Part, part_label
from plans.enums import SectionKind
from plans.models import Axis, Edition, Policy, Section
from revisions.actions.amending_axes import (
    amend_end_axis,
    amend_end_policy,
    amend_restore_axis,
    amend_restore_policy,
)
from revisions.actions.amending_sections import amend_end_section, amend_restore_section
from revisions.actions.explaining import explain_part
from revisions.forms.draft_parts import ChangeForm, EndForm
from revisions.models import Amendment
from revisions.papers.explained import AmendedPart
from revisions.queries.draft_parts import StandingPart, T, items_in, standing_part
from revisions.queries.drafts import DraftReview, draft_review
from revisions.queries.origins import origin_sources
from revisions.views.draft_acts import (
    METHODS,
    PAGES,
    Act,
    Saved,
    carry_out,
    not_standing,
    on_part,
    part_url,
)
from revisions.views.draft_loading import too_late, with_draft

END_PAGE = "revisions/draft_part_end.html"


@require_http_methods(METHODS)
@secretariat_only
@with_draft(EndForm)
def draft_axis_end(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Axis, key, _end_axis, gone=_explain_end)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(EndForm)
def draft_policy_end(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Policy, key, _end_policy, gone=_explain_end)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(EndForm)
def draft_section_end(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Section, key, _end_section, gone=_explain_end)


def _end_axis(found: StandingPart[Axis]) -> Act:
    policies = next(axis.policies for axis in found.outline.axes if axis.axis == found.part)
    return _end(
        found, partial(amend_end_axis, axis=found.part), [str(one.policy) for one in policies]
    )


def _end_policy(found: StandingPart[Policy]) -> Act:
    held = [str(item) for item in items_in(found)]
    return _end(found, partial(amend_end_policy, policy=found.part), held)


def _end_section(found: StandingPart[Section]) -> Act:
    nodes = found.outline.walk_sections()
    node = next(node for node in nodes if node.section == found.part)
    return _end(
        found,
        partial(amend_end_section, section=found.part),
        [child.section.heading for child in node.children],
        holds_all_items=found.part.kind == SectionKind.ITEMS,
        section=found.part,
    )


def _end(
    found: StandingPart[T],
    end: Callable[..., list[Amendment]],
    holds: list[str],
    **more: Any,
) -> Act:
    """Return the act of ending a part; `holds` is what has to leave it first."""
    return Act(
        draft=found.draft,
        title="終了にする",
        about=found.label,
        template=END_PAGE,
        form=partial(EndForm, sources=origin_sources(found.draft)),
        save=partial(_save, found, end),
        initial={"opened_version": found.part.version},
        context={"found": found, "holds": holds, **more},
    )


def _save(
    found: StandingPart[T], end: Callable[..., list[Amendment]], form: EndForm, by: User
) -> Saved:
    end(
        opened_version=form.cleaned_data["opened_version"],
        reason=form.cleaned_data["reason"],
        by=by,
        origin=form.origin,
    )
    return Saved(f"{quoted(found.label)}を終了にしました。", found.place)


def _explain_end(request: HttpRequest, draft: Edition, kind: type, key: str) -> HttpResponse:
    """Ask for the reason where a part was ended without one; otherwise there is nothing to end."""
    ended = draft_review(draft).part(f"{PAGES[kind][0]}/{key}")
    if ended is None or not ended.unexplained:
        return not_standing(request, draft, kind, key)
    return carry_out(request, _why_ended(draft, ended))


def _why_ended(draft: Edition, ended: AmendedPart) -> Act:
    def save(form: ChangeForm, by: User) -> Saved:
        explain_part(
            draft=draft,
            place=ended.change.place,
            reason=form.cleaned_data["reason"],
            by=by,
            origin=form.origin,
        )
        return Saved(
            f"{quoted(ended.change.label)}の終了の理由を記録しました。", ended.change.place
        )

    return Act(
        draft=draft,
        title="終了の理由を書く",
        about=ended.change.label,
        template=END_PAGE,
        form=partial(ChangeForm, sources=origin_sources(draft)),
        save=save,
        context={"ended": ended},
    )


@require_http_methods(METHODS)
@secretariat_only
@with_draft(ChangeForm)
def draft_axis_restore(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return _restored(request, draft, Axis, key, amend_restore_axis)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(ChangeForm)
def draft_policy_restore(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return _restored(request, draft, Policy, key, amend_restore_policy)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(ChangeForm)
def draft_section_restore(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return _restored(request, draft, Section, key, amend_restore_section)


def _restored(
    request: HttpRequest, draft: Edition, kind: type[T], key: str, restore: Callable[..., T]
) -> HttpResponse:
    """Take the end of a part back; one that stands leads to where it is changed."""
    group, page = PAGES[kind]
    found = standing_part(draft, kind, key)
    if found is not None:
        if request.method == "POST":
            why = f"{quoted(found.label)}は{draft.name}にあるので、戻す必要はありません。"
            return too_late(request, why)
        return redirect(f"{page}_edit", key)
    review = draft_review(draft)
    ended = review.part(f"{group}/{key}")
    if ended is None:
        raise Http404(f"{draft.name}に「{key}」はありません。")
    return carry_out(request, _restore(review, ended, restore))


def _restore(review: DraftReview, ended: AmendedPart, restore: Callable[..., T]) -> Act:
    old = ended.change.either

    def save(form: ChangeForm, by: User) -> Saved:
        part = restore(
            draft=review.draft,
            key=ended.change.place.partition("/")[2],
            reason=form.cleaned_data["reason"],
            by=by,
            origin=form.origin,
        )
        return Saved(f"{quoted(part_label(part))}の終了を取りやめました。", ended.change.place)

    return Act(
        draft=review.draft,
        title="終了を取りやめる",
        about=ended.change.label,
        template="revisions/draft_part_restore.html",
        form=partial(ChangeForm, sources=origin_sources(review.draft)),
        save=save,
        context={
            "ended": ended,
            "section": old if isinstance(old, Section) else None,
            "missing": _missing_axis(old, review),
            "back": part_url(ended.change.place),
        },
    )


def _missing_axis(old: Part, review: DraftReview) -> Axis | None:
    """Return the axis that has to return before a policy can."""
    if not isinstance(old, Policy):
        return None
    standing = {axis.axis.key for axis in review.outline.axes}
    return None if old.axis.key in standing else old.axis
