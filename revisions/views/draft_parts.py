"""Changing the words of the cover, of an axis, of a policy and of a section of a draft."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from kirishima_dx.quoting import quoted
from people.access import secretariat_only
from people.models import User
from plans.enums import SectionKind
from plans.models import Axis, Edition, Policy, Section
from plans.section_text import parse_blocks
from revisions.actions.amending_axes import amend_axis, amend_cover, amend_policy
from revisions.actions.amending_sections import amend_section
from revisions.actions.explaining import explain_part
from revisions.forms.draft_parts import (
    AxisEditForm,
    ChangeForm,
    CoverForm,
    PolicyEditForm,
    SectionEditForm,
)
from revisions.models import Amendment
from revisions.queries.draft_parts import StandingPart, T, words_of
from revisions.queries.origins import origin_sources
from revisions.views.draft_acts import METHODS, Act, Saved, on_part
from revisions.views.draft_loading import with_draft

FORM_PAGE = "revisions/draft_part_edit.html"
NOTHING_CHANGED = "案のいまの文言と同じです。"
BODY_EXAMPLE = """はじめの段落です。

次の段落です。

## 小見出し

- 箇条書きの一つ目
- 箇条書きの二つ目

> 引用する文です。

※ 注の文です。

| 区分 | 内容 |
| 一つ目 | 表の1行目は見出しになります。 |
| 二つ目 | 縦の線で列を分けます。 |"""
SIDES_EXAMPLE = """## Before
- これまでの姿

## After
- これからの姿"""


@require_http_methods(METHODS)
@secretariat_only
@with_draft(CoverForm)
def draft_cover(request: HttpRequest, draft: Edition) -> HttpResponse:
    return on_part(request, draft, Edition, "", _edit_cover)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(AxisEditForm)
def draft_axis_edit(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Axis, key, _edit_axis)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(PolicyEditForm)
def draft_policy_edit(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Policy, key, _edit_policy)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(SectionEditForm)
def draft_section_edit(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Section, key, _edit_section)


def _edit_cover(found: StandingPart[Edition]) -> Act:
    def save(form: CoverForm, by: User) -> list[Amendment]:
        typed = form.cleaned_data
        return amend_cover(
            draft=found.part,
            first_fiscal_year=typed["first_fiscal_year"],
            last_fiscal_year=typed["last_fiscal_year"],
            issuer=typed["issuer"],
            opened_version=typed["opened_version"],
            reason=typed["reason"],
            by=by,
            origin=form.origin,
        )

    return _edit(found, partial(CoverForm, draft=found.draft), save)


def _edit_axis(found: StandingPart[Axis]) -> Act:
    def save(form: AxisEditForm, by: User) -> list[Amendment]:
        typed = form.cleaned_data
        return amend_axis(
            axis=found.part,
            name=typed["name"],
            english=typed["english"],
            tagline=typed["tagline"],
            opened_version=typed["opened_version"],
            reason=typed["reason"],
            by=by,
            origin=form.origin,
        )

    return _edit(found, AxisEditForm, save)


def _edit_policy(found: StandingPart[Policy]) -> Act:
    def save(form: PolicyEditForm, by: User) -> list[Amendment]:
        typed = form.cleaned_data
        return amend_policy(
            policy=found.part,
            name=typed["name"],
            opened_version=typed["opened_version"],
            reason=typed["reason"],
            by=by,
            origin=form.origin,
        )

    return _edit(found, PolicyEditForm, save)


def _edit_section(found: StandingPart[Section]) -> Act:
    def save(form: SectionEditForm, by: User) -> list[Amendment]:
        typed = form.cleaned_data
        return amend_section(
            section=found.part,
            number=typed["heading_number"],
            title=typed["heading"],
            body=typed["body"],
            opened_version=typed["opened_version"],
            reason=typed["reason"],
            by=by,
            origin=form.origin,
        )

    kind = SectionKind(found.part.kind)
    writing = section_writing(kind)
    preview = partial(section_preview, kind=kind, is_supplied=found.part.is_supplied)
    return _edit(found, SectionEditForm, save, preview=preview, more=writing)


def _edit(
    found: StandingPart[T],
    form: Callable[..., ChangeForm],
    amend: Callable[[Any, User], list[Amendment]],
    *,
    preview: Callable[[QueryDict], dict[str, Any]] | None = None,
    more: dict[str, Any] | None = None,
) -> Act:
    return Act(
        draft=found.draft,
        title="文言を直す",
        about=found.label,
        template=FORM_PAGE,
        form=partial(form, sources=origin_sources(found.draft)),
        save=partial(_save, found, amend),
        initial={**words_of(found.part), "opened_version": found.part.version},
        context={"found": found, "button": "理由とともに保存する", **(more or {})},
        nothing=NOTHING_CHANGED,
        by_word=True,
        preview=preview,
    )


def _save(
    found: StandingPart[T],
    amend: Callable[[Any, User], list[Amendment]],
    form: ChangeForm,
    by: User,
) -> Saved | None:
    """Save what was typed or, where only a reason was missing, the reason."""
    amendments = amend(form, by) or explain_part(
        draft=found.draft,
        place=found.place,
        reason=form.cleaned_data["reason"],
        by=by,
        origin=form.origin,
    )
    if not amendments:
        return None
    found.part.refresh_from_db()
    return Saved(f"{quoted(found.label)}の改定を理由とともに保存しました。", found.place)


def section_writing(kind: SectionKind) -> dict[str, Any]:
    """Return what explains how the body of a section is written: an example and what it becomes."""
    example = SIDES_EXAMPLE if kind == SectionKind.BEFORE_AFTER else BODY_EXAMPLE
    return {"example": example, "blocks": parse_blocks(example), "section_kind": kind.value}


def section_preview(
    data: QueryDict, *, kind: SectionKind, is_supplied: bool = False
) -> dict[str, Any]:
    """Return a section as it was typed, to be drawn as the plan draws it; nothing is saved."""
    section = Section(
        key="preview",
        number=_typed(data, "heading_number"),
        title=_typed(data, "heading"),
        body=_typed(data, "body"),
        kind=kind,
        is_supplied=is_supplied,
    )
    return {"preview": section}


def _typed(data: QueryDict, name: str) -> str:
    return str(SectionEditForm.base_fields[name].to_python(data.get(name, "")))
