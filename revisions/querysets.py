"""Filters over amendments that several pages share."""

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, QuerySet

if TYPE_CHECKING:
    from revisions.models import Amendment  # noqa: F401 — in annotations


class AmendmentQuerySet(QuerySet["Amendment"]):
    """`counts`: whether the text still shows something of an amendment (rule O3)."""

    def with_counts(self) -> Self:
        """Add to each whether it counts, as `counts`."""
        return self.annotate(counts=self._showing())

    def counting(self) -> Self:
        """Keep those of which the text still shows something; they know that they count."""
        return self.filter(self._showing())

    def _showing(self) -> Exists:
        effects = self.model.effects.rel.related_model._base_manager
        return Exists(effects.filter(amendment=OuterRef("pk"), is_undone=False))
