"""Correcting a misprint of an edition that may no longer be changed (T1)."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from kirishima_dx import clock
from plans.enums import ErratumKind
from plans.errors import ErratumRefused
from plans.models import Edition, Erratum
from plans.queries import edition_outline


@transaction.atomic
def record_misprint(
    *, edition: Edition, place: str, wrong: str, right: str, reason: str, by: Any
) -> Erratum:
    """Record that a text of an adopted edition was wrong as printed; the text stays as it was.

    Raises ErratumRefused where the wrong words do not stand at the place once, or the edition is
    still a draft or was given up as one.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    errors = _faults_of(edition, place, wrong, right, reason)
    if errors:
        raise ErratumRefused(errors)
    last = edition.errata.aggregate(last=Max("order"))["last"] or 0
    return Erratum.objects.create(
        edition=edition,
        kind=ErratumKind.MISPRINT,
        order=last + 1,
        place=place,
        wrong=wrong,
        right=right,
        reason=reason,
        recorded_at=clock.now(),
        recorded_by=by,
    )


def _faults_of(edition: Edition, place: str, wrong: str, right: str, reason: str) -> dict[str, str]:
    if edition.is_abandoned:
        return {"place": f"{edition.name}なので、正誤を記録できません。"}
    if edition.is_draft:
        return {"place": f"{edition.name}はまだ案なので、正誤ではなく文言を直してください。"}
    text = edition_outline(edition).texts().get(place)
    if text is None:
        return {"place": f"この箇所は{edition.name}にありません。一覧から選んでください。"}
    errors = {}
    if not reason.strip():
        errors["reason"] = "誤りと判断した理由を書いてください。"
    if not wrong or wrong not in text:
        errors["wrong"] = "この箇所にこの語句はありません。載っているとおりに写してください。"
    elif text.count(wrong) > 1:
        errors["wrong"] = (
            f"この語句はこの箇所に{text.count(wrong)}回出てきます。前後の語も含めて、1か所に決まるように写してください。"
        )
    if edition.errata.filter(place=place, wrong=wrong, right=right).exists():
        errors["wrong"] = "同じ正誤がすでに記録されています。"
    if wrong == right:
        errors["right"] = "誤と正が同じです。正しい語句を書いてください。"
    return errors
