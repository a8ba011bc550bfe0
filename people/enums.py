"""Closed sets of the people app."""

from django.db import models


class Role(models.TextChoices):
    """What somebody may do (design.md §6). Every active account is 職員 without a row saying so."""

    SECRETARIAT = "secretariat", "事務局"
    EDITOR = "editor", "担当課・入力者"
    CERTIFIER = "certifier", "担当課・確認者"
    HEADQUARTERS = "headquarters", "本部員"


DEPARTMENT_ROLES = (Role.EDITOR, Role.CERTIFIER)
"""Roles that are held for one department; the others are held for the city."""
