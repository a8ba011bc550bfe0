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


class Period(models.TextChoices):
    """Since when people ask what changed. The days are those of `portal/queries/periods.py`."""

    YEAR = "year", "今年度"
    LAST_YEAR = "last_year", "前年度"
    REPORT = "report", "年次報告から"
    EDITION = "edition", "いまの版から"
    MONTH = "month", "今月"


class Basis(models.TextChoices):
    """By what two days are compared: by what had been recorded, or by 基準日 with one knowledge for both."""

    KNOWN = "known", "それぞれの日の終わりにわかっていた内容"
    AS_OF = "as_of", "その日の状況（基準日）。後から記録されたものも入れる"
