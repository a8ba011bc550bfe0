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


class SignInDoor(models.TextChoices):
    """Where a name and a password were tried."""

    LOGIN = "login", "ログイン"
    PASSWORD_CHANGE = "password_change", "パスワードの変更"


class SignInOutcome(models.TextChoices):
    """How an attempt ended. One that is under way counts as failed until it is known; so does one that was cut off."""

    UNDER_WAY = "under_way", "途中"
    SUCCEEDED = "succeeded", "成功"
    FAILED = "failed", "失敗"
    LOCKED = "locked", "停止中のため拒否"


COUNTED = (SignInOutcome.UNDER_WAY, SignInOutcome.FAILED)
"""What counts towards a lock. What a lock refuses does not: else whoever goes on trying would prolong it for ever."""


class LockKind(models.TextChoices):
    """By which count attempts are refused."""

    NAME_AND_ADDRESS = "name_and_address", "同じ接続元から、このユーザー名で失敗が続いた"
    NAME = "name", "いろいろな接続元から、このユーザー名で失敗が続いた"
    BROWSER = "browser", "本人が前に入ったブラウザーで失敗が続いた"
    ADDRESS = "address", "この接続元からの失敗が続いた"
    NAMES_OF_ADDRESS = "names_of_address", "この接続元から、多くのユーザー名で失敗が続いた"
