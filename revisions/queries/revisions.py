"""Reading what a revision changed, with the reasons given."""

from plans.comparison.whole import compare
from plans.models import Edition
from plans.queries import EditionOutline, descents_between, draft_outline, edition_outline
from revisions.papers.revision import Revision
from revisions.queries.amendments import Amendments


def revision(old: Edition, new: Edition) -> Revision:
    """Compare two editions, with the reasons given in all editions after the old up to the new.

    In a fixed number of queries, however many editions lie between them.
    """
    old_outline, new_outline = _outline(old), _outline(new)
    comparison = compare(old_outline, new_outline, descents_between(old, new))
    between = [edition for edition in new.plan.editions.all() if edition.leads(old, new)]
    amendments = Amendments(between)
    return Revision(
        old_outline,
        new_outline,
        comparison,
        amendments.items(comparison.items),
        amendments.parts(comparison.parts),
        amendments.keys(),
    )


def _outline(edition: Edition) -> EditionOutline:
    return edition_outline(edition) if edition.is_adopted else draft_outline(edition)
