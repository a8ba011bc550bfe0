"""Keeping what the text of a draft still shows of the acts on it (rule O3)."""

from collections.abc import Iterable

from plans.models import Edition
from revisions.enums import AmendmentKind, Aspect
from revisions.models import Amendment, Effect
from revisions.papers.standing import touched_by
from revisions.queries.standing import draft_changes


def keep_effects(
    draft: Edition, acts: Iterable[Amendment] = (), words: Iterable[Aspect] | None = None
) -> None:
    """Record what the text shows of new acts, and of earlier ones what was put back as the base has it.

    `words`: which words the new acts changed, where that is known. To be called whenever a draft was changed, inside
    the transaction that did it.
    """
    saved = Edition.objects.select_related("base", "plan").get(pk=draft.pk)
    changes, new = draft_changes(saved), list(acts)
    standing = list(
        Effect.objects.filter(amendment__edition=draft, is_undone=False).select_related("amendment")
    )
    movers = {
        act.place
        for act in (*new, *(effect.amendment for effect in standing))
        if act.kind == AmendmentKind.MOVE
    }
    undone = [
        effect.pk
        for effect in standing
        if effect.aspect not in changes.shown(effect.amendment, movers)
    ]
    Effect.objects.filter(pk__in=undone).update(is_undone=True)
    Effect.objects.bulk_create(
        Effect(amendment=act, aspect=aspect)
        for act in new
        for aspect in sorted(
            touched_by(AmendmentKind(act.kind), words) & changes.shown(act, movers)
        )
    )
