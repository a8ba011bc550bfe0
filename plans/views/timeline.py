"""計画の年表: which plans run when, beside the editions of this one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.kept.decorator import kept
from plans.served import served_shelf
from plans.timeline import timeline_of
from plans.timeline_picture import draw


@require_safe
@kept
def edition_timeline(request: HttpRequest) -> HttpResponse:
    shelf, today = served_shelf(request), clock.today()
    edition = shelf.living.edition if shelf.living else None
    timeline = timeline_of(edition.sections.order_by("order")) if edition else None
    adopted = [shelved for shelved in shelf.editions if shelved.is_public]
    context = {
        "nav": "editions",
        "crumbs": [("版と改定", reverse("edition_list")), ("計画の年表", "")],
        "edition": edition,
        "editions": adopted,
        "timeline": timeline,
        "today_in_words": wareki_date(today),
        "picture": draw(timeline, (one.edition for one in adopted), today) if timeline else None,
    }
    return render(request, "plans/timeline.html", context)
