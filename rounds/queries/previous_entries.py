"""前回: the entries that the answers of a round are compared with."""

from django.db.models import OuterRef, Subquery

from initiatives.models import Initiative, ProgressEntry
from initiatives.querysets import CORRECTIONS, ProgressEntryQuerySet
from rounds.models import Answer, ReportingRound


def entries_before(round: ReportingRound) -> ProgressEntryQuerySet:
    """Return what an answer of a round is compared with: said of its 基準日 or earlier, not in the round.

    What corrects an entry of the round, in however many steps, belongs to it.
    """
    entries = ProgressEntry.objects.standing().filter(as_of__lte=round.as_of)
    for depth in range(CORRECTIONS + 1):
        entries = entries.exclude(**{f"{'corrects__' * depth}answer__round": round})
    return entries


def last_entries_before(round: ReportingRound) -> dict[int, ProgressEntry]:
    """Return 前回 of each initiative asked in a round, by the key of the initiative, in one query."""
    candidates = entries_before(round).filter(initiative=OuterRef("pk"))
    asked = Initiative.objects.filter(answers__round=round).annotate(
        last=Subquery(candidates.latest_first().values("pk")[:1])
    )
    entries = ProgressEntry.objects.filter(pk__in=asked.filter(last__isnull=False).values("last"))
    return {entry.initiative_id: entry for entry in entries}


def last_entry_before(answer: Answer) -> ProgressEntry | None:
    """Return the entry that one answer is compared with."""
    entries = entries_before(answer.round).filter(initiative_id=answer.initiative_id)
    return entries.latest_first().first()
