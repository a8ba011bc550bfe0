"""Attempts to sign in, locks that were lifted, and who set a password (A2). People fill in nothing here by hand."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from kirishima_dx.constraints import filled, one_of
from people.enums import SignInDoor, SignInOutcome

NAME_LENGTH = 150
"""Letters: a longer name is no account's."""
ADDRESS_LENGTH = 45
BY_COMMAND = "運用担当（コマンド）"
"""Who did it where no account did: whoever runs commands on the server."""


class SignIn(models.Model):
    """One attempt with a name and a password, written before the password is tried; how it ended is filled in once.

    `username` is the name as accounts are compared by it (NFKC), whether there is such an account or not; never a
    password. `known_browser` names the browser that had signed in as this name before, by a number that says nothing
    about a person; empty otherwise.
    """

    tried_at = models.DateTimeField("日時")
    username = models.CharField("ユーザー名", max_length=NAME_LENGTH)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sign_ins",
        verbose_name="利用者",
    )
    address = models.CharField("接続元", max_length=ADDRESS_LENGTH, blank=True)
    door = models.CharField("画面", max_length=20, choices=SignInDoor)
    outcome = models.CharField("結果", max_length=20, choices=SignInOutcome)
    known_browser = models.CharField("入ったことのあるブラウザー", max_length=32, blank=True)

    class Meta:
        verbose_name = "ログインの記録"
        verbose_name_plural = "ログインの記録"
        ordering = ("-tried_at", "-pk")
        constraints = (
            models.CheckConstraint(name="sign_in_named", condition=filled("username")),
            one_of("door", SignInDoor, name="sign_in_door_known"),
            one_of("outcome", SignInOutcome, name="sign_in_outcome_known"),
            models.CheckConstraint(
                name="sign_in_succeeds_as_somebody",
                condition=~Q(outcome=SignInOutcome.SUCCEEDED) | Q(user__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=("tried_at",), name="sign_in_by_time"),
            models.Index(fields=("username", "tried_at"), name="sign_in_by_name"),
            models.Index(fields=("address", "tried_at"), name="sign_in_by_address"),
        )

    def __str__(self) -> str:
        return f"{self.username} {localtime(self.tried_at):%Y-%m-%d %H:%M} {self.get_outcome_display()}"


class Unlock(models.Model):
    """停止の解除: what failed before it, of a name or from an address, counts no more. Append-only.

    `unlocked_by` is empty where the command of the server did it.
    """

    username = models.CharField("ユーザー名", max_length=NAME_LENGTH, blank=True)
    address = models.CharField("接続元", max_length=ADDRESS_LENGTH, blank=True)
    reason = models.TextField("理由")
    unlocked_at = models.DateTimeField("解除した日時")
    unlocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="解除した人",
    )
    unlocked_by_name = models.CharField("解除した人の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "ログイン停止の解除"
        verbose_name_plural = "ログイン停止の解除"
        ordering = ("-unlocked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="unlock_of_a_name_or_an_address",
                condition=(Q(username="") & ~Q(address="")) | (~Q(username="") & Q(address="")),
            ),
            models.CheckConstraint(name="unlock_explained", condition=filled("reason")),
            models.CheckConstraint(
                name="unlock_signed",
                condition=Q(unlocked_at__isnull=False) & filled("unlocked_by_name"),
            ),
        )
        indexes = (models.Index(fields=("unlocked_at",), name="unlock_by_time"),)

    def __str__(self) -> str:
        return f"{self.username or self.address} {localtime(self.unlocked_at):%Y-%m-%d %H:%M}"


class PasswordSetting(models.Model):
    """That somebody set the password of an account: its owner, the 事務局, or a command. Append-only.

    `set_by` is empty where the command of the server did it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="password_settings",
        verbose_name="利用者",
    )
    set_at = models.DateTimeField("設定した日時")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="設定した人",
    )
    set_by_name = models.CharField("設定した人の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "パスワードの設定"
        verbose_name_plural = "パスワードの設定"
        ordering = ("-set_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="password_setting_signed",
                condition=Q(set_at__isnull=False) & filled("set_by_name"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user.display_name} {localtime(self.set_at):%Y-%m-%d %H:%M}"

    @property
    def is_by_owner(self) -> bool:
        return self.set_by_id == self.user_id
