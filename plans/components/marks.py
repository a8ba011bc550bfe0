"""The marks that stand beside texts of a plan: ★, the way to a text itself and to its story. Every value is escaped."""

from django.urls import reverse
from django.utils.safestring import SafeString

from kirishima_dx.safe_html import NOTHING, fill
from plans.models import Edition

STUDY_STAR = SafeString(
    '<span class="study-mark" title="検討項目">'
    '<span aria-hidden="true">★</span><span class="unseen">（検討項目）</span></span>'
)
STUDY_WORD = SafeString(
    '<span class="study-mark study-mark--word"><span aria-hidden="true">★</span>検討項目</span>'
)
HERE_LINK = '<a class="anchor" href="#{anchor}" aria-label="{name}へのリンク">#</a>'
WHY_LINK = '<a class="why-link no-print" href="{url}">経緯<span class="unseen">：{name}</span></a>'


def study_mark(*, word: bool = False) -> SafeString:
    """Draw the ★ of an item still under study (検討項目); without the `word` beside it, the word is read out alone."""
    return STUDY_WORD if word else STUDY_STAR


def here_link(anchor: str, name: str) -> SafeString:
    """Draw the way to the very place where it stands, for whoever wants to hand it on."""
    return fill(HERE_LINK, anchor=anchor, name=name)


def why_link(edition: Edition, place: str, name: str) -> SafeString:
    """Draw the way to the story of a text: why it says what it says. A draft that was given up has none.

    `place` is its lasting place (items/1-A-3), `name` what it is called, for those who hear the link.
    """
    if edition.is_abandoned:
        return NOTHING
    url = reverse("edition_why", args=[edition.number, place])
    return fill(WHY_LINK, url=url, name=name)
