"""One dated statement about one initiative."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from initiatives.enums import LATE_RATINGS, EntryKind
from initiatives.models.initiative import Initiative
from initiatives.models.stated import Stated, known_choices
from initiatives.querysets import ProgressEntryQuerySet
from kirishima_dx.constraints import filled, one_of
from people.models import Department


class ProgressEntry(Stated):
    """進捗の記録: append-only (G1). What holds on a day is the latest entry on or before it.

    `as_of` is the day the statement speaks of (基準日), `recorded_at` when it was written. 変更なし repeats the
    values of the entry it names, so that every row can be read alone. `for_headquarters` puts the 課題 to the
    DX推進本部 (本部で協議したい). A 訂正 names the entry it corrects and
    takes its place.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("回答区分", max_length=10, choices=EntryKind)
    as_of = models.DateField("基準日")
    repeats = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by"
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction_reason = models.TextField("訂正の理由", blank=True)
    recorded_at = models.DateTimeField("記録日時")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    recorded_by_name = models.CharField("記録者の氏名（当時）", max_length=100)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="部署",
    )
    department_name = models.CharField("部署名（当時）", max_length=100, blank=True)

    objects = ProgressEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "進捗の記録"
        verbose_name_plural = "進捗の記録"
        ordering = ("initiative", "-as_of", "-recorded_at", "-pk")
        indexes = (
            models.Index(
                F("initiative"),
                F("as_of").desc(),
                F("recorded_at").desc(),
                F("id").desc(),
                name="entry_latest",
            ),
        )
        constraints = (
            one_of("kind", EntryKind, name="entry_kind_known"),
            *known_choices("entry"),
            models.CheckConstraint(
                name="entry_rating_has_reason", condition=filled("rating_reason")
            ),
            models.CheckConstraint(
                name="entry_late_is_explained",
                condition=~Q(rating__in=LATE_RATINGS)
                | (filled("delay_cause", "countermeasure") & Q(new_due_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="entry_headquarters_has_problem",
                condition=Q(for_headquarters=False) | filled("problem"),
            ),
            models.CheckConstraint(
                name="entry_new_date_is_ahead",
                condition=Q(new_due_date__isnull=True) | Q(new_due_date__gt=F("as_of")),
            ),
            models.CheckConstraint(
                name="entry_unchanged_names_what",
                condition=Q(kind=EntryKind.UNCHANGED, repeats__isnull=False)
                | (~Q(kind=EntryKind.UNCHANGED) & Q(repeats__isnull=True)),
            ),
            models.CheckConstraint(
                name="entry_correction_names_what_and_why",
                condition=(
                    Q(kind=EntryKind.CORRECTION, corrects__isnull=False)
                    & filled("correction_reason")
                )
                | (~Q(kind=EntryKind.CORRECTION) & Q(corrects__isnull=True, correction_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative} {self.as_of:%Y-%m-%d} {self.get_status_display()}"

    @property
    def as_corrected(self) -> "ProgressEntry":
        """Return the entry that stands in the place of this one: the last of its corrections, or itself."""
        entry = self
        while hasattr(entry, "corrected_by"):
            entry = entry.corrected_by
        return entry

    @property
    def is_late(self) -> bool:
        return self.rating in LATE_RATINGS

    @property
    def is_unchanged(self) -> bool:
        return self.kind == EntryKind.UNCHANGED

    @property
    def said_by(self) -> str:
        """Return the department and name as they were when it was said."""
        return f"{self.department_name} {self.recorded_by_name}".strip()
