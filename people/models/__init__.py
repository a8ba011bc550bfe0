"""Departments, accounts, the roles that accounts hold, and how they sign in."""

from people.models.account import RoleAssignment, User
from people.models.closing import ClosedCell, Closing
from people.models.department import (
    Department,
    DepartmentListUpload,
    DepartmentSuccession,
    SuccessionRecall,
)
from people.models.download import Download
from people.models.shortening import Shortening
from people.models.sign_in import PasswordSetting, SignIn, Unlock

__all__ = [
    "ClosedCell",
    "Closing",
    "Department",
    "DepartmentListUpload",
    "DepartmentSuccession",
    "Download",
    "PasswordSetting",
    "RoleAssignment",
    "Shortening",
    "SignIn",
    "SuccessionRecall",
    "Unlock",
    "User",
]
