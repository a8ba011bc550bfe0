"""Recording what was taken out as a file (A2)."""

import hashlib

from django.db import transaction

from kirishima_dx import clock
from people.models import Download, User


@transaction.atomic
def record_download(
    *, by: User | None, address: str, url_name: str, path: str, name: str, content: bytes | None
) -> Download:
    """Record that a file goes out; `content` is None where it is written while it goes."""
    return Download.objects.create(
        taken_at=clock.now(),
        taken_by=by,
        taken_by_name=by.display_name if by else "",
        address=address,
        url_name=url_name,
        path=path[:500],
        file_name=name[:300],
        size=None if content is None else len(content),
        digest="" if content is None else hashlib.sha256(content).hexdigest(),
    )
