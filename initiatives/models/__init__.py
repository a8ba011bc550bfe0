"""What is happening to the focus items, and how the departments are asked."""

from initiatives.models.answer import Answer, AnswerChange
from initiatives.models.answer_import import AnswerImport, AnswerImportFile
from initiatives.models.initiative import Initiative, Responsibility
from initiatives.models.progress_entry import ProgressEntry
from initiatives.models.reporting_round import Extension, Reminder, ReportingRound
from initiatives.models.stated import Stated
from initiatives.models.study import Evidence, EvidenceDownload, Study, StudyNote

__all__ = [
    "Answer",
    "AnswerChange",
    "AnswerImport",
    "AnswerImportFile",
    "Evidence",
    "EvidenceDownload",
    "Extension",
    "Initiative",
    "ProgressEntry",
    "Reminder",
    "ReportingRound",
    "Responsibility",
    "Stated",
    "Study",
    "StudyNote",
]
