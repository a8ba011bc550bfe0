"""Changes to accounts and departments."""

from people.actions.accounts import create_account
from people.actions.department_list import (
    DepartmentListCheck,
    DepartmentListOutdated,
    DepartmentListWrong,
    apply_department_list,
    check_department_list,
    keep_department_list,
)

__all__ = [
    "DepartmentListCheck",
    "DepartmentListOutdated",
    "DepartmentListWrong",
    "apply_department_list",
    "check_department_list",
    "create_account",
    "keep_department_list",
]
