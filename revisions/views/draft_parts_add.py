"""Adding an axis, a policy or a section to a draft."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kirishima_dx.quoting import quoted
from people.access import secretariat_only
from people.models import User
from plans.enums import SectionKind
from plans.models import Axis, Edition
from plans.places import lasting_place
from plans.queries import draft_outline
from revisions.actions.amending_axes import amend_add_axis, amend_add_policy
from revisions.actions.amending_sections import amend_add_section
from revisions.forms.draft_parts import AxisForm, PolicyForm, SectionAddForm
from revisions.queries.draft_parts import StandingPart
from revisions.queries.draft_spots import section_spots
from revisions.queries.origins import origin_sources
from revisions.views.draft_acts import METHODS, Act, Saved, carry_out, on_part
from revisions.views.draft_loading import with_draft
from revisions.views.draft_parts import FORM_PAGE, section_preview, section_writing

ADD = "理由とともに加える"


@require_http_methods(METHODS)
@secretariat_only
@with_draft(AxisForm)
def draft_axis_add(request: HttpRequest, draft: Edition) -> HttpResponse:
    act = Act(
        draft=draft,
        title="軸を加える",
        template=FORM_PAGE,
        form=partial(AxisForm, sources=origin_sources(draft)),
        save=partial(_save_axis, draft),
        named_by="name",
        context={
            "button": ADD,
            "lead": "番号は、最後の軸の次が付きます。追加した後で、並べ替えることができます。",
        },
    )
    return carry_out(request, act)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(PolicyForm)
def draft_policy_add(request: HttpRequest, draft: Edition, key: str) -> HttpResponse:
    return on_part(request, draft, Axis, key, _add_policy)


@require_http_methods(METHODS)
@secretariat_only
@with_draft(SectionAddForm)
def draft_section_add(request: HttpRequest, draft: Edition) -> HttpResponse:
    return carry_out(request, _add_section(draft, below=request.GET.get("below", "")))


def _add_policy(found: StandingPart[Axis]) -> Act:
    return Act(
        draft=found.draft,
        title="取組方針を加える",
        about=found.label,
        template=FORM_PAGE,
        form=partial(PolicyForm, sources=origin_sources(found.draft)),
        save=partial(_save_policy, found.part),
        named_by="name",
        context={
            "button": ADD,
            "lead": "この軸の最後に加わります。追加した後で、並べ替えることができます。",
        },
    )


def _add_section(draft: Edition, *, below: str) -> Act:
    spots = section_spots(draft_outline(draft))
    return Act(
        draft=draft,
        title="章・節を加える",
        template=FORM_PAGE,
        form=partial(SectionAddForm, sources=origin_sources(draft), spots=spots),
        save=partial(_save_section, draft),
        named_by="heading",
        initial={"spot": spots.last_in(below) if below else ""},
        context={
            "button": ADD,
            "lead": "ほかの節の見出し番号は、自動では変わりません。必要なら、それぞれ直してください。",
            **section_writing(SectionKind.TEXT),
        },
        preview=partial(section_preview, kind=SectionKind.TEXT),
    )


def _save_axis(draft: Edition, form: AxisForm, by: User) -> Saved:
    typed = form.cleaned_data
    axis = amend_add_axis(
        draft=draft,
        name=typed["name"],
        english=typed["english"],
        tagline=typed["tagline"],
        reason=typed["reason"],
        by=by,
        origin=form.origin,
    )
    said = f"軸{axis.number}{quoted(axis.name)}を追加しました。続けて、取組方針を追加してください。"
    return Saved(said, lasting_place(axis))


def _save_policy(axis: Axis, form: PolicyForm, by: User) -> Saved:
    policy = amend_add_policy(
        axis=axis,
        name=form.cleaned_data["name"],
        reason=form.cleaned_data["reason"],
        by=by,
        origin=form.origin,
    )
    said = f"取組方針 {policy.code}{quoted(policy.name)}を追加しました。"
    return Saved(said, lasting_place(policy))


def _save_section(draft: Edition, form: SectionAddForm, by: User) -> Saved:
    typed = form.cleaned_data
    section = amend_add_section(
        draft=draft,
        parent=form.chosen.holder,
        after=form.chosen.after,
        number=typed["heading_number"],
        title=typed["heading"],
        body=typed["body"],
        reason=typed["reason"],
        by=by,
        origin=form.origin,
    )
    return Saved(f"{quoted(section.heading)}を追加しました。", lasting_place(section))
