"""Ending an axis, a policy or a section with a draft, and taking the end of a section back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from people.access import secretariat_only
from people.models import User
from plans.enums import SectionKind
from plans.models import Axis, Edition, Policy, Section
from plans.places import lasting_place
from reviews.actions import (
    amend_end_axis,
    amend_end_policy,
    amend_end_section,
    amend_restore_section,
    explain_part,
)
from reviews.forms.draft import ReasonForm
from reviews.forms.draft_parts import ChangeForm, EndForm
from reviews.models import Amendment
from reviews.queries import AmendedPart, draft_review
from reviews.queries.draft_parts import StandingPart, T, standing_part
from reviews.queries.origins import origin_sources
from reviews.views.draft_acts import (
    METHODS,
    PAGES,
    Act,
    Saved,
    carry_out,
    not_standing,
    on_part,
)
from reviews.views.draft_loading import too_late, with_draft

END_PAGE = "reviews/draft_part_end.html"


@require_http_methods(METHODS)
@secretariat_only
@with_draft
def draft_axis_end(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Axis, key, _end_axis, gone=_explain_end)


@require_http_methods(METHODS)
@secretariat_only
@with_draft
def draft_policy_end(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Policy, key, _end_policy, gone=_explain_end)


@require_http_methods(METHODS)
@secretariat_only
@with_draft
def draft_section_end(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Section, key, _end_section, gone=_explain_end)


def _end_axis(found: StandingPart[Axis]) -> Act:
    policies = next(axis.policies for axis in found.outline.axes if axis.axis == found.part)
    return _end(
        found, partial(amend_end_axis, axis=found.part), [str(one.policy) for one in policies]
    )


def _end_policy(found: StandingPart[Policy]) -> Act:
    every = (policy for axis in found.outline.axes for policy in axis.policies)
    items = next(policy.items for policy in every if policy.policy == found.part)
    return _end(found, partial(amend_end_policy, policy=found.part), [str(item) for item in items])


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
    return Saved(f"「{found.label}」を終了にしました。", found.place)


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
        return Saved(f"「{ended.change.label}」の終了の理由を記録しました。", ended.change.place)

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
@with_draft
def draft_section_restore(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    if standing_part(draft, Section, key):
        if request.method == "POST":
            return too_late(request, f"この節は{draft.name}にあるので、戻す必要はありません。")
        return redirect("draft_section_edit", key)
    ended = draft_review(draft).part(f"sections/{key}")
    if ended is None or not isinstance(ended.change.old, Section):
        raise Http404(f"{draft.name}に節「{key}」はありません。")
    return carry_out(request, _restore(draft, ended, ended.change.old))


def _restore(draft: Edition, ended: AmendedPart, old: Section) -> Act:
    def save(form: ReasonForm, by: User) -> Saved:
        section = amend_restore_section(
            draft=draft, key=old.key, reason=form.cleaned_data["reason"], by=by
        )
        return Saved(f"「{section.heading}」の終了を取りやめました。", lasting_place(section))

    return Act(
        draft=draft,
        title="終了を取りやめる",
        about=ended.change.label,
        template="reviews/draft_part_restore.html",
        form=ReasonForm,
        save=save,
        context={"ended": ended, "section": old},
    )
