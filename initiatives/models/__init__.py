"""What is happening to the focus items."""

from initiatives.models.initiative import Initiative, Responsibility
from initiatives.models.progress_entry import ProgressEntry

__all__ = ["Initiative", "ProgressEntry", "Responsibility"]
