"""Addresses of the editions and their 正誤."""

from django.urls import path

from plans.views import edition, erratum, timeline

urlpatterns = [
    path("editions/", edition.edition_list, name="edition_list"),
    path("editions/errata/", erratum.errata, name="errata"),
    path("editions/timeline/", timeline.edition_timeline, name="edition_timeline"),
    path("editions/<edition:number>/", edition.edition_detail, name="edition_detail"),
    path(
        "editions/<edition:number>/errata/add/",
        erratum.edition_erratum_add,
        name="edition_erratum_add",
    ),
    path("editions/<edition:number>/items/<str:code>/", edition.edition_item, name="edition_item"),
]
