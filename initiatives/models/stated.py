"""The columns of a statement, as every table that holds statements has them."""

from django.db import models

from initiatives.enums import CycleStep, Direction, Rating, Status
from initiatives.statement import BY_KEY, COLUMNS, Statement
from kirishima_dx.constraints import one_of


def _label(key: str) -> str:
    return BY_KEY[key].label


class Stated(models.Model):
    """What was said, or is being said, of an initiative: a column for each of `statement.COLUMNS`.

    Each may be empty here; what must not be is for the table to say (G3).
    """

    status = models.CharField(_label("status"), max_length=12, choices=Status, blank=True)
    step = models.CharField(_label("step"), max_length=12, choices=CycleStep, blank=True)
    rating = models.CharField(_label("rating"), max_length=16, choices=Rating, blank=True)
    rating_reason = models.TextField(_label("rating_reason"), blank=True)
    achievements = models.TextField(_label("achievements"), blank=True)
    outcome = models.TextField(_label("outcome"), blank=True)
    problem = models.TextField(_label("problem"), blank=True)
    for_headquarters = models.BooleanField(_label("for_headquarters"), default=False)
    delay_cause = models.TextField(_label("delay_cause"), blank=True)
    countermeasure = models.TextField(_label("countermeasure"), blank=True)
    new_due_date = models.DateField(_label("new_due_date"), null=True, blank=True)
    next_steps = models.TextField(_label("next_steps"), blank=True)
    direction = models.CharField(_label("direction"), max_length=10, choices=Direction, blank=True)

    class Meta:
        abstract = True

    @property
    def statement(self) -> Statement:
        return Statement.said_by(self)

    def said(self, key: str) -> str:
        """Return the value of a column as people read it, empty where it says nothing."""
        return BY_KEY[key].in_words(getattr(self, key))


def known_choices(table: str, *, blank: bool = False) -> tuple[models.CheckConstraint, ...]:
    """Refuse a word outside its closed set in every choice of a statement; `blank` admits that none was chosen."""
    return tuple(
        one_of(column.key, column.choices, name=f"{table}_{column.key}_known", blank=blank)
        for column in COLUMNS
        if column.choices is not None
    )
