"""How statuses, ratings and freshness are drawn on pages of today, in the order of their scales, 未回答 last."""

from initiatives.enums import NO_ANSWER, NO_ANSWER_CODE, SILENCE, Freshness, Rating, Status
from kirishima_dx.closed_set import ClosedSet
from kirishima_dx.pictures.bars import Sign

SILENT = Sign.of(NO_ANSWER_CODE, NO_ANSWER, SILENCE)


def status_signs() -> tuple[Sign, ...]:
    return _signs(Status)


def rating_signs() -> tuple[Sign, ...]:
    return _signs(Rating)


def freshness_signs() -> tuple[Sign, ...]:
    return _signs(Freshness)


def _signs(members: type[ClosedSet]) -> tuple[Sign, ...]:
    told = (Sign.of(member.code, str(member.label), member.traits) for member in members)
    return (*told, SILENT)
