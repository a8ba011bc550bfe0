"""Changes to accounts and departments."""

from people.actions.accounts import create_account
from people.actions.department_list import (
    keep_department_list,
    save_department,
    take_department_list,
)

__all__ = [
    "create_account",
    "keep_department_list",
    "save_department",
    "take_department_list",
]
