"""What people record of an initiative."""

from initiatives.actions.departments import assign_departments
from initiatives.actions.progress import (
    Statement,
    correct_entry,
    faults_of,
    record_progress,
    record_unchanged,
)

__all__ = [
    "Statement",
    "assign_departments",
    "correct_entry",
    "faults_of",
    "record_progress",
    "record_unchanged",
]
