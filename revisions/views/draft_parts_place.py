"""Putting an axis, a policy or a section of a draft elsewhere, and closing the gaps in the numbers of a policy."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kirishima_dx.quoting import quoted
from people.access import secretariat_only
from people.models import User
from plans.models import Axis, Edition, Policy, Section
from revisions.actions.amending import amend_close_gaps
from revisions.actions.amending_axes import amend_move_axis, amend_move_policy
from revisions.actions.amending_sections import amend_move_section
from revisions.forms.draft_parts import ChangeForm, MoveForm
from revisions.models import Amendment
from revisions.queries.draft_parts import StandingPart, T, renumbered_without_gaps
from revisions.queries.draft_spots import Spots, axis_spots, policy_spots, section_spots
from revisions.queries.origins import origin_sources
from revisions.views.draft_acts import METHODS, Act, Saved, on_part
from revisions.views.draft_loading import with_draft

NOT_MOVED = "いまと同じ場所です。置く場所を選び直してください。"
NO_GAPS = "番号は、すでに1から順に付いています。"
AXIS_MOVES = "軸の番号は、新しい順番で付け直します。変わる軸すべてに、この理由を記録します。"
POLICY_MOVES = (
    "取組方針の記号は、移した先の順番で付け直します。重点項目も一緒に移ります。"
    "重点項目の固有の番号（進捗のページの番号）は変わりません。"
)
SECTION_MOVES = "下にある節も一緒に移ります。見出し番号は自動では変わらないので、必要なら、移した後で直してください。"


@require_http_methods(METHODS)
@secretariat_only
@with_draft(MoveForm)
def draft_axis_move(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Axis, key, _move_axis)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(MoveForm)
def draft_policy_move(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Policy, key, _move_policy)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(MoveForm)
def draft_section_move(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Section, key, _move_section)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(ChangeForm)
def draft_policy_gaps(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Policy, key, _close_gaps)


def _move_axis(found: StandingPart[Axis]) -> Act:
    def move(form: MoveForm, by: User) -> list[Amendment]:
        return amend_move_axis(
            axis=found.part,
            after=form.chosen.after,
            opened_version=form.cleaned_data["opened_version"],
            reason=form.cleaned_data["reason"],
            by=by,
            origin=form.origin,
        )

    return _move(found, axis_spots(found.outline, found.part), move, AXIS_MOVES)


def _move_policy(found: StandingPart[Policy]) -> Act:
    def move(form: MoveForm, by: User) -> list[Amendment]:
        return amend_move_policy(
            policy=found.part,
            axis=form.chosen.holder,
            after=form.chosen.after,
            opened_version=form.cleaned_data["opened_version"],
            reason=form.cleaned_data["reason"],
            by=by,
            origin=form.origin,
        )

    return _move(found, policy_spots(found.outline, found.part), move, POLICY_MOVES)


def _move_section(found: StandingPart[Section]) -> Act:
    def move(form: MoveForm, by: User) -> list[Amendment]:
        return amend_move_section(
            section=found.part,
            parent=form.chosen.holder,
            after=form.chosen.after,
            opened_version=form.cleaned_data["opened_version"],
            reason=form.cleaned_data["reason"],
            by=by,
            origin=form.origin,
        )

    return _move(found, section_spots(found.outline, found.part), move, SECTION_MOVES)


def _move(
    found: StandingPart[T],
    spots: Spots,
    move: Callable[[MoveForm, User], list[Amendment]],
    consequence: str,
) -> Act:
    def save(form: MoveForm, by: User) -> Saved | None:
        was = quoted(found.label)
        if form.stays or not move(form, by):
            return None
        found.part.refresh_from_db()
        now = quoted(found.label)
        return Saved(
            f"{was}を移しました。" + (f"いまは{now}です。" if now != was else ""), found.place
        )

    return Act(
        draft=found.draft,
        title="場所を移す",
        about=found.label,
        template="revisions/draft_part_move.html",
        form=partial(MoveForm, sources=origin_sources(found.draft), spots=spots),
        save=save,
        initial={"spot": spots.current, "opened_version": found.part.version},
        context={"found": found, "consequence": consequence},
        nothing=NOT_MOVED,
    )


def _close_gaps(found: StandingPart[Policy]) -> Act:
    def save(form: ChangeForm, by: User) -> Saved | None:
        renumbered = amend_close_gaps(
            policy=found.part, reason=form.cleaned_data["reason"], by=by, origin=form.origin
        )
        said = f"取組方針 {found.part.code} の番号を、欠番なしに付け直しました。"
        return Saved(said, found.place) if renumbered else None

    return Act(
        draft=found.draft,
        title="番号を付け直す",
        about=found.label,
        template="revisions/draft_part_gaps.html",
        form=partial(ChangeForm, sources=origin_sources(found.draft)),
        save=save,
        context={"found": found, "renumbered": renumbered_without_gaps(found)},
        nothing=NO_GAPS,
    )
