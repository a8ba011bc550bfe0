"""Plan files: one edition of one plan as reviewed text with natural keys (fixtures/README.md)."""

from plans.plan_file.reader import Fault, PlanFileError, parse_plan, read_plan_file
from plans.plan_file.source import PlanFile

__all__ = ["Fault", "PlanFile", "PlanFileError", "parse_plan", "read_plan_file"]
