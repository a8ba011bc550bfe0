"""What the tests of an adoption send, and what they look at afterwards."""

from typing import Any

from django.test import Client

from plans.models import Edition

URL = "/editions/draft/adopt/"
DATES = {"decided_on": "2026-10-01", "effective_from": "2026-10-10", "basis": "令和8年度の本部会議"}


def filled(client: Client, **overrides: str) -> dict[str, Any]:
    """Return what the page's form sends once its dates and its basis are filled in."""
    form = client.get(URL).context["form"]
    hidden = {name: form.initial[name] for name in ("opened_edition", "digest")}
    return {**DATES, **hidden, **overrides}


def statuses() -> dict[str, str]:
    return {edition.number: edition.status for edition in Edition.objects.all()}


def edition_words(edition: Edition | None) -> list[tuple[Any, ...]]:
    assert edition is not None
    return list(
        edition.item_texts.order_by("pk").values_list(
            "focus_item__code", "title", "overview", "is_study", "number", "version"
        )
    )
