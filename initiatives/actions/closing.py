"""Closing the words of an entry (A3)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from initiatives.models import Initiative, ProgressEntry


def close_entry(entry: ProgressEntry, values: Mapping[str, Any], by: Any) -> None:
    """Empty texts of an entry; forms that were opened on its initiative are told so (G4)."""
    ProgressEntry.objects.filter(pk=entry.pk).update(**values)
    Initiative.objects.filter(pk=entry.initiative_id).update(revision=F("revision") + 1)
