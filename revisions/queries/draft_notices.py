"""What does not forbid the adoption of a draft but wants a look: names and numbers that other texts still give as they
were, what is empty or left as it was, and what happened since or is still to come at a sitting."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from kirishima_dx.days import day_after
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.quoting import quoted
from plans.models import Axis, Edition, FocusItemText, Policy, Section
from plans.places import COVER, lasting_place
from plans.queries import EditionOutline
from reviews.models import AgendaItem, Decision, RecordAddition
from revisions.enums import AmendmentKind
from revisions.obstacles import DraftText
from revisions.papers.revision import Revision
from revisions.queries.decisions_left import decisions_left
from revisions.queries.draft_obstacles import item_text, part_text
from revisions.queries.drafts import DraftReview
from revisions.queries.origins import beginning

SHORTEST_NAME = 4
"""Shorter names are words of the language too: that a text has them says nothing."""


@dataclass(frozen=True)
class Notice:
    """What wants a look before adoption, and where: texts of the draft, or a matter before a sitting."""

    message: str
    texts: tuple[DraftText, ...] = ()
    agenda_item: AgendaItem | None = None
    decision: Decision | None = None


def draft_notices(review: DraftReview, today: date) -> list[Notice]:
    """Return what wants a look in a draft, in two queries."""
    return [
        *_decisions_left(review.draft),
        *(_left_behind(review.revised) if review.revised else ()),
        *_empty_policies(review.outline),
        *_same_period(review.draft),
        *_coming_sittings(review.draft, today),
        *_corrected_decisions(review),
        *_concretised_unchanged(review),
    ]


def changed_since(review: DraftReview, day: date, what: str) -> Iterator[Notice]:
    """Yield that texts of a draft were changed after a day, in five queries; `what` calls the day."""
    texts = _changed_after(review, day)
    if texts:
        yield Notice(
            f"{what}（{wareki_date(day)}）の後に変更された文言が{len(texts)}か所あります。", texts
        )


@dataclass(frozen=True)
class _Words:
    """All that a section or an item says."""

    text: DraftText
    words: str


def _all_words(outline: EditionOutline) -> list[_Words]:
    sections = (node.section for node in outline.walk_sections())
    return [
        *(_Words(part_text(one), f"{one.title}\n{one.body}") for one in sections),
        *(_Words(item_text(one), f"{one.title}\n{one.overview}") for one in outline.items),
    ]


def _named(outline: EditionOutline) -> dict[str, Axis | Policy]:
    """Return axes and policies by their lasting places."""
    axes: list[Axis | Policy] = [axis.axis for axis in outline.axes]
    policies = [policy.policy for axis in outline.axes for policy in axis.policies]
    return {lasting_place(part): part for part in (*axes, *policies)}


def _left_behind(revised: Revision) -> Iterator[Notice]:
    """Yield the names and numbers of before that texts still give."""
    texts = _all_words(revised.new)
    yield from _old_names(revised, texts)
    yield from _old_counts(revised, texts)


def _old_names(revised: Revision, texts: Sequence[_Words]) -> Iterator[Notice]:
    """Yield the names of axes and policies that other texts still give though they were changed or given up."""
    before, after = _named(revised.old), _named(revised.new)
    standing = {part.name for part in after.values()}
    for place, old in before.items():
        if old.name in standing or len(old.name) < SHORTEST_NAME:
            continue
        longer = [name for name in standing if old.name in name]
        found = tuple(one.text for one in texts if old.name in _without(longer, one.words))
        if found:
            kind = "軸" if isinstance(old, Axis) else "取組方針"
            done = "改める前の" if place in after else "なくした"
            yield Notice(f"{done}{kind}の名称{quoted(old.name)}が残っています。", found)


def _without(names: Iterable[str], words: str) -> str:
    """Return words without some names: an old name within a new one is none that was left."""
    for name in names:
        words = words.replace(name, "\n")
    return words


def _old_counts(revised: Revision, texts: Sequence[_Words]) -> Iterator[Notice]:
    """Yield how many axes, policies and items other texts still count though their number changed."""
    after = _counts(revised.new)
    for kind, old in _counts(revised.old).items():
        if old != after[kind]:
            pattern = _counted(kind, old)
            found = tuple(
                one.text
                for one in texts
                if pattern.search(unicodedata.normalize("NFKC", one.words))
            )
            if found:
                yield Notice(
                    f"{kind}の数が{old}から{after[kind]}に変わりましたが、前の数が残っています。",
                    found,
                )


def _counts(outline: EditionOutline) -> dict[str, int]:
    policies = sum(len(axis.policies) for axis in outline.axes)
    return {"軸": len(outline.axes), "取組方針": policies, "重点項目": len(outline.items)}


def _counted(kind: str, count: int) -> re.Pattern[str]:
    """Return how the plan counts: 3つの軸, 9つの「取組方針」, 重点項目 (52). For words in NFKC."""
    return re.compile(rf"(?<!\d){count}(つ|個)?の「?{kind}|{kind}」? ?\( ?{count} ?\)")


def _empty_policies(outline: EditionOutline) -> Iterator[Notice]:
    for axis in outline.axes:
        for policy in axis.policies:
            if not policy.items:
                text = part_text(policy.policy)
                yield Notice(f"{quoted(text.label)}に重点項目がありません。", (text,))


def _same_period(draft: Edition) -> Iterator[Notice]:
    base = draft.base
    if base is None or draft.major == base.major or draft.period != base.period:
        return
    yield Notice(
        f"第{draft.number}版の計画期間が、もとの{base.name}と同じ{draft.period}です。",
        (part_text(draft),),
    )


def _decisions_left(draft: Edition) -> Iterator[Notice]:
    for decision in decisions_left(draft):
        yield Notice(
            f"決定{decision}{quoted(beginning(decision.text))}による変更が、この案にありません。"
            "載せないときは、施行のときに理由を書きます。",
            decision=decision,
        )


def _coming_sittings(draft: Edition, today: date) -> Iterator[Notice]:
    going = draft.agenda_items.filter(meeting__called_off_at__isnull=True)
    coming = going.filter(meeting__held_on__gt=today).select_related("meeting")
    for item in coming.order_by("meeting__held_on", "pk"):
        meeting = item.meeting
        yield Notice(
            f"{meeting.title}（{wareki_date(meeting.held_on)}）で審議する予定です。",
            agenda_item=item,
        )


def _corrected_decisions(review: DraftReview) -> Iterator[Notice]:
    """Yield the decisions for which a ★ is taken off and which a 追記 corrects."""
    lost = AmendmentKind.CONCRETISE
    items: dict[int, set[DraftText]] = defaultdict(set)
    for item in review.items:
        for act in item.amendments:
            text = item.change.new if item.change.loses_star else None
            if text is not None and act.kind == lost and act.decision_id is not None:
                items[act.decision_id].add(item_text(text))
    corrections = RecordAddition.objects.standing().filter(corrects__in=items)
    for one in corrections.select_related("corrects__meeting").order_by("pk"):
        decision = one.corrects
        if decision is not None:
            yield Notice(
                f"★を外すもとの決定{decision.code}に、訂正の追記があります：{one.text}",
                tuple(sorted(items[decision.pk], key=lambda text: text.code)),
            )


def _concretised_unchanged(review: DraftReview) -> Iterator[Notice]:
    """Yield the items that lose their ★ and say the same as before, word for word: nothing of them became concrete."""
    changes = [item.change for item in review.items]
    texts = tuple(
        item_text(change.new)
        for change in changes
        if change.new is not None and change.loses_star and not change.rewords
    )
    if texts:
        yield Notice(
            "★を外して、文言を一字も改めていません。検討の結論に合わせて、題名か取組の概要を書き直してください。",
            texts,
        )


def _changed_after(review: DraftReview, day: date) -> tuple[DraftText, ...]:
    """Return the texts whose words or place were saved after a day; that a reason was added later changes no text."""
    tomorrow = timezone.make_aware(datetime.combine(day_after(day), time.min))
    names, draft = review.names, review.draft
    items = set(_saved(FocusItemText, draft, tomorrow).values_list("focus_item__code", flat=True))
    found = [text for code, text in names.items.items() if code in items]
    places = {
        f"{group}/{key}"
        for group, kind in (("axes", Axis), ("policies", Policy), ("sections", Section))
        for key in _saved(kind, draft, tomorrow).values_list("key", flat=True)
    }
    if draft.amendments.filter(place=COVER, amended_at__gte=tomorrow).exists():
        places.add(COVER)
    return (*found, *(text for place, text in names.parts.items() if place in places))


def _saved(kind: type[Model], draft: Edition, since: datetime) -> QuerySet[Any]:
    """Return the records of what people changed: all but those of the copies made as the draft was opened, which bear
    no reason."""
    history = kind.history  # type: ignore[attr-defined]  # simple_history has no types.
    found: QuerySet[Any] = history.filter(edition_id=draft.pk, history_date__gte=since)
    return found.exclude(history_type="+", history_change_reason="")
