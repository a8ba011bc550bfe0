"""未来図: the living plan, today and on any day."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.queries import states
from initiatives.queries.cover import cover_of
from initiatives.queries.states import LivingPlan
from initiatives.views.any_day import asked_day
from kirishima_dx.kept.decorator import kept
from plans.changed_places import changed_places
from plans.components.notes import Notes
from plans.enums import SectionKind
from plans.forms import SearchForm
from plans.models import Erratum
from plans.queries import SectionOutline, errata_by_anchor
from plans.rules import readable_editions
from plans.search import search
from plans.served import served_plan


@require_safe
@kept
def living_plan(request: HttpRequest) -> HttpResponse:
    """Show the edition in force (or the 案), whole, with the state of each item."""
    if request.GET.get("since"):
        return _changes(request)
    asked, plan = asked_day(request), served_plan(request)
    living = states.living_plan(plan, asked.moment) if plan else None
    if living is None:
        return render(request, "initiatives/living_plan_empty.html", {"nav": "plan"})
    outline, edition = living.outline, living.outline.edition
    form, is_staff = SearchForm(request.GET), request.user.is_authenticated
    errata = _errata(living)
    fore, body = _parted(outline.sections)
    cover = cover_of(living, query=asked.query, for_staff=is_staff)
    context = {
        "nav": "plan",
        "any_day": asked,
        "shelf": living.shelf,
        "is_silent": cover.board.is_blank,
        "living": living,
        "edition": edition,
        "is_upcoming": not (edition.is_draft or edition.took_effect_by(living.at)),
        "outline": outline,
        "cover": cover,
        "board": cover.board,
        "notes": Notes(
            edition, errata, changed_places(readable_editions(request.user, living.shelf))
        ),
        "fore": fore,
        "body": body,
        "errata": errata,
        "form": form,
        "hits": search(outline, form.words),
    }
    return render(request, "initiatives/living_plan.html", context)


def _changes(request: HttpRequest) -> HttpResponse:
    """Send whoever names a second day to the page that compares the two."""
    days = {name: request.GET[name] for name in ("since", "on") if request.GET.get(name)}
    return redirect(f"{reverse('plan_changes')}?{urlencode(days)}")


def _parted(tops: list[SectionOutline]) -> tuple[list[SectionOutline], list[SectionOutline]]:
    """Return the top sections before the one in which the items stand, and those from there on; none before where no
    section says where."""
    for place, top in enumerate(tops):
        if any(node.section.kind == SectionKind.ITEMS for node in top.walk()):
            return tops[:place], tops[place:]
    return [], tops


def _errata(living: LivingPlan) -> dict[str, list[Erratum]]:
    """Return the errata that were known, by anchor."""
    errata = errata_by_anchor(living.outline.edition)
    known = {
        anchor: [erratum for erratum in found if living.moment.knows(erratum.recorded_at)]
        for anchor, found in errata.items()
    }
    return {anchor: found for anchor, found in known.items() if found}
