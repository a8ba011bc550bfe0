"""What happened before a test of several apps begins: drafts, sittings, answers, decisions."""

from collections.abc import Callable
from datetime import date

import pytest
from answering import now, of
from any_day_cast import Story, adopt_next, later, october, with_new_item
from beginnings import lasting
from meeting_cast import held
from time_machine import Traveller

from initiatives.actions.progress import correct_entry
from initiatives.models import Initiative, ProgressEntry
from initiatives.statement import Statement
from people.models import Department, User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem
from reviews.models import Meeting
from rounds.actions.answers import send_answer
from rounds.actions.checking import accept_answer
from rounds.answer_content import AnswerContent
from rounds.models import Answer, ReportingRound


@pytest.fixture
@lasting
def after_last_year(
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    editor: User,
    open_the_round: Callable[..., ReportingRound],
) -> Answer:
    """The answer of 1-A-1 with an entry of last year beside it."""
    record(responsible, by=editor, as_of=date(2026, 3, 31), achievements="前回の実績。")
    return of(open_the_round(instructions="数を入れて書いてください。"))


@pytest.fixture
@lasting
def sent(answer: Answer, content: Callable[..., AnswerContent], editor: User) -> Answer:
    """The answer of 1-A-1, sent."""
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    return now(answer)


@pytest.fixture
@lasting
def story(
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    statement: Callable[..., Statement],
    welfare: Department,
    editor: User,
    secretariat: User,
    frozen_clock: Traveller,
) -> Story:
    """What happened to the town that Story tells of."""
    later(frozen_clock, october(16))
    entry = record(responsible, by=editor, as_of=october(10))
    later(frozen_clock, october(18))
    correct_entry(
        entry=entry,
        statement=statement(status="operating", rating="mostly_on_track"),
        as_of=october(10),
        reason="運用を始めていた。",
        opened_revision=Initiative.objects.revision_of(responsible),
        by=editor,
    )
    later(frozen_clock, october(20))
    welfare.name = "福祉政策課"
    welfare.save()
    later(frozen_clock, october(22))
    edition = adopt_next(october(19), secretariat, with_new_item(secretariat))
    later(frozen_clock, october(25))
    return Story(responsible, entry, edition)


@pytest.fixture
@lasting
def draft(small_edition: Edition, secretariat: User) -> Edition:
    """第1.1版（案）, as just opened."""
    return open_draft(base=small_edition, major=1, minor=1, by=secretariat)


@pytest.fixture
@lasting
def meeting(small_edition: Edition, secretariat: User) -> Meeting:
    """A sitting of yesterday of whose first agenda item something is said."""
    return held(small_edition, secretariat)


@pytest.fixture
@lasting
def accepted(
    answer: Answer, content: Callable[..., AnswerContent], editor: User, secretariat: User
) -> Answer:
    """The answer of 1-A-1 with a 課題, accepted: it became an entry."""
    said = content(problem="窓口の名が古い。", for_headquarters=True)
    send_answer(answer=answer, content=said, opened_revision=0, by=editor)
    sent = Answer.objects.get(pk=answer.pk)
    accept_answer(
        answer=sent,
        opened_revision=sent.revision,
        initiative_revision=Initiative.objects.get(pk=sent.initiative_id).revision,
        by=secretariat,
    )
    return Answer.objects.select_related("entry", "round").get(pk=answer.pk)
