"""The axes of an edition, their policies, and what it says of each item."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.safestring import SafeString

from kirishima_dx.safe_html import fill, joined
from plans.components.marks import STUDY_STAR, here_link
from plans.components.notes import Notes, errata_at, story
from plans.models import Axis, FocusItemText, Policy
from plans.places import anchor
from plans.queries import EditionOutline

AXIS = """\
<section class="axis axis-{number}" id="{anchor}">
  <div class="axis__head">
    <p class="axis__number"><span>軸{number}</span>{english}</p>
    <h3 class="axis__title">{name}{here}{story}</h3>
    {tagline}
  </div>
  {errata}
  {policies}
</section>
"""
POLICY = """\
<section class="policy" id="{anchor}">
  <h4 class="policy__title"><span class="policy__letter">{letter}</span>\
<span>{name}{here}{story}</span><span class="policy__count">{count}項目</span></h4>
  {errata}
  <ol class="item-rows">
    {items}
  </ol>
</section>
"""
ITEM = """\
<li class="item-row" id="{anchor}">
  <p class="item-row__code">{place}</p>
  <div class="item-row__text">
    <h5 class="item-row__title"><a href="{url}">{title}</a>{star}{here}</h5>
    <p class="item-row__overview">{overview}{story}</p>
    {errata}
  </div>
"""
ROW = """\
{text}
  {state}
</li>
"""
STAR = fill("&nbsp;{}", STUDY_STAR)


def edition_measures(outline: EditionOutline, notes: Notes) -> SafeString:
    """Draw the axes, policies and items of an edition, the text alone."""
    return joined(
        axis_section(
            axis.axis,
            notes,
            (
                policy_section(
                    policy.policy,
                    notes,
                    [item_row(text, text.get_absolute_url(), notes) for text in policy.items],
                )
                for policy in axis.policies
            ),
        )
        for axis in outline.axes
    )


def axis_section(axis: Axis, notes: Notes, policies: Iterable[SafeString]) -> SafeString:
    """Draw an axis with its policies, which are drawn already."""
    english = fill('<span lang="en">{}</span>', axis.english)
    tagline = fill('<p class="axis__tagline">{}</p>', axis.tagline)
    at = anchor(axis)
    return fill(
        AXIS,
        number=axis.number,
        anchor=at,
        english=english if axis.english else "",
        name=axis.name,
        here=here_link(at, f"「{axis.name}」"),
        story=story(axis, axis.name, notes),
        tagline=tagline if axis.tagline else "",
        errata=errata_at(at, notes),
        policies=joined(policies),
    )


def policy_section(policy: Policy, notes: Notes, items: list[SafeString]) -> SafeString:
    """Draw a policy with its items, which are drawn already."""
    at = anchor(policy)
    return fill(
        POLICY,
        anchor=at,
        letter=policy.letter,
        name=policy.name,
        here=here_link(at, f"「{policy.name}」"),
        story=story(policy, policy.name, notes),
        count=len(items),
        errata=errata_at(at, notes),
        items=joined(items),
    )


def item_row(
    text: FocusItemText, url: str, notes: Notes, state: SafeString | None = None
) -> SafeString:
    """Draw what an edition says of an item. Its title leads to `url`; beside it stands the `state`, drawn already."""
    place, at = text.place, anchor(text)
    said = _said(
        at,
        place,
        url,
        text.title,
        text.overview,
        is_study=text.is_study,
        story=story(text, place, notes),
        errata=errata_at(at, notes),
    )
    return fill(ROW, text=said, state=state or "")


@lru_cache(maxsize=1024, typed=True)
def _said(
    at: str,
    place: str,
    url: str,
    title: str,
    overview: str,
    *,
    is_study: bool,
    story: SafeString,
    errata: SafeString,
) -> SafeString:
    """Draw the words of an item, kept as those of a section are (plans/components/document.py)."""
    return fill(
        ITEM,
        anchor=at,
        place=place,
        url=url,
        title=title,
        star=STAR if is_study else "",
        here=here_link(at, place),
        overview=overview,
        story=story,
        errata=errata,
    )
