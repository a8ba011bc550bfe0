"""Departments, accounts and the roles that accounts hold."""

from people.models.account import RoleAssignment, User
from people.models.department import Department, DepartmentListUpload, DepartmentSuccession

__all__ = [
    "Department",
    "DepartmentListUpload",
    "DepartmentSuccession",
    "RoleAssignment",
    "User",
]
