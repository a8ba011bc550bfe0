"""Where a request comes from: the one place that believes a proxy, and only those that TRUSTED_PROXY names.

A proxy in front says in X-Forwarded-For who asked and in X-Forwarded-Proto how. Anybody can write these headers, so
`BehindProxies` (kirishima_dx/wsgi.py) takes them from the addresses named, and from every request away. Behind it
REMOTE_ADDR and the scheme are what is believed. Other headers that proxies use (Forwarded, X-Real-IP …) are never read.
"""

from collections.abc import Callable, Collection, Iterable, MutableMapping
from ipaddress import ip_address
from typing import Any

from django.http import HttpRequest

Environ = MutableMapping[str, Any]
Application = Callable[[Any, Any], Iterable[bytes]]

WAS_FORWARDED = "kirishima_dx.was_forwarded"
"""In the environ: a header of a proxy came with the request, believed or not."""
BELIEVED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")
MARKS = (
    "HTTP_X_FORWARDED",
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_REAL_IP",
    "HTTP_X_ARR_",
    "HTTP_X_ORIGINAL_",
    "HTTP_X_CLIENT_IP",
    "HTTP_CLIENT_IP",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_",
    "HTTP_X_CLUSTER_CLIENT_IP",
    "HTTP_X_PROXYUSER_IP",
    "HTTP_X_AZURE_",
    "HTTP_X_ENVOY_",
)
"""How the headers begin by which proxies of any make are known."""
SCHEMES = ("http", "https")


def client_address(request: HttpRequest) -> str:
    """Return the address that asks, in one spelling; empty where the server knows none."""
    return read_address(str(request.META.get("REMOTE_ADDR", "")))


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether somebody on this machine asks the server itself.

    What came through a proxy never is, although a proxy on this machine asks from here too: any header of a proxy
    tells, also one that was taken away. A proxy that sends none cannot be told from a person (docs/operations.md).
    """
    address = client_address(request)
    return bool(address) and ip_address(address).is_loopback and not was_forwarded(request.META)


def was_forwarded(environ: Environ) -> bool:
    """Whether a header of a proxy is, or was, in the request."""
    return bool(environ.get(WAS_FORWARDED)) or any(name.startswith(MARKS) for name in environ)


def read_address(text: str) -> str:
    """Return an address in one spelling, without port, brackets, quotes and scope; empty where it is none.

    `::ffff:192.0.2.1` is 192.0.2.1.
    """
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


class BehindProxies:
    """A WSGI application to which each request comes from who asked, and never with a header of a proxy."""

    def __init__(self, application: Application, *, trusted: Collection[str]) -> None:
        self._application = application
        self._trusted = frozenset(trusted)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        environ[WAS_FORWARDED] = was_forwarded(environ)
        chain, scheme = (str(environ.get(name, "")) for name in BELIEVED)
        for name in [name for name in environ if name.startswith(MARKS)]:
            del environ[name]
        nearest = read_address(str(environ.get("REMOTE_ADDR", "")))
        environ["REMOTE_ADDR"] = environ["REMOTE_HOST"] = nearest
        if nearest in self._trusted:
            environ["REMOTE_ADDR"] = environ["REMOTE_HOST"] = self._asked_by(chain, nearest)
            self._take_scheme(environ, scheme)
        return self._application(environ, start_response)

    def _asked_by(self, chain: str, nearest: str) -> str:
        """Return the last address of a chain that is no trusted proxy: each proxy adds at the end whom it saw.

        What stands before that one, or before what is no address, may be made up by whoever asked.
        """
        while chain and nearest in self._trusted:
            chain, _, last = chain.rpartition(",")
            address = read_address(last)
            if not address:
                break
            nearest = address
        return nearest

    def _take_scheme(self, environ: Environ, said: str) -> None:
        """Take the scheme that the nearest proxy says, which is the last one."""
        scheme = said.rpartition(",")[2].strip().lower()
        if scheme in SCHEMES:
            environ["wsgi.url_scheme"] = scheme
