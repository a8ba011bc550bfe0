"""What people record of an initiative, and what is done in a round.

`imports` is asked for by its own name: it reads what queries prepare from the other actions.
"""

from initiatives.actions.answers import (
    answer_unchanged,
    save_answer,
    send_answer,
    withdraw_answer,
)
from initiatives.actions.carrying_over import carry_responsibilities_over
from initiatives.actions.checking import (
    accept_answer,
    certify_answer,
    reopen_answer,
    return_answer,
)
from initiatives.actions.departments import assign_departments
from initiatives.actions.progress import (
    correct_entry,
    record_progress,
    record_unchanged,
)
from initiatives.actions.rounds import (
    RoundTerms,
    close_round,
    extend_deadline,
    open_round,
    record_reminder,
)

__all__ = [
    "RoundTerms",
    "accept_answer",
    "answer_unchanged",
    "assign_departments",
    "carry_responsibilities_over",
    "certify_answer",
    "close_round",
    "correct_entry",
    "extend_deadline",
    "open_round",
    "record_progress",
    "record_reminder",
    "record_unchanged",
    "reopen_answer",
    "return_answer",
    "save_answer",
    "send_answer",
    "withdraw_answer",
]
