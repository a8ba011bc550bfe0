"""Filters over plans and editions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from kirishima_dx.errors import SettingRefused
from kirishima_dx.moment import Moment, When
from plans.enums import ADOPTED, EditionStatus

if TYPE_CHECKING:
    from plans.models import Edition, Plan, RecalledAdoption


_NUMBER = re.compile(r"(?P<major>[0-9]{1,4})\.(?P<minor>[0-9]{1,4})")


class PlanQuerySet(QuerySet["Plan"]):
    def served(self) -> "Plan | None":
        """Return the plan that this installation shows; None before a plan is loaded.

        It is the one that settings.PLAN_CODE names or, where nothing is set, the only one. Raises SettingRefused where
        that tells no plan: another one is never shown in its place.
        """
        plans = {plan.code: plan for plan in self.order_by("pk")}
        fault = plan_code_fault(settings.PLAN_CODE, {p.code: p.name for p in plans.values()})
        if fault:
            raise SettingRefused(fault)
        return plans.get(settings.PLAN_CODE) or next(iter(plans.values()), None)

    def setting_fault(self) -> str:
        """Return why `served` would raise; empty where it would not. Reads no more of a plan than what it is called."""
        names = dict(self.order_by("pk").values_list("code", "name"))
        return plan_code_fault(settings.PLAN_CODE, names)


def plan_code_fault(wanted: str, names: Mapping[str, str]) -> str:
    """Return what is wrong with a PLAN_CODE beside the plans that there are (names by code); empty where it is right.

    Before a plan is loaded every PLAN_CODE is right.
    """
    if not names or wanted in names or (not wanted and len(names) == 1):
        return ""
    there = "、".join(f"{code}（{name}）" for code, name in names.items())
    if not wanted:
        return (
            f"計画が{len(names)}件読み込まれています: {there}。"
            "見せる計画の符号を、環境変数 PLAN_CODE に設定してください。"
        )
    return (
        f"環境変数 PLAN_CODE の「{wanted}」という計画は、読み込まれていません。"
        f"読み込まれているのは {there} です。PLAN_CODE をこの中の一つに直すか、"
        "manage.py load_plan でその計画を読み込んでください。"
    )


class EditionQuerySet(QuerySet["Edition"]):
    def of(self, plan: "Plan") -> Self:
        """Keep the editions of a plan; a draft that was abandoned is none."""
        return self.filter(plan=plan).exclude(status=EditionStatus.ABANDONED).select_related("plan")

    def abandoned_of(self, plan: "Plan") -> Self:
        """Keep the drafts of a plan that were abandoned, the last one first."""
        given_up = self.filter(plan=plan, status=EditionStatus.ABANDONED)
        return given_up.select_related("plan", "base", "abandoned_by").order_by("-abandoned_at")

    def draft_of(self, plan: "Plan | None") -> "Edition | None":
        """Return the draft of a plan that is open, with its base; there is one at most."""
        drafts = self.filter(plan=plan, status=EditionStatus.DRAFT)
        return drafts.select_related("plan", "base").first()

    def adopted(self) -> Self:
        return self.filter(status__in=ADOPTED)

    def numbered(self, number: str) -> Self:
        """Keep the edition called e.g. 2.1; none if that is no number. An abandoned draft gave its number back."""
        found = _NUMBER.fullmatch(number)
        if found is None:
            return self.none()
        kept = self.exclude(status=EditionStatus.ABANDONED)
        return kept.filter(major=int(found["major"]), minor=int(found["minor"]))

    def living(self, plan: "Plan", at: When) -> "Edition | None":
        """Return the edition in force on a day or, while none has been adopted, the 案 (see living_of)."""
        moment = Moment.of(at)
        return living_of(self.as_known(plan, moment), moment)

    def as_known(self, plan: "Plan", at: Moment) -> "list[Edition]":
        """Return the editions of a plan, those whose adoption was taken back or moved after a moment as they stood
        until then. What was adopted after it is among them (see living_of)."""
        from plans.models import RecalledAdoption

        editions = self.filter(plan=plan).order_by("major", "minor")
        if at.is_hindsight:
            later = RecalledAdoption.objects.filter(
                at.unknown("recalled_at"), edition=OuterRef("pk")
            )
            editions = editions.annotate(is_recalled=Exists(later))
        found = list(editions)
        known = {edition.pk: edition for edition in found}
        for edition in found:
            edition.plan = plan
            if edition.base_id in known:
                edition.base = known[edition.base_id]
        recalled = [edition for edition in found if getattr(edition, "is_recalled", False)]
        restored = RecalledAdoption.objects.restored(recalled, at) if recalled else {}
        return [e for e in (restored.get(one.pk, one) for one in found) if not e.is_abandoned]


class RecalledAdoptionQuerySet(QuerySet["RecalledAdoption"]):
    def told(self) -> Self:
        """Return what pages tell of them, the last one first."""
        return self.select_related("edition__plan").defer("kept").order_by("-recalled_at")

    def restored(self, editions: "Iterable[Edition]", at: Moment) -> "dict[int, Edition]":
        """Return editions that a moment knew as adopted for a day planned then, by key, in one query."""
        found = {edition.pk: edition for edition in editions}
        later = self.filter(at.unknown("recalled_at"), edition__in=found).order_by("recalled_at")
        planned: dict[int, RecalledAdoption] = {}
        called_off: dict[int, RecalledAdoption] = {}
        for recall in later.select_related("recalled_by"):
            if at.knows(recall.adopted_at):
                planned[recall.edition_id] = recall
            if recall.is_called_off:
                called_off.setdefault(recall.edition_id, recall)
        return {
            key: recall.as_planned(found[key], called_off.get(key))
            for key, recall in planned.items()
        }


def living_of(editions: "Sequence[Edition]", at: Moment) -> "Edition | None":
    """Return which of a plan's editions is in force on a day, by what was known of them.

    An edition is in force from its `effective_from` until the next one's; one that was adopted after the moment for an
    earlier day has not yet been heard of. Before the first one took effect the answer is that first edition, be it
    known or not: it is what the plan was going to be.
    """
    adopted = sorted((e for e in editions if e.effective_from), key=_by_day)
    heard_of = [edition for edition in adopted if at.knows(edition.adopted_at)]
    in_force = [edition for edition in heard_of if edition.took_effect_by(at.day)]
    if in_force:
        return in_force[-1]
    return next(iter(heard_of or adopted or editions), None)


def _by_day(edition: "Edition") -> "tuple[date, Edition]":
    return edition.effective_from or date.max, edition
