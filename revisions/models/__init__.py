"""How the text of the plan changes: amendments, the discussion of a draft, what an adoption rests on."""

from revisions.models.amendment import (
    AdoptionDecision,
    Amendment,
    DraftComment,
    Effect,
    Origin,
)
from revisions.models.recall import RecalledDecision

__all__ = [
    "AdoptionDecision",
    "Amendment",
    "DraftComment",
    "Effect",
    "Origin",
    "RecalledDecision",
]
