"""なぜこう書いてあるのか: the story of one text of the plan."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kirishima_dx.kept.decorator import kept
from plans.rules import can_read_edition
from plans.shelf import EditionShelf, ShelvedEdition
from plans.views.loading import with_edition
from reviews.rules import can_see_drafts
from revisions.queries.why import text_story


@require_safe
@kept
@with_edition
def edition_why(
    request: HttpRequest, shelf: EditionShelf, shelved: ShelvedEdition, place: str
) -> HttpResponse:
    readable = [one for one in shelf.editions if can_read_edition(request.user, one)]
    story = text_story(place, shelved, readable, is_staff=can_see_drafts(request.user))
    if story is None:
        raise Http404("この箇所は、読める版のどれにもありません。")
    edition = shelved.edition
    context = {
        "nav": "editions",
        "crumbs": [
            ("版と改定", reverse("edition_list")),
            (edition.name, edition.get_absolute_url()),
            (f"{story.name}の経緯", ""),
        ],
        "edition": edition,
        "shelved": shelved,
        "story": story,
        "place": place,
    }
    return render(request, "revisions/why.html", context)
