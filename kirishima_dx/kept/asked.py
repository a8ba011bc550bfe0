"""What a browser says that it has already, and what it can unpack (RFC 9110)."""

import re
from functools import lru_cache

from django.utils.http import parse_etags

WEIGHT = re.compile(r"\s*q=(?P<weight>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.ASCII)


def has_already(header: str, tag: str) -> bool:
    """Whether If-None-Match names the page that there is: weakly compared, any page by `*`."""
    if not header:
        return False
    names = parse_etags(header)
    return names == ["*"] or tag.removeprefix("W/") in {one.removeprefix("W/") for one in names}


@lru_cache(maxsize=64)
def takes_gzip(header: str) -> bool:
    """Whether Accept-Encoding names gzip, itself or by `*`, and does not weigh it 0; nonsense is no yes."""
    weights = dict(map(_weighed, header.lower().split(",")))
    return next((weights[name] for name in ("gzip", "x-gzip", "*") if name in weights), 0) > 0


def _weighed(one: str) -> tuple[str, float]:
    coding, mark, told = one.partition(";")
    found = WEIGHT.fullmatch(told)
    weight = float(found["weight"]) if found else float(not mark)
    return coding.strip(), weight
