"""Departments, accounts and the roles that accounts hold."""

from people.models.account import RoleAssignment, User
from people.models.closing import ClosedCell, Closing
from people.models.department import (
    Department,
    DepartmentListUpload,
    DepartmentSuccession,
    SuccessionRecall,
)
from people.models.shortening import Shortening

__all__ = [
    "ClosedCell",
    "Closing",
    "Department",
    "DepartmentListUpload",
    "DepartmentSuccession",
    "RoleAssignment",
    "Shortening",
    "SuccessionRecall",
    "User",
]
