"""How the plan was judged: reports, sittings, decisions and amendments."""

from reviews.models.amendment import (
    AdoptionDecision,
    Amendment,
    DraftComment,
    Origin,
)
from reviews.models.annual_report import AnnualReport, Publication
from reviews.models.consideration import Consideration
from reviews.models.decision import Decision, DecisionItem, FollowUp
from reviews.models.meeting import AgendaItem, Attendance, Meeting, Opinion, RecordAddition
from reviews.models.sealed import (
    ReportedEntry,
    SealedPassage,
    SealedRow,
    SealedTable,
    SealedWorkbook,
)

__all__ = [
    "AdoptionDecision",
    "AgendaItem",
    "Amendment",
    "AnnualReport",
    "Attendance",
    "Consideration",
    "Decision",
    "DecisionItem",
    "DraftComment",
    "FollowUp",
    "Meeting",
    "Opinion",
    "Origin",
    "Publication",
    "RecordAddition",
    "ReportedEntry",
    "SealedPassage",
    "SealedRow",
    "SealedTable",
    "SealedWorkbook",
]
