"""Changes to accounts and departments."""

from people.actions.accounts import create_account
from people.actions.department_list import lock_departments, save_department

__all__ = ["create_account", "lock_departments", "save_department"]
