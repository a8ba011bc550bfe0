"""The floor of a page: a view that sends bytes, with nothing around it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

size = 0


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"x" * size)


urlpatterns = [path("", page)]
