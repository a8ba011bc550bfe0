"""The addresses of the product, stable for ten years (design.md §5).

Their order means nothing: no path is matched by two patterns (tests/test_addresses.py).
"""

from django.contrib import admin
from django.urls import include, path

from kirishima_dx.views import health

urlpatterns = [
    path("healthz", health, name="health"),
    path("admin/", admin.site.urls),
    path("", include("plans.urls")),
    path("", include("people.urls")),
    path("", include("portal.urls")),
    path("", include("rounds.urls.answers")),
    path("", include("initiatives.urls.departments")),
    path("", include("rounds.urls.imports")),
    path("", include("rounds.urls.handover")),
    path("", include("initiatives.urls.items")),
    path("", include("rounds.urls.rounds")),
    path("", include("initiatives.urls.study")),
    path("", include("reviews.urls")),
    path("", include("revisions.urls")),
]

handler400 = "kirishima_dx.views.bad_request"
handler403 = "people.views.sign_in.refused"
handler404 = "people.views.sign_in.missing"
handler500 = "kirishima_dx.views.server_error"
