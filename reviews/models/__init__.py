"""How the plan was judged: reports, meetings, decisions, and whether the year's update was considered."""

from reviews.models.annual_report import AnnualReport, Publication, Withholding
from reviews.models.consideration import Consideration
from reviews.models.decision import Decision, DecisionItem, FollowUp
from reviews.models.meeting import AgendaItem, Attendance, Meeting, Opinion
from reviews.models.outcome import DecisionOutcome, OutcomeRecall, Reflection
from reviews.models.record_addition import RecordAddition
from reviews.models.sealed import (
    ReportedEntry,
    SealedPassage,
    SealedRow,
    SealedTable,
    SealedWorkbook,
)

__all__ = [
    "AgendaItem",
    "AnnualReport",
    "Attendance",
    "Consideration",
    "Decision",
    "DecisionItem",
    "DecisionOutcome",
    "FollowUp",
    "Meeting",
    "Opinion",
    "OutcomeRecall",
    "Publication",
    "RecordAddition",
    "Reflection",
    "ReportedEntry",
    "SealedPassage",
    "SealedRow",
    "SealedTable",
    "SealedWorkbook",
    "Withholding",
]
