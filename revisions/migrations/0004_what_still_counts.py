"""Tell of what was amended before what the text shows of it, and of decisions what editions in force made of them.

Which words an old amendment changed nobody kept: it counts while the text is worded otherwise than in the base. Where
the text once read as in the base again, its history tells, and only what was amended after that counts.
"""

from collections import defaultdict
from typing import Any

from django.db import migrations

TOLD = {
    "new": "whole",
    "end": "whole",
    "split": "lineage",
    "merge": "lineage",
    "concretise": "star",
    "study": "star",
    "move": "place",
    "renumber": "number",
    "reword": "words",
}
PARTS = {
    "axes": ("Axis", ("name", "english", "tagline")),
    "policies": ("Policy", ("name",)),
    "sections": ("Section", ("number", "title", "body")),
}
COVER = ("first_fiscal_year", "last_fiscal_year", "issuer")


def tell(apps: Any, schema_editor: Any) -> None:
    Edition = apps.get_model("plans", "Edition")
    amended = apps.get_model("revisions", "Amendment").objects.order_by("amended_at", "pk")
    by_edition = defaultdict(list)
    for act in amended.select_related("decision"):
        by_edition[act.edition_id].append(act)
    for edition in Edition.objects.order_by("major", "minor", "pk"):
        acts = by_edition[edition.pk]
        counting = [act for act in acts if _counts(apps, edition, act)]
        apps.get_model("revisions", "Effect").objects.bulk_create(
            apps.get_model("revisions", "Effect")(amendment=act, aspect=TOLD[act.kind])
            for act in counting
        )
        if edition.status in ("in_force", "superseded"):
            _tell_outcomes(apps, edition, counting)


def _counts(apps: Any, edition: Any, act: Any) -> bool:
    if act.kind not in TOLD:
        return False
    if edition.base_id is None:
        return True
    if act.focus_item_id is not None:
        return _of_item(apps, edition, act)
    return _of_part(apps, edition, act)


def _of_item(apps: Any, edition: Any, act: Any) -> bool:
    texts = apps.get_model("plans", "FocusItemText").objects.select_related("policy")
    old = texts.filter(edition=edition.base_id, focus_item=act.focus_item_id).first()
    new = texts.filter(edition=edition, focus_item=act.focus_item_id).first()
    descents = apps.get_model("plans", "Descent").objects.filter(edition=edition)
    is_joined = (
        descents.filter(before=act.focus_item_id) | descents.filter(after=act.focus_item_id)
    ).exists()
    if old is None or new is None:
        return _of_one_side(old, new, act.kind, is_joined)
    match act.kind:
        case "reword":
            return _reworded(apps, "FocusItemText", ("title", "overview"), old, new, act)
        case "concretise":
            return bool(old.is_study and not new.is_study)
        case "study":
            return bool(new.is_study and not old.is_study)
        case "move":
            return bool(old.policy.key != new.policy.key)
        case "renumber":
            return bool((old.policy.key, old.number) != (new.policy.key, new.number))
        case "split" | "merge":
            return is_joined
    return False


def _of_one_side(old: Any, new: Any, kind: str, is_joined: bool) -> bool:
    if old is None and new is None:
        return False
    if old is None:
        return kind != "end"
    return kind == "end" or (kind in ("split", "merge") and is_joined)


def _of_part(apps: Any, edition: Any, act: Any) -> bool:
    group, _, key = act.place.partition("/")
    if group == "edition":
        base = apps.get_model("plans", "Edition").objects.get(pk=edition.base_id)
        return _words(base, COVER) != _words(edition, COVER)
    name, columns = PARTS[group]
    parts = apps.get_model("plans", name).objects
    old = parts.filter(edition=edition.base_id, key=key).first()
    new = parts.filter(edition=edition, key=key).first()
    if old is None or new is None:
        return _of_one_side(old, new, act.kind, False)
    match act.kind:
        case "reword":
            return _reworded(apps, name, columns, old, new, act)
        case "move" | "renumber":
            return _placed(parts, group, old) != _placed(parts, group, new)
    return False


def _placed(parts: Any, group: str, part: Any) -> tuple[Any, ...]:
    """Return where a part stands: in what, and behind what."""
    if group == "axes":
        return (part.number,)
    if group == "policies":
        return (part.axis.key, part.letter)
    parent = part.parent.key if part.parent_id else ""
    before = parts.filter(edition=part.edition_id, order__lt=part.order).order_by("order")
    return (parent, *before.values_list("key", flat=True))


def _words(row: Any, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)


def _reworded(
    apps: Any, name: str, columns: tuple[str, ...], old: Any, new: Any, act: Any
) -> bool:
    """Whether a text is worded otherwise, and was not put back by an act or after it."""
    if _words(old, columns) == _words(new, columns):
        return False
    history = apps.get_model("plans", f"Historical{name}").objects.exclude(history_type="-")
    own = history.filter(id=new.pk).order_by("history_date", "history_id")
    before = own.filter(history_date__lte=act.amended_at).last()
    since = [*([before] if before else []), *own.filter(history_date__gt=act.amended_at)]
    return all(_words(record, columns) != _words(old, columns) for record in since)


def _tell_outcomes(apps: Any, edition: Any, counting: list[Any]) -> None:
    """Record 反映 and 施行の根拠. Why a decision was left out nobody was asked: it waits for the next edition."""
    DecisionOutcome = apps.get_model("reviews", "DecisionOutcome")
    said = {
        "edition_id": edition.pk,
        "recorded_at": edition.adopted_at,
        "recorded_by": edition.adopted_by,
        "recorded_by_name": edition.adopted_by.name or edition.adopted_by.username,
    }
    told = {
        (act.decision_id, act.focus_item_id, act.place): act for act in counting if act.decision_id
    }
    for decision, item, place in told:
        label = _label(apps, edition, item, place)
        DecisionOutcome.objects.create(
            decision_id=decision,
            kind="reflected",
            focus_item_id=item,
            place=place,
            label=label,
            **said,
        )
    link = apps.get_model("revisions", "AdoptionDecision").objects.filter(edition=edition).first()
    if link is not None:
        DecisionOutcome.objects.create(decision_id=link.decision_id, kind="basis", **said)


def _label(apps: Any, edition: Any, item: int | None, place: str) -> str:
    """Return what a text was called in an edition, in its base where it ended with it."""
    editions = (edition.pk, edition.base_id)
    if item is not None:
        texts = apps.get_model("plans", "FocusItemText").objects.select_related("policy__axis")
        code = apps.get_model("plans", "FocusItem").objects.get(pk=item).code
        found = [texts.filter(edition=one, focus_item=item).first() for one in editions]
        text = next((one for one in found if one), None)
        if text is None:
            return str(code)
        policy = text.policy
        return f"{policy.axis.number}-{policy.letter}-{text.number} {text.title}"
    group, _, key = place.partition("/")
    if group == "edition":
        return "計画期間・策定者"
    parts = apps.get_model("plans", PARTS[group][0]).objects
    found = [parts.filter(edition=one, key=key).first() for one in editions]
    part = next((one for one in found if one), None)
    if part is None:
        return place
    if group == "axes":
        return f"軸{part.number} {part.name}"
    if group == "policies":
        return f"取組方針 {part.axis.number}-{part.letter} {part.name}"
    return f"{part.number} {part.title}".strip()


class Migration(migrations.Migration):
    dependencies = [
        ("revisions", "0003_effects"),
        ("reviews", "0005_decision_outcomes"),
        ("plans", "0001_initial"),
    ]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
