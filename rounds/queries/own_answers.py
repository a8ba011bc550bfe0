"""The answers of a round as those who owe them see them, and the way from one to the next."""

from dataclasses import dataclass

from initiatives.models import ProgressEntry
from rounds.answer_content import AnswerContent, gaps_of
from rounds.enums import AnswerKind, AnswerState
from rounds.models import Answer, ReportingRound
from rounds.queries.answer_row import AnswerRow, texts_of_round
from rounds.queries.departures import departures_of_round
from rounds.queries.scenes import RoundScenes


@dataclass
class OwnAnswer(AnswerRow):
    """An answer with all that its department has to know before it opens it."""

    last: ProgressEntry | None
    refusal: str

    @property
    def is_writable(self) -> bool:
        return self.is_owed and not self.refusal

    @property
    def unchanged_obstacle(self) -> str:
        """Say why 変更なし cannot be said by one click; empty where it can."""
        if AnswerContent.of(self.answer).says_something:
            return "書いた内容があるので、「変更なし」にするときは回答の画面で選んでください。"
        return unchanged_obstacle(self.answer.round, self.last)

    @property
    def order(self) -> tuple[bool, tuple[int, str, int]]:
        """Put what was returned first, then the plan's order."""
        return self.answer.state != AnswerState.RETURNED, self.place_order


def unchanged_obstacle(round: ReportingRound, last: ProgressEntry | None) -> str:
    """Say why nobody can answer 変更なし in a round; empty where one can."""
    content = AnswerContent(kind=AnswerKind.UNCHANGED)
    return gaps_of(content, as_of=round.as_of, last=last).get("kind", "")


def own_answers(scenes: RoundScenes) -> list[OwnAnswer]:
    """Return the answers of a round in the plan's order, returned ones first, in two queries besides the scenes.

    There are three more where an item left the plan.
    """
    texts = texts_of_round(scenes.round, scenes.today)
    left = departures_of_round(scenes.round, texts.values(), scenes.today)
    found = []
    for answer in scenes.round.answers.select_related("initiative__focus_item"):
        answer.round = scenes.round
        lead = scenes.leads.get(answer.initiative_id)
        lead_id = lead.pk if lead else None
        found.append(
            OwnAnswer(
                answer=answer,
                text=texts[answer.initiative.focus_item_id],
                lead=lead,
                left=left.get(answer.initiative.focus_item_id),
                last=scenes.lasts.get(answer.initiative_id),
                due_on=answer.applied_due_on or scenes.deadlines.of_answer(answer, lead_id),
                refusal=scenes.deadlines.refusal(answer, lead_id, scenes.today),
                today=scenes.today,
            )
        )
    return sorted(found, key=lambda own: own.order)


@dataclass(frozen=True)
class WayOn:
    """What a department does after an answer: the next one that it owes in the round, and how many are left."""

    next: OwnAnswer | None
    left: int
    total: int


def way_on(round: ReportingRound, answer: Answer) -> WayOn:
    """Return what else the department of an answer owes: the next in the plan's order, from the top after the last."""
    scenes = RoundScenes.of(round)
    lead = scenes.leads.get(answer.initiative_id)
    own = [one for one in own_answers(scenes) if one.lead == lead]
    own.sort(key=lambda one: one.place_order)
    place = next((n for n, one in enumerate(own) if one.answer.pk == answer.pk), 0)
    owed = [one for one in own if one.is_writable]
    turn = [one for one in own[place + 1 :] + own[:place] if one.is_writable]
    return WayOn(next(iter(turn), None), len(owed), len(own))
