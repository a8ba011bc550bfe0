"""What is happening to the focus items."""

from initiatives.models.initiative import Initiative, Responsibility
from initiatives.models.progress_entry import ProgressEntry
from initiatives.models.responsibility_recall import ResponsibilityRecall
from initiatives.models.stated import Stated
from initiatives.models.study import Evidence, EvidenceDownload, Study, StudyNote

__all__ = [
    "Evidence",
    "EvidenceDownload",
    "Initiative",
    "ProgressEntry",
    "Responsibility",
    "ResponsibilityRecall",
    "Stated",
    "Study",
    "StudyNote",
]
