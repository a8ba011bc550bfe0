"""An adoption that is taken back before its day: whether it may be, and what is kept of the edition.

While it was adopted anyone could read it, so what it said stays known of the days in between, whatever becomes of the
draft. `kept` of a RecalledAdoption holds its `cover`, its `texts` (every text by its place, as EditionOutline.texts),
`items` (by code: key, place and the lasting key of the policy), `fates` and the `errata` that had been recorded of it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from kirishima_dx.fiscal_year import wareki_date
from plans.enums import EditionStatus, Fate
from plans.models import (
    Axis,
    Edition,
    Erratum,
    FocusItem,
    FocusItemText,
    ItemFate,
    Policy,
)
from plans.queries import edition_outline

COVER = ("first_fiscal_year", "last_fiscal_year", "issuer")


@dataclass(frozen=True)
class PlannedAdoption:
    """What an edition says of its adoption, whole."""

    decided_on: date
    effective_from: date
    adoption_basis: str
    adopted_at: datetime
    adopted_by: Any

    @classmethod
    def of(cls, edition: Edition) -> Self | None:
        day, decided_on, at = edition.effective_from, edition.decided_on, edition.adopted_at
        if day is None or decided_on is None or at is None:
            return None
        return cls(decided_on, day, edition.adoption_basis, at, edition.adopted_by)


def recall_refusal(edition: Edition, today: date, *, calling_off: bool) -> str:
    """Return why the adoption of an edition cannot be called off or moved to another day; empty where it can."""
    if edition.effective_from is None:
        return f"{edition.name}は、施行が決まっていません。"
    if edition.took_effect_by(today):
        day = wareki_date(edition.effective_from)
        return (
            f"{edition.name}は{day}に施行されたので、施行の取りやめも施行日の変更もできません。"
            "文言は次の版で改定し、誤りは正誤で示します。"
        )
    later = edition.successors.exclude(status=EditionStatus.ABANDONED).first()
    if later is not None and later.is_adopted:
        return (
            f"{edition.name}をもとにした{later.name}の施行が決まっています。"
            f"先に{later.name}の施行を取りやめてください。"
        )
    draft = Edition.objects.draft_of(edition.plan) if calling_off else None
    if draft is not None:
        return (
            f"{draft.name}が作成中なので、{edition.name}の施行は取りやめられません（案は一つだけ開けます）。"
            f"先に{draft.name}を取りやめてください。施行日の変更はできます。"
        )
    return ""


def late_errata(edition: Edition) -> list[Erratum]:
    """Return the errata that were recorded of an edition once its text was fixed."""
    return list(edition.errata.filter(recorded_at__gte=edition.adopted_at).order_by("order"))


def kept_of(edition: Edition) -> dict[str, Any]:
    """Return what an adopted edition says, with how its items came about and its errata, as plain values."""
    outline = edition_outline(edition)
    fates = edition.fates.select_related("before", "after").order_by("pk")
    return {
        "cover": {name: getattr(edition, name) for name in COVER},
        "texts": outline.texts(),
        "items": {
            item.focus_item.code: {"pk": item.pk, "place": item.place, "policy": item.policy.key}
            for item in outline.items
        },
        "fates": [
            [fate.before and fate.before.code, fate.after and fate.after.code, fate.fate]
            for fate in fates
        ],
        "errata": [_kept_erratum(erratum) for erratum in late_errata(edition)],
    }


def _kept_erratum(erratum: Erratum) -> dict[str, str]:
    said = {name: getattr(erratum, name) for name in ("kind", "place", "wrong", "right", "reason")}
    at, by = erratum.recorded_at, erratum.recorded_by
    return {
        **said,
        "recorded_at": at.isoformat() if isinstance(at, datetime) else "",
        "recorded_by": by.display_name if by else "",
    }


def kept_wording(edition: Edition, focus_item: FocusItem) -> FocusItemText | None:
    """Return what an edition with a `kept_text` said of an item, not to be saved; None where it had not got it."""
    kept = edition.kept_text or {}
    item = kept.get("items", {}).get(focus_item.code)
    if item is None:
        return None
    texts, place = kept["texts"], item["place"]
    axis_number, letter, number = place.split("-")
    axis = Axis(
        edition=edition, number=int(axis_number), name=texts.get(f"axes/{axis_number}/name", "")
    )
    name = texts[f"policies/{axis_number}-{letter}/name"]
    return FocusItemText(
        pk=item["pk"],
        edition=edition,
        focus_item=focus_item,
        policy=Policy(edition=edition, axis=axis, key=item["policy"], letter=letter, name=name),
        number=int(number),
        title=texts[f"items/{place}/title"],
        overview=texts[f"items/{place}/overview"],
        is_study=bool(texts[f"items/{place}/is_study"]),
    )


def kept_fates(edition: Edition, after: FocusItem) -> list[ItemFate]:
    """Return how an item came into an edition with a `kept_text`, not to be saved."""
    told = [
        (before, fate)
        for before, into, fate in (edition.kept_text or {}).get("fates", [])
        if into == after.code
    ]
    codes = [before for before, _ in told if before]
    items = FocusItem.objects.filter(plan=edition.plan_id, code__in=codes)
    by_code = {item.code: item for item in items} if codes else {}
    return [
        ItemFate(edition=edition, before=by_code.get(before), after=after, fate=Fate(fate))
        for before, fate in told
    ]
