"""Closed sets of the portal app."""

from django.db import models


class RecordKind(models.TextChoices):
    """What a line of 利用の記録 tells of (A2)."""

    SIGN_IN = "sign_in", "ログイン"
    REFUSED = "refused", "ログインの失敗"
    DOWNLOAD = "download", "ファイルの取出し"
    ACCOUNT = "account", "利用者の変更"
    ROLE = "role", "役割の変更"
    UNLOCK = "unlock", "停止の解除"
    CLOSING = "closing", "閉鎖・差し控え"
    SHORTENING = "shortening", "記録の整理"
