"""The plan's text, edition by edition."""

from plans.models.lineage import Descent, Erratum, ItemFate
from plans.models.plan import Edition, Plan
from plans.models.recall import RecalledAdoption
from plans.models.text import Axis, FocusItem, FocusItemText, Policy, Section

__all__ = [
    "Axis",
    "Descent",
    "Edition",
    "Erratum",
    "FocusItem",
    "FocusItemText",
    "ItemFate",
    "Plan",
    "Policy",
    "RecalledAdoption",
    "Section",
]
