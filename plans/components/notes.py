"""What stands beside a text of an edition: the errata that speak of it, and the way to its story."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

from kirishima_dx.safe_html import NOTHING, fill, joined
from plans.components.marks import why_link
from plans.enums import ErratumKind
from plans.models import Edition, Erratum
from plans.places import Anchored, lasting_place

MISPRINT = """\
<p class="erratum-note"><a class="erratum-note__mark" href="{url}">正誤</a> 「{wrong}」は{right}です。\
<span class="erratum-note__reason">{reason}</span></p>
"""
TRANSCRIBED = """\
<p class="erratum-note erratum-note--quiet">{marks}文字起こしの誤りを訂正してあります。</p>
"""
MARK = '<a class="erratum-note__mark" href="{}">正誤{}</a> '


@dataclass(frozen=True)
class Notes:
    """What is known beside the texts of an edition: its errata by anchor, and the lasting places in which editions
    differ. There alone is a story to tell."""

    edition: Edition
    errata: Mapping[str, Sequence[Erratum]] = field(default_factory=dict)
    changed_places: Collection[str] = ()


def story(part: Anchored, name: str, notes: Notes) -> SafeString:
    """Draw the way to the story of a text behind its words, where it has one."""
    if not notes.changed_places or (place := lasting_place(part)) not in notes.changed_places:
        return NOTHING
    return fill(" {}", why_link(notes.edition, place, name))


def errata_at(anchor: str, notes: Notes) -> SafeString:
    """Draw the errata that speak of the text at an anchor."""
    found = notes.errata.get(anchor)
    return errata_notes(found, notes.edition) if found else NOTHING


def errata_notes(errata: Iterable[Erratum], edition: Edition) -> SafeString:
    """Draw 正誤 beside the text that they speak of: a misprint in full, corrected transcriptions as links."""
    kinds = ((kind, list(found)) for kind, found in groupby(errata, lambda one: one.kind))
    drawn = (
        _misprints(found, edition) if kind == ErratumKind.MISPRINT else _transcribed(found, edition)
        for kind, found in kinds
    )
    return joined(drawn)


def _misprints(errata: list[Erratum], edition: Edition) -> SafeString:
    drawn = (
        fill(
            MISPRINT,
            url=_url(one, edition),
            wrong=one.wrong,
            right=f"「{one.right}」の誤り" if one.right else "余分な語句",
            reason=one.reason,
        )
        for one in errata
    )
    return joined(drawn)


def _transcribed(errata: list[Erratum], edition: Edition) -> SafeString:
    marks = joined(fill(MARK, _url(one, edition), one.order) for one in errata)
    return fill(TRANSCRIBED, marks=marks)


def _url(erratum: Erratum, edition: Edition) -> str:
    return f"{_page(get_script_prefix())}#erratum-{edition.number}-{erratum.order}"


@lru_cache(maxsize=8)
def _page(prefix: str) -> str:
    """Return the address of 正誤 below the prefix of the site, which reverse puts before it: each mark asks for it."""
    return reverse("errata")
