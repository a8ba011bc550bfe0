"""Changes to accounts and departments."""

from people.actions.accounts import create_account

__all__ = ["create_account"]
