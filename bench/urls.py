"""The addresses of a run: those of the product, and the floors beside them.

They stand for the whole run: whoever takes others for a while clears what Django keeps of addresses, and each page
after it pays for it.
"""

from django.conf import settings
from django.urls import include, path

from bench import beside_admin, floors
from kirishima_dx import urls as product

urlpatterns = [
    path("bench/bytes/", floors.fixed_bytes),
    path("bench/query/", floors.query),
    path("bench/304/", floors.not_modified),
    path("bench/flat/", floors.flat),
    path("bench/admin/", beside_admin.site.urls),
    path("", include(product)),
]
handler400, handler403 = product.handler400, product.handler403
handler404, handler500 = product.handler404, product.handler500


def take_these() -> None:
    """Serve these addresses from now on. To be called before the first request."""
    settings.ROOT_URLCONF = "bench.urls"
