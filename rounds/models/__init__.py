"""How the departments are asked, and what they answer."""

from rounds.models.answer import Answer, AnswerChange
from rounds.models.answer_import import AnswerImport, AnswerImportFile
from rounds.models.reporting_round import Extension, Reminder, ReportingRound

__all__ = [
    "Answer",
    "AnswerChange",
    "AnswerImport",
    "AnswerImportFile",
    "Extension",
    "Reminder",
    "ReportingRound",
]
