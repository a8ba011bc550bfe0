"""What an edition says: axes, policies, focus items and sections."""

from functools import lru_cache

from django.db import models
from django.urls import get_script_prefix, reverse

from kirishima_dx.constraints import filled, one_of
from kirishima_dx.history import tracked
from plans.enums import SectionKind
from plans.models.plan import Edition, Plan
from plans.section_text import Block, parse_blocks


class Axis(models.Model):
    """軸, as one edition words it.

    `key` tells from edition to edition which axis it is, whatever its number and name; a new one says where the axis
    first stood. `version` counts the savings of a draft text, here and below (G4).
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="axes")
    key = models.SlugField("軸の識別子", max_length=20)
    number = models.PositiveSmallIntegerField("番号")
    name = models.CharField("名称", max_length=100)
    english = models.CharField("英語の語", max_length=60, blank=True)
    tagline = models.CharField("標語", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = tracked()

    class Meta:
        verbose_name = "軸"
        verbose_name_plural = "軸"
        ordering = ("edition", "number")
        constraints = (
            models.UniqueConstraint("edition", "key", name="axis_key_once"),
            models.UniqueConstraint("edition", "number", name="axis_number_once"),
            models.CheckConstraint(name="axis_named", condition=filled("name", "key")),
        )

    def __str__(self) -> str:
        return self.name


class Policy(models.Model):
    """取組方針, lettered within its axis; `key` as that of an Axis."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="policies")
    axis = models.ForeignKey(Axis, on_delete=models.CASCADE, related_name="policies")
    key = models.SlugField("取組方針の識別子", max_length=20)
    letter = models.CharField("記号", max_length=1)
    name = models.CharField("名称", max_length=200)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = tracked()

    class Meta:
        verbose_name = "取組方針"
        verbose_name_plural = "取組方針"
        ordering = ("axis__number", "letter")
        constraints = (
            models.UniqueConstraint("edition", "key", name="policy_key_once"),
            models.UniqueConstraint("axis", "letter", name="policy_letter_once"),
            models.CheckConstraint(name="policy_named", condition=filled("name", "letter", "key")),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def code(self) -> str:
        """Return 1-A."""
        return f"{self.axis.number}-{self.letter}"


@lru_cache(maxsize=10_000)
def _item_page(code: str, prefix: str) -> str:
    """Return the address of an item below the prefix of the site, which reverse puts before it: / asks for all."""
    return reverse("item_detail", args=[code])


class FocusItem(models.Model):
    """重点項目: the lasting identity behind the wordings, with a code that is never used again.

    The code tells where the item first stood; where it stands in an edition is `FocusItemText.place`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="focus_items")
    code = models.CharField("番号", max_length=20)

    class Meta:
        verbose_name = "重点項目"
        verbose_name_plural = "重点項目"
        ordering = ("plan", "code")
        constraints = (
            models.UniqueConstraint("plan", "code", name="focus_item_code_once"),
            models.CheckConstraint(name="focus_item_coded", condition=filled("code")),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return _item_page(self.code, get_script_prefix())


class FocusItemText(models.Model):
    """What one edition says of a focus item: its place, title, 取組の概要 and ★."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="item_texts")
    focus_item = models.ForeignKey(FocusItem, on_delete=models.PROTECT, related_name="texts")
    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="item_texts")
    number = models.PositiveSmallIntegerField("取組方針の中の番号")
    title = models.CharField("重点項目", max_length=200)
    overview = models.TextField("取組の概要", blank=True)
    is_study = models.BooleanField("検討項目 ★", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = tracked()

    class Meta:
        verbose_name = "重点項目の文言"
        verbose_name_plural = "重点項目の文言"
        ordering = ("policy__axis__number", "policy__letter", "number")
        constraints = (
            models.UniqueConstraint("edition", "focus_item", name="item_text_once_an_edition"),
            models.UniqueConstraint("policy", "number", name="item_text_number_once"),
            models.CheckConstraint(name="item_text_titled", condition=filled("title")),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.title}"

    def get_absolute_url(self) -> str:
        if self.edition.is_abandoned:
            return f"{self.edition.get_absolute_url()}#item-{self.place}"
        return reverse("edition_item", args=[self.edition.number, self.focus_item.code])

    @property
    def place(self) -> str:
        """Return where the item stands in this edition: 1-A-3."""
        return f"{self.policy.code}-{self.number}"


class Section(models.Model):
    """章・節: the rest of the plan's text, a tree under lasting keys that serve as anchors.

    `body` follows the conventions of `section_text`. A title that the source lacks and we supplied for finding one's
    way is marked `is_supplied` and shown in ［］.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField("見出しの識別子", max_length=60)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField("並び順")
    number = models.CharField("見出し番号", max_length=20, blank=True)
    title = models.CharField("見出し", max_length=200)
    is_supplied = models.BooleanField("補った見出し", default=False)
    kind = models.CharField("種類", max_length=12, choices=SectionKind, default=SectionKind.TEXT)
    body = models.TextField("本文", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = tracked()

    class Meta:
        verbose_name = "章・節"
        verbose_name_plural = "章・節"
        ordering = ("edition", "order")
        constraints = (
            models.UniqueConstraint("edition", "key", name="section_key_once"),
            models.UniqueConstraint("edition", "order", name="section_order_once"),
            models.CheckConstraint(name="section_titled", condition=filled("key", "title")),
            one_of("kind", SectionKind, name="section_kind_known"),
        )

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        title = f"［{self.title}］" if self.is_supplied else self.title
        return f"{self.number} {title}" if self.number else title

    @property
    def blocks(self) -> list[Block]:
        return parse_blocks(self.body)
