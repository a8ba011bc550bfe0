"""How a page comes by the edition that its address names."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from plans.rules import can_read_edition
from plans.served import served_shelf
from plans.shelf import EditionShelf, ShelvedEdition

P = ParamSpec("P")


def with_edition(
    view: Callable[Concatenate[HttpRequest, EditionShelf, ShelvedEdition, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Hand the edition called `number` to a view, with the others beside it.

    An unknown number is a 404; a draft beside an edition in force asks for signing in.
    """

    def loaded(
        request: HttpRequest, number: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        shelf = served_shelf(request)
        shelved = shelf.numbered(number)
        if shelved is None:
            raise Http404(f"第{number}版はありません。")
        if not can_read_edition(request.user, shelved):
            return redirect_to_login(request.get_full_path())
        return view(request, shelf, shelved, *args, **kwargs)

    update_wrapper(loaded, view)
    return loaded
