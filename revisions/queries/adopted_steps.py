"""The editions that a revision passes through, and on which decision each came into force."""

from plans.models import Edition
from revisions.models import AdoptionDecision
from revisions.papers.revision import AdoptedStep


def adopted_steps(old: Edition, new: Edition) -> list[AdoptedStep]:
    """Return the adopted editions after the old one up to the new one, in two queries, however many there are."""
    adopted = sorted(Edition.objects.of(new.plan).adopted())
    between = [edition for edition in adopted if edition.leads(old, new)]
    links = AdoptionDecision.objects.filter(edition__in=between)
    decisions = {
        link.edition_id: link.decision for link in links.select_related("decision__meeting")
    }
    return [AdoptedStep(edition, decisions.get(edition.pk)) for edition in between]
