"""How the plan was judged: reports and amendments."""

from reviews.models.amendment import Amendment
from reviews.models.annual_report import AnnualReport
from reviews.models.sealed import SealedPassage, SealedRow, SealedTable

__all__ = ["Amendment", "AnnualReport", "SealedPassage", "SealedRow", "SealedTable"]
