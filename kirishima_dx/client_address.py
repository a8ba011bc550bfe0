"""From where a request comes."""

import ipaddress

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of who asks, as the server left it: normalised; "" where there is none."""
    told = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
