"""Why does it say this? The story of one text of the plan through its editions, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from initiatives.queries.entries import FieldChange
from initiatives.queries.wordings import text_changes
from kirishima_dx.quoting import quoted
from kirishima_dx.text_diff import Run, diff
from plans.comparison.items import ItemChange
from plans.comparison.parts import Part, PartChange, part_label
from plans.models import Axis, Edition, FocusItemText, Policy, Section
from plans.places import lasting_place
from plans.shelf import ShelvedEdition
from revisions.enums import AmendmentKind
from revisions.models import Amendment
from revisions.papers.bodies import readable
from revisions.papers.explained import Reason, needed_reasons, standing_reasons
from revisions.queries.why_items import item_steps
from revisions.queries.why_origins import Chains, Told, amendments_of
from revisions.queries.why_parts import Passage, part_steps
from revisions.queries.why_steps import TextStep

ITEMS = "items"


@dataclass
class Turn:
    """What one edition did to a text: it came, went, was changed or stayed as it was (`change` None).

    `step.own` is False where it tells of another item that went over into this one.
    """

    step: TextStep
    told: list[Told] = field(default_factory=list)

    @property
    def shelved(self) -> ShelvedEdition:
        return self.step.shelved

    @property
    def change(self) -> ItemChange | PartChange | None:
        return self.step.change

    @property
    def name(self) -> str:
        """Return what the text is called in this edition, in the one before where it ended."""
        return self.step.name

    @property
    def is_first(self) -> bool:
        """Whether it stood in the oldest edition that is kept, so that nothing here says why it came."""
        return self.step.is_first

    @property
    def is_same(self) -> bool:
        return self.step.is_same

    @property
    def kinds(self) -> list[AmendmentKind]:
        """Return in which ways it was changed, as draft and papers label it; none where others changed its number."""
        return needed_reasons(self.change) if self.change else []

    @property
    def lines(self) -> list[FieldChange]:
        """Return the short texts that differ, word by word; nothing for what came or went whole."""
        change = self.change
        if isinstance(change, ItemChange) and change.old and change.new:
            return text_changes(change.old, change.new)
        if isinstance(change, PartChange) and change.old and change.new:
            return [FieldChange(line.label, line.runs) for line in change.lines]
        return []

    @property
    def paragraphs(self) -> list[list[Run]]:
        """Return the paragraphs of a body that differ, word by word."""
        change = self.change
        if not isinstance(change, PartChange) or not (change.old and change.new):
            return []
        differing = (one for one in change.paragraphs if not one.is_same and not one.is_blank)
        return [diff(readable(one.old or ""), readable(one.new or "")) for one in differing]

    @property
    def along_with(self) -> Axis | Policy | None:
        """Return the part whose new number or place gave an item, which stayed in its policy, another number."""
        change = self.change
        if not isinstance(change, ItemChange) or not (change.old and change.new):
            return None
        old, new = change.old, change.new
        if change.moves or old.policy.code == new.policy.code:
            return None
        stayed = (old.policy.axis.key, old.policy.letter) == (
            new.policy.axis.key,
            new.policy.letter,
        )
        return new.policy.axis if stayed else new.policy

    @property
    def along_with_place(self) -> str:
        return lasting_place(self.along_with) if self.along_with else ""

    @property
    def moved(self) -> str:
        """Say where a part of the text went, and by which number it is called; empty where it stayed."""
        change = self.change
        if not isinstance(change, PartChange) or not (change.old and change.new):
            return ""
        if change.moves:
            return f"場所が変わりました（{_where(change.old)}から{_where(change.new)}へ）。"
        if change.is_renumbered:
            return f"番号が変わりました（{part_label(change.old)}→{part_label(change.new)}）。"
        return ""


def _where(part: Part) -> str:
    """Return what a part stands in."""
    match part:
        case Policy():
            return part_label(part.axis)
        case Section() if part.parent is not None:
            return f"{quoted(part.parent.heading)}の中"
        case _:
            return "いちばん上の段"


@dataclass
class Story:
    """A text of the plan through the editions; `text` is what the edition asked about says, None where it does not
    stand there. `passages` are the present paragraphs of a section with since when each stands so."""

    place: str
    asked: ShelvedEdition
    turns: list[Turn]
    text: TextStep | None
    passages: list[Passage]

    @property
    def name(self) -> str:
        return self.text.name if self.text else self.turns[0].name

    @property
    def item_text(self) -> FocusItemText | None:
        text = self.text.text if self.text else self.turns[0].step.text
        return text if isinstance(text, FocusItemText) else None

    @property
    def since(self) -> Edition:
        """Return the oldest edition in which the text itself stood."""
        return [turn for turn in self.turns if turn.step.own][-1].shelved.edition

    @property
    def changes(self) -> int:
        """Return in how many editions something was done to it."""
        return len({turn.shelved.edition.pk for turn in self.turns if not turn.is_same})


def text_story(
    place: str, asked: ShelvedEdition, readable: Sequence[ShelvedEdition], *, is_staff: bool
) -> Story | None:
    """Return the story of a text, None where no edition that may be read has it.

    `place` names it by its lasting code or key (items/1-A-3, sections/purpose), `readable` comes newest first. In a
    fixed number of queries, whatever the number of editions.
    """
    group, _, key = place.partition("/")
    passages: list[Passage] = []
    if group == ITEMS:
        steps = item_steps(key, readable)
    else:
        steps, passages = part_steps(place, readable, asked.edition)
    if not steps:
        return None
    turns = _with_reasons(steps, readable, place, is_staff=is_staff)
    text = next((s for s in steps if s.own and s.shelved == asked and s.stands), None)
    return Story(place, asked, turns, text, passages)


def _with_reasons(
    steps: Sequence[TextStep], readable: Iterable[ShelvedEdition], place: str, *, is_staff: bool
) -> list[Turn]:
    """Add to each step the reasons that still hold and what gave rise to them."""
    items = {key for step in steps if (key := _item_of(step)) is not None}
    acts = amendments_of(shelved.edition for shelved in readable)
    made: dict[tuple[int, int | None], list[Amendment]] = defaultdict(list)
    for act in acts.filter(focus_item__in=items) if items else acts.filter(place=place):
        made[act.edition_id, act.focus_item_id].append(act)
    chains = Chains((act for found in made.values() for act in found), is_staff=is_staff)
    return [
        Turn(step, chains.told(_reasons_of(step, made[step.shelved.edition.pk, _item_of(step)])))
        for step in steps
    ]


def _item_of(step: TextStep) -> int | None:
    return step.text.focus_item_id if isinstance(step.text, FocusItemText) else None


def _reasons_of(step: TextStep, acts: list[Amendment]) -> list[Reason]:
    """Return why an edition changed a text, and what gave rise to keeping one that was to end; what else was taken
    back before the edition was adopted is left out."""
    kinds = needed_reasons(step.change) if step.change else []
    return standing_reasons(kinds, acts, with_returns=step.stands)
