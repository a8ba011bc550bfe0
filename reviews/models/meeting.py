"""The sittings of the DX推進本部: what was put before it, who was there, what was said."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from initiatives.models import ProgressEntry
from kirishima_dx.constraints import both_or_neither, filled, one_of
from kirishima_dx.fiscal_year import fiscal_year_wareki
from kirishima_dx.history import tracked
from plans.models import Edition, FocusItem, Plan
from reviews.enums import AgendaKind, AttendanceKind
from reviews.models.annual_report import AnnualReport
from reviews.querysets import MeetingQuerySet

HEADQUARTERS = "DX推進本部会議"


class Meeting(models.Model):
    """本部会議: planned, held, and its record closed; afterwards the record only grows by additions.

    `report` is the annual report whose tables are 資料1 to 資料3. Papers are numbered on from `first_paper`, after
    `paper_prefix`. `version` counts the savings of the plan of the sitting (G4). One that was called off keeps its
    agenda, opinions and members; its number is free for another. `names_questions` is false of a meeting whose record
    was closed before agendas said what is asked of the 本部: no paper of it tells, and nobody knows what was 報告.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="meetings")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("回")
    name = models.CharField("会議の名称", max_length=60, default=HEADQUARTERS)
    held_on = models.DateField("開催日")
    starts_at = models.TimeField("開始時刻", null=True, blank=True)
    place = models.CharField("場所", max_length=100, blank=True)
    report = models.ForeignKey(
        AnnualReport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name="報告する年次報告",
    )
    paper_prefix = models.CharField("資料番号の頭", max_length=10, default="資料")
    first_paper = models.PositiveSmallIntegerField("最初の資料番号", default=1)
    names_questions = models.BooleanField("諮ることを議題に書く会議", default=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    planned_at = models.DateTimeField("作成日時")
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="作成者"
    )
    closed_at = models.DateTimeField("記録の確定日時", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_by_name = models.CharField("記録の確定者（当時）", max_length=100, blank=True)
    called_off_at = models.DateTimeField("取りやめの日時", null=True, blank=True)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    called_off_by_name = models.CharField("取りやめた人（当時）", max_length=100, blank=True)
    called_off_because = models.TextField("取りやめの理由", blank=True)

    history = tracked()
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "本部会議"
        verbose_name_plural = "本部会議"
        ordering = ("-held_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "fiscal_year", "name", "number"),
                condition=Q(called_off_at__isnull=True),
                name="meeting_number_once",
            ),
            models.CheckConstraint(name="meeting_named", condition=filled("name", "paper_prefix")),
            models.CheckConstraint(
                name="meeting_numbers_from_one",
                condition=Q(number__gte=1, first_paper__gte=1),
            ),
            both_or_neither("closed_at", "closed_by", name="meeting_closed_pair"),
            both_or_neither("called_off_at", "called_off_by", name="meeting_called_off_pair"),
            models.CheckConstraint(
                name="meeting_called_off_open_with_reason",
                condition=Q(called_off_at__isnull=True, called_off_because="")
                | Q(called_off_at__isnull=False, closed_at__isnull=True)
                & filled("called_off_because"),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def title(self) -> str:
        """Return 令和8年度第1回DX推進本部会議; one that was called off says so."""
        end = "（取りやめ）" if self.is_called_off else ""
        return f"{fiscal_year_wareki(self.fiscal_year)}第{self.number}回{self.name}{end}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None

    @property
    def is_open(self) -> bool:
        """Whether its plan and its record may still be changed."""
        return not self.is_closed and not self.is_called_off

    def is_held(self, today: date) -> bool:
        """Whether the day of the sitting has come; that of one that was called off never does."""
        return self.held_on <= today and not self.is_called_off

    def paper(self, place: int) -> str:
        """Return the 資料番号 of the paper that comes `place`-th, counted from 1; 0 is the one before all others, which
        is 資料0 whatever the number of the first, so that no other paper bears it."""
        if place == 0:
            return f"{self.paper_prefix}0"
        return f"{self.paper_prefix}{self.first_paper + place - 1}"


class Attendance(models.Model):
    """出欠: one member and one sitting. Names as they were, of staff and members alone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    position = models.PositiveSmallIntegerField("順")
    post = models.CharField("職", max_length=60, blank=True)
    name = models.CharField("氏名", max_length=60)
    kind = models.CharField(
        "出欠", max_length=12, choices=AttendanceKind, default=AttendanceKind.EXPECTED
    )
    substitute = models.CharField("代理者", max_length=60, blank=True)

    class Meta:
        verbose_name = "出欠"
        verbose_name_plural = "出欠"
        ordering = ("meeting", "position", "pk")
        constraints = (
            one_of("kind", AttendanceKind, name="attendance_kind_known"),
            models.CheckConstraint(name="attendance_named", condition=filled("name")),
            models.CheckConstraint(
                name="attendance_substitute_named",
                condition=Q(kind=AttendanceKind.SUBSTITUTE) & filled("substitute")
                | ~Q(kind=AttendanceKind.SUBSTITUTE) & Q(substitute=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.post} {self.name}".strip()

    @property
    def in_words(self) -> str:
        """Return 部長 甲野 一郎 代理出席（乙野 二郎）."""
        substitute = f"（{self.substitute}）" if self.substitute else ""
        return f"{self} {self.get_kind_display()}{substitute}"


_MATTERS = ("report", "focus_item", "entry", "edition")


def _matter(kind: AgendaKind, *named: str) -> Q:
    """Say that an agenda item of a kind names what it concerns, and nothing else."""
    return Q(kind=kind, **{f"{matter}__isnull": matter not in named for matter in _MATTERS})


class AgendaItem(models.Model):
    """議題: one matter before a sitting, and what it concerns; `discussion` is the gist of what was said (議事要旨).

    A problem is an entry that puts its 課題 to the DX推進本部; an amendment is a draft edition as a whole; of a
    改定の検討 the Considerations of the same sitting say what came of it. `question` is what the 本部 is asked to
    decide (お諮りすること); an item without one is 報告. `explanation` tells of it, and what is proposed. `version`
    counts the savings (G4).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField("順")
    kind = models.CharField("区分", max_length=12, choices=AgendaKind)
    title = models.CharField("議題", max_length=200)
    question = models.TextField("お諮りすること", blank=True)
    explanation = models.TextField("説明・案", blank=True)
    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    focus_item = models.ForeignKey(
        FocusItem, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    entry = models.ForeignKey(
        ProgressEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    discussion = models.TextField("議論の要旨", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = tracked()

    class Meta:
        verbose_name = "議題"
        verbose_name_plural = "議題"
        ordering = ("meeting", "position", "pk")
        constraints = (
            one_of("kind", AgendaKind, name="agenda_kind_known"),
            models.CheckConstraint(name="agenda_titled", condition=filled("title")),
            models.CheckConstraint(
                name="agenda_names_its_matter",
                condition=_matter(AgendaKind.REPORT, "report")
                | _matter(AgendaKind.PROBLEM, "focus_item", "entry")
                | _matter(AgendaKind.ITEM, "focus_item")
                | _matter(AgendaKind.AMENDMENT, "edition")
                | _matter(AgendaKind.CONSIDERATION)
                | _matter(AgendaKind.OTHER),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('meeting', args=[self.meeting_id])}#agenda-{self.pk}"


class Opinion(models.Model):
    """意見: what a 本部員 says of an agenda item before the sitting. Append-only; for the 本部 and the 事務局."""

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="opinions")
    text = models.TextField("意見")
    written_at = models.DateTimeField("記録日時")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    written_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "本部員の意見"
        verbose_name_plural = "本部員の意見"
        ordering = ("agenda_item", "written_at", "pk")
        constraints = (models.CheckConstraint(name="opinion_written", condition=filled("text")),)

    def __str__(self) -> str:
        return f"{self.agenda_item} {self.written_by_name}"
