"""How focus items go on from edition to edition, and what was wrong as printed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kirishima_dx.constraints import both_or_neither, filled, one_of
from plans.enums import DESCENTS, ErratumKind, Fate
from plans.models.plan import Edition
from plans.models.text import FocusItem


class Descent(models.Model):
    """系譜: in an edition, one item goes over into another by 分割 or 統合; part of the edition's text.

    The item that is split may go on itself or end, and so may the one that others are merged into be new or old.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="descents")
    before = models.ForeignKey(FocusItem, on_delete=models.PROTECT, related_name="descents_after")
    after = models.ForeignKey(FocusItem, on_delete=models.PROTECT, related_name="descents_before")
    kind = models.CharField("扱い", max_length=10, choices=Fate)

    class Meta:
        verbose_name = "項目の系譜"
        verbose_name_plural = "項目の系譜"
        ordering = ("edition", "before", "after")
        constraints = (
            models.UniqueConstraint("edition", "before", "after", name="descent_joined_once"),
            models.CheckConstraint(name="descent_of_another", condition=~Q(before=F("after"))),
            models.CheckConstraint(name="descent_kind_known", condition=Q(kind__in=DESCENTS)),
        )

    def __str__(self) -> str:
        return f"{self.before} → {self.after} {self.get_kind_display()}"


class ItemFate(models.Model):
    """What became of one item of the old edition in the new one, recorded at adoption for good (T3).

    One row joins one old item to one new item; 終了 has no new item, 新設 no old one. A split is several rows with one
    `before`, a merger several rows with one `after`.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="fates", verbose_name="新しい版"
    )
    before = models.ForeignKey(
        FocusItem,
        on_delete=models.PROTECT,
        null=True,
        related_name="fates_after",
        verbose_name="旧版の項目",
    )
    after = models.ForeignKey(
        FocusItem,
        on_delete=models.PROTECT,
        null=True,
        related_name="fates_before",
        verbose_name="新版の項目",
    )
    fate = models.CharField("扱い", max_length=10, choices=Fate)

    class Meta:
        verbose_name = "項目の引継ぎ"
        verbose_name_plural = "項目の引継ぎ"
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "before", "after"), name="item_fate_joined_once"
            ),
            models.UniqueConstraint(
                fields=("edition", "before"),
                condition=Q(after__isnull=True),
                name="item_fate_ended_once",
            ),
            models.UniqueConstraint(
                fields=("edition", "after"),
                condition=Q(before__isnull=True),
                name="item_fate_new_once",
            ),
            one_of("fate", Fate, name="item_fate_known"),
            models.CheckConstraint(
                name="item_fate_ends_fit",
                condition=Q(fate=Fate.ENDED, before__isnull=False, after__isnull=True)
                | Q(fate=Fate.NEW, before__isnull=True, after__isnull=False)
                | (
                    ~Q(fate__in=(Fate.ENDED, Fate.NEW))
                    & Q(before__isnull=False, after__isnull=False)
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.before or '—'} → {self.after or '—'} {self.get_fate_display()}"


class Erratum(models.Model):
    """正誤: the text was wrong as transcribed or printed: old, new, where, why. Never a revision (T1).

    `place` names a text of the edition: items/1-A-3/overview, sections/purpose/body, axes/1/name, policies/1-A/name.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="errata", verbose_name="版"
    )
    kind = models.CharField("種類", max_length=14, choices=ErratumKind)
    order = models.PositiveSmallIntegerField("並び順")
    place = models.CharField("箇所", max_length=120)
    wrong = models.TextField("誤")
    right = models.TextField("正")
    reason = models.TextField("理由")
    recorded_at = models.DateTimeField("記録日時", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "正誤"
        verbose_name_plural = "正誤"
        ordering = ("edition", "order")
        constraints = (
            models.UniqueConstraint("edition", "order", name="erratum_order_once"),
            models.CheckConstraint(
                name="erratum_complete",
                condition=filled("place", "wrong", "reason") & ~Q(right=models.F("wrong")),
            ),
            one_of("kind", ErratumKind, name="erratum_kind_known"),
            both_or_neither("recorded_at", "recorded_by", name="erratum_recorded_pair"),
        )

    def __str__(self) -> str:
        return f"{self.place}: {self.wrong} → {self.right}"
