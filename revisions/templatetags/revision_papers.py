"""The papers of a revision on the pages of the meeting before which it is put (decision 0014)."""

from django import template
from django.conf import settings

from reviews.queries.papers import MeetingPapers
from reviews.queries.slide import Slide
from reviews.queries.slides import meeting_slides
from revisions.papers.table import TableWords
from revisions.queries.edition_papers import EditionPapers, edition_papers
from revisions.queries.slide_revision import revision_words

register = template.Library()


@register.simple_tag
def revised_papers(papers: MeetingPapers) -> dict[int, EditionPapers]:
    """Return what the papers of each edition before a meeting tell, by the key of the edition, for `under`."""
    words = TableWords(**settings.COMPARISON_TABLE)
    return {edition.pk: edition_papers(edition, words) for edition in papers.editions}


@register.simple_tag
def slides_of_meeting(papers: MeetingPapers) -> list[Slide]:
    """Return the slides of a meeting, those of a revision with what it changes."""
    return meeting_slides(papers, revision_words)
