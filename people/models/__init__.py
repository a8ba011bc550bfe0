"""Departments, accounts and the roles that accounts hold."""

from people.models.account import RoleAssignment, User
from people.models.department import (
    Department,
    DepartmentListUpload,
    DepartmentSuccession,
    SuccessionRecall,
)

__all__ = [
    "Department",
    "DepartmentListUpload",
    "DepartmentSuccession",
    "RoleAssignment",
    "SuccessionRecall",
    "User",
]
