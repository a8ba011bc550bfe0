"""Why the plan's text changes: the changes of a draft with their reasons, its discussion, and what its adoption rests
on."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.models import ProgressEntry
from kirishima_dx.constraints import both_or_neither, filled, one_of
from plans.models import Edition, Erratum, FocusItem
from reviews.models.decision import Decision
from revisions.enums import AmendmentKind, Aspect, OriginKind
from revisions.querysets import AmendmentQuerySet
from rounds.models import ReportingRound

_SOURCES = ("decision", "entry", "round", "erratum")
_NAMED = {
    OriginKind.DECISION: "decision",
    OriginKind.PROBLEM: "entry",
    OriginKind.ROUND: "round",
    OriginKind.ERRATUM: "erratum",
}
"""Origins that are records here, and the column that names the record."""


def _origin(kind: OriginKind) -> Q:
    """Say that an amendment names the record of its origin, and no other."""
    named = _NAMED.get(kind)
    return Q(origin=kind, **{f"{source}__isnull": source != named for source in _SOURCES})


def _any_origin() -> Q:
    condition = Q()
    for kind in OriginKind:
        condition |= _origin(kind)
    return condition


class Amendment(models.Model):
    """改定: one change of one text in a draft edition, with its reason and what gave rise to it. Never edited; fixed
    with its edition.

    It is what somebody did, not what came of it: whether the text still shows it, its Effects tell (rule O3).
    The text is a focus item or, for the rest, named by its lasting `place`: edition, axes/1, policies/1-A,
    sections/purpose.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="amendments", verbose_name="版"
    )
    focus_item = models.ForeignKey(
        FocusItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name="重点項目",
    )
    place = models.CharField("箇所", max_length=80, blank=True)
    kind = models.CharField("種類", max_length=12, choices=AmendmentKind)
    reason = models.TextField("理由")
    origin = models.CharField(
        "きっかけ", max_length=12, choices=OriginKind, default=OriginKind.OTHER
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    entry = models.ForeignKey(
        ProgressEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    round = models.ForeignKey(
        ReportingRound, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    erratum = models.ForeignKey(
        Erratum, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    amended_at = models.DateTimeField("記録日時")
    amended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    amended_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    objects = AmendmentQuerySet.as_manager()
    counts = True
    """Whether the text still shows it; asked of the database by `with_counts`."""

    class Meta:
        verbose_name = "改定"
        verbose_name_plural = "改定"
        ordering = ("amended_at", "pk")
        constraints = (
            one_of("kind", AmendmentKind, name="amendment_kind_known"),
            models.CheckConstraint(name="amendment_has_reason", condition=filled("reason")),
            models.CheckConstraint(
                name="amendment_of_one_text",
                condition=Q(focus_item__isnull=False, place="")
                | Q(Q(focus_item__isnull=True), filled("place")),
            ),
            models.CheckConstraint(name="amendment_names_its_origin", condition=_any_origin()),
        )

    def __str__(self) -> str:
        return f"{self.focus_item or self.place} {self.get_kind_display()}"


class Effect(models.Model):
    """文言に残る変更: a respect in which a text differs from the base of its edition since an amendment.

    Once the text reads in that respect as in the base again it is undone for good: who changes it after that does so
    upon another amendment. `WORDS` stands for the words as such, where nobody kept which of them were changed.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="effects")
    aspect = models.CharField("何が", max_length=10, choices=Aspect)
    is_undone = models.BooleanField("もとに戻った", default=False)

    class Meta:
        verbose_name = "文言に残る変更"
        verbose_name_plural = "文言に残る変更"
        ordering = ("amendment", "pk")
        constraints = (
            one_of("aspect", Aspect, name="effect_aspect_known"),
            models.UniqueConstraint("amendment", "aspect", name="effect_once"),
        )

    def __str__(self) -> str:
        return f"{self.amendment} {self.get_aspect_display()}"


@dataclass(frozen=True)
class Origin:
    """What gave rise to a change: its kind and, where that is a record here, the record."""

    kind: OriginKind = OriginKind.OTHER
    source: Decision | ProgressEntry | ReportingRound | Erratum | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """Return what an Amendment keeps of it. Raises ValueError where kind and record do not fit."""
        named = _NAMED.get(self.kind)
        if (named is None) != (self.source is None):
            raise ValueError("kind and record of an origin do not fit")
        return {"origin": self.kind, **({named: self.source} if named else {})}

    def fits(self, plan_id: int) -> bool:
        """Whether it may give rise to a change of that plan: no record, or a record of the same plan."""
        match self.source:
            case Decision(meeting=of) | Erratum(edition=of):
                return of.plan_id == plan_id
            case ProgressEntry(initiative=initiative):
                return initiative.focus_item.plan_id == plan_id
            case ReportingRound(plan_id=of_plan):
                return of_plan == plan_id
        return True


class DraftComment(models.Model):
    """意見・質問: what staff say of a text of a draft before the sitting; a question stands open until it is settled.

    `place` and `focus_item` as of an Amendment; neither: the draft as a whole. What was said is never edited.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="comments")
    focus_item = models.ForeignKey(
        FocusItem, on_delete=models.PROTECT, null=True, blank=True, related_name="draft_comments"
    )
    place = models.CharField("箇所", max_length=80, blank=True)
    text = models.TextField("内容")
    is_question = models.BooleanField("施行までに解決すること", default=False)
    said_at = models.DateTimeField("記録日時")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    said_by_name = models.CharField("氏名（当時）", max_length=100)
    settled_at = models.DateTimeField("解決日時", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_by_name = models.CharField("解決した人の氏名（当時）", max_length=100, blank=True)
    settlement = models.TextField("どう解決したか", blank=True)

    class Meta:
        verbose_name = "案への意見・質問"
        verbose_name_plural = "案への意見・質問"
        ordering = ("said_at", "pk")
        constraints = (
            models.CheckConstraint(name="draft_comment_written", condition=filled("text")),
            models.CheckConstraint(
                name="draft_comment_on_one_text",
                condition=Q(focus_item__isnull=True) | Q(place=""),
            ),
            both_or_neither("settled_at", "settled_by", name="draft_comment_settled_pair"),
            models.CheckConstraint(
                name="draft_comment_settled_question",
                condition=Q(settled_at__isnull=True, settlement="")
                | Q(Q(is_question=True, settled_at__isnull=False), filled("settlement")),
            ),
        )

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_open(self) -> bool:
        """Whether it stands in the way of adoption."""
        return self.is_question and self.settled_at is None


class AdoptionDecision(models.Model):
    """Which decision the adoption of an edition rests on; without one the edition's `adoption_basis` says why."""

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, related_name="adoption_decision"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="adopted_editions"
    )

    class Meta:
        verbose_name = "施行の根拠とした決定"
        verbose_name_plural = "施行の根拠とした決定"
        ordering = ("edition",)

    def __str__(self) -> str:
        return f"{self.edition} {self.decision}"
