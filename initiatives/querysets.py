"""Questions about initiatives, responsibilities and entries on a day."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from initiatives.enums import ResponsibilityKind
from kirishima_dx.moment import Moment, When

if TYPE_CHECKING:
    from initiatives.models import Initiative, ProgressEntry, Responsibility  # noqa: F401 — in annotations
    from people.models import Department
    from plans.models import FocusItem, FocusItemText


CORRECTIONS = 5
"""How many corrections in a row are known as such of one answer."""

NAMED = 1000
"""How many items a query names one by one. Where more are wanted, those of all are read: then few are read in vain, and
no database is asked to take as many variables as a plan has items."""


class InitiativeQuerySet(QuerySet["Initiative"]):
    def about(self, items: Collection[int] | None) -> Self:
        """Keep those of items, given by their keys, and perhaps more: where the items are more than are NAMED, or all
        are wanted (None), whoever asks tells them apart."""
        if items is None or len(items) > NAMED:
            return self
        return self.filter(focus_item__in=items)

    def for_item(self, focus_item: "FocusItem") -> "Initiative":
        """Return the initiative of an item, making it where nothing was recorded yet."""
        return self.get_or_create(focus_item=focus_item)[0]

    def revision_of(self, focus_item: "FocusItem") -> int:
        """Return how often something was recorded of an item, for a form to be opened on (G4)."""
        return self.filter(focus_item=focus_item).values_list("revision", flat=True).first() or 0


class ResponsibilityQuerySet(QuerySet["Responsibility"]):
    def about(self, items: Collection[int] | None) -> Self:
        """Keep those of items, given by their keys, and perhaps more (see InitiativeQuerySet.about)."""
        if items is None or len(items) > NAMED:
            return self
        return self.filter(initiative__focus_item__in=items)

    def valid_on(self, at: When) -> Self:
        """Keep the responsibilities that held on a day; an end that was not known yet had not come."""
        moment = Moment.of(at)
        return self.filter(
            Q(valid_from__lte=moment.day),
            moment.known("assigned_at"),
            Q(valid_until__isnull=True)
            | Q(valid_until__gte=moment.day)
            | moment.unknown("ended_at"),
        )

    def counted(self) -> Self:
        """Drop those that were taken back before they began."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")))

    def not_ended_before(self, day: date) -> Self:
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))

    def leading_on(self, at: When) -> Self:
        """Keep the responsibilities of those who led on a day."""
        return self.valid_on(at).filter(kind=ResponsibilityKind.LEAD)

    def leads_on(self, at: date) -> "dict[int, Department]":
        """Return the department that leads each initiative on a day, by the key of the initiative."""
        held = self.leading_on(at).select_related("department")
        return {one.initiative_id: one.department for one in held}

    def item_leads_on(self, at: When, items: Collection[int]) -> "dict[int, Department]":
        """Return the department that leads each of these items on a day, by the key of the item."""
        held = self.leading_on(at).filter(initiative__focus_item__in=items)
        told = held.select_related("department", "initiative")
        return {one.initiative.focus_item_id: one.department for one in told}


class ProgressEntryQuerySet(QuerySet["ProgressEntry"]):
    def standing(self, at: Moment | None = None) -> Self:
        """Drop the entries that were corrected; at a moment, those written after it, which correct nothing yet.

        Asked for by NOT EXISTS: behind a join PostgreSQL reads the whole table for each item.
        """
        corrections = self.model._default_manager.filter(corrects=OuterRef("pk"))
        if at is None or not at.is_hindsight:
            return self.filter(~Exists(corrections))
        return self.filter(
            ~Exists(corrections.filter(at.known("recorded_at"))), at.known("recorded_at")
        )

    def latest_first(self) -> Self:
        """Put the entry that holds before those it took the place of."""
        return self.order_by("-as_of", "-recorded_at", "-pk")

    def latest_of(self, initiative: OuterRef, at: When) -> Self:
        """Return, for use in a subquery, the one entry of an outer initiative that holds on a day."""
        moment = Moment.of(at)
        entries = self.standing(moment).filter(initiative=initiative, as_of__lte=moment.day)
        return entries.latest_first()[:1]

    def current(
        self, at: When, *, since: date | None = None, items: Collection[int] | None = None
    ) -> Self:
        """Keep, of each initiative, the entry that holds on a day; `since` leaves out what was said of earlier days.

        `items` are the keys of those that are asked about: others are not looked for, but may be there.
        """
        if items is not None and not items:
            return self.none()
        entries = self.filter(pk__in=_latest_keys(Moment.of(at), named(items)))
        return entries if since is None else entries.filter(as_of__gte=since)


def named(items: Collection[int] | None) -> frozenset[int] | None:
    """Return the items that a query names one by one, for a question to be kept under; None where it reads all."""
    return None if items is None or len(items) > NAMED else frozenset(items)


@lru_cache(maxsize=128)
def _latest_keys(at: Moment, items: frozenset[int] | None) -> RawSQL:
    """Return, for use in a query, the keys of the entries that hold at a moment.

    Django takes longer to put this question into SQL than the database to answer it, and it is asked in the same words
    all day: they are kept.
    """
    from initiatives.models import Initiative, ProgressEntry

    candidates = ProgressEntry.objects.latest_of(OuterRef("pk"), at)
    asked = Initiative.objects.about(items)
    # One without an entry gives NULL, which is no key: to leave it out would look for each entry twice.
    latest = asked.order_by().values_list(Subquery(candidates.values("pk")))
    return RawSQL(*latest.query.sql_with_params())  # noqa: S611 — as Django wrote it


def with_latest_entry(texts: "QuerySet[FocusItemText]", at: When) -> "QuerySet[FocusItemText]":
    """Join to each text, as `latest`, the entry of its item that holds on a day; `latest_pk` is its key.

    One look into the index an item, so that lists are filtered, sorted and counted where the rows are.
    """
    from initiatives.models import ProgressEntry

    item = "focus_item__initiative"
    key = Subquery(ProgressEntry.objects.latest_of(OuterRef(item), at).values("pk"))
    latest = FilteredRelation(f"{item}__entries", condition=Q(**{f"{item}__entries__pk": key}))
    return texts.annotate(latest=latest, latest_pk=F("latest__pk"))
