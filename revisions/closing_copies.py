"""Where the words of an adoption, or of its calling off, stand a second time: in all that was called off (A3)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from initiatives.models import ResponsibilityRecall
from plans.models import Edition, RecalledAdoption
from reviews.models import OutcomeRecall


def copies_of_adoption(row: Model, column: str, value: Any) -> Iterator[tuple[Model, str]]:
    """Return what says the same of an edition, however short it is: its basis, before and after it was adopted
    again, and why what it made of decisions and what items were to take over count no more."""
    if column == "adoption_basis" and isinstance(row, Edition | RecalledAdoption):
        edition = Edition.objects.get(pk=row.pk if isinstance(row, Edition) else row.edition_id)
        adoptions = (edition, *edition.recalls.all())
        yield from ((one, column) for one in adoptions if one.adoption_basis == value)
    if column == "reason" and isinstance(row, RecalledAdoption):
        counted = OutcomeRecall.objects.filter(outcome__edition=row.edition_id, reason=value)
        yield from ((one, column) for one in counted)
        taken_back = ResponsibilityRecall.objects.filter(
            reason=f"{row.what}：{value}", recalled_by=row.recalled_by, recalled_on=row.recalled_on
        )
        yield from ((one, column) for one in taken_back)
