"""Constraints that several apps declare in the same words."""

from collections.abc import Iterable

from django.db.models import CheckConstraint, Choices, Q


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """Refuse a row where only one of two columns (who and when) is filled."""
    empty = {f"{first}__isnull": True, f"{second}__isnull": True}
    filled = {f"{first}__isnull": False, f"{second}__isnull": False}
    return CheckConstraint(name=name, condition=Q(**empty) | Q(**filled))


def one_of(
    field: str, choices: type[Choices], *, name: str, blank: bool = False
) -> CheckConstraint:
    """Refuse a value outside the closed set; `blank` admits the empty string as well."""
    allowed: Iterable[str] = [*choices.values, ""] if blank else choices.values
    return CheckConstraint(name=name, condition=Q(**{f"{field}__in": list(allowed)}))


def filled(*fields: str) -> Q:
    """Say that none of the text columns is empty."""
    condition = Q()
    for field in fields:
        condition &= ~Q(**{field: ""})
    return condition
