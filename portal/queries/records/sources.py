"""The tables from which 利用の記録 is read, apart from histories."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from initiatives.models import EvidenceDownload
from kirishima_dx.clock import day_of
from kirishima_dx.fiscal_year import wareki_date
from people.enums import SignInOutcome
from people.kept_records import label_of
from people.models import Closing, Download, PasswordSetting, Shortening, SignIn, Unlock
from portal.enums import RecordKind
from portal.queries.records.record import Record
from portal.queries.records.source import Source, closing_url, name_of
from reviews.models import Withholding


class SignIns(Source):
    """Attempts to sign in. Whoever typed an unknown name stands there with the name as it was typed."""

    kinds = (RecordKind.SIGN_IN, RecordKind.REFUSED)
    at, accounts, names = "tried_at", ("user",), ("username",)
    address, texts = "address", ("username", "user__name")

    def rows(self) -> "QuerySet[Any]":
        return SignIn.objects.select_related("user")

    def of_kind(self, kind: RecordKind | None) -> Q:
        succeeded = Q(outcome=SignInOutcome.SUCCEEDED)
        if kind is None:
            return Q()
        return succeeded if kind is RecordKind.SIGN_IN else ~succeeded

    def told(self, rows: Sequence[SignIn]) -> Iterable[Record]:
        for row in rows:
            is_in = row.outcome == SignInOutcome.SUCCEEDED
            known = "入ったことのあるブラウザーから。" if row.known_browser else ""
            yield Record(
                row.tried_at,
                RecordKind.SIGN_IN if is_in else RecordKind.REFUSED,
                self.number,
                row.pk,
                name_of(row.user, "（このユーザー名の利用者はいません）"),
                row.username,
                row.address,
                said=(f"{row.get_door_display()}：{row.get_outcome_display()}。{known}",),
                closing_url="" if row.user else closing_url(row),
            )


class Downloads(Source):
    kinds = (RecordKind.DOWNLOAD,)
    at, accounts, names = "taken_at", ("taken_by",), ("taken_by_name",)
    address, texts = "address", ("file_name", "path", "taken_by_name")

    def rows(self) -> "QuerySet[Any]":
        return Download.objects.select_related("taken_by")

    def told(self, rows: Sequence[Download]) -> Iterable[Record]:
        for row in rows:
            yield Record(
                row.taken_at,
                RecordKind.DOWNLOAD,
                self.number,
                row.pk,
                row.taken_by_name or "（ログインしていない人）",
                row.taken_by.username if row.taken_by else "",
                row.address,
                row.file_name,
                (f"{row.path} から取り出した。",),
                size=row.size,
                digest=row.digest,
                closing_url=closing_url(row),
            )


class EvidenceDownloads(Source):
    """Files of studies have a record of their own, which their page counts."""

    kinds = (RecordKind.DOWNLOAD,)
    at, accounts = "taken_at", ("taken_by",)
    address, texts = "address", ("evidence__name", "evidence__title", "taken_by__name")

    def rows(self) -> "QuerySet[Any]":
        rows = EvidenceDownload.objects.select_related("taken_by", "evidence")
        return rows.defer("evidence__content")

    def told(self, rows: Sequence[EvidenceDownload]) -> Iterable[Record]:
        for row in rows:
            evidence = row.evidence
            yield Record(
                row.taken_at,
                RecordKind.DOWNLOAD,
                self.number,
                row.pk,
                row.taken_by.display_name,
                row.taken_by.username,
                row.address,
                evidence.name,
                (f"検討の資料「{evidence.title}」を取り出した。",),
                size=evidence.size,
                digest=evidence.digest,
            )


class PasswordSettings(Source):
    kinds = (RecordKind.ACCOUNT,)
    at, accounts, names = "set_at", ("user", "set_by"), ("set_by_name",)
    texts = ("user__username", "user__name", "set_by_name")

    def rows(self) -> "QuerySet[Any]":
        return PasswordSetting.objects.select_related("user", "set_by")

    def told(self, rows: Sequence[PasswordSetting]) -> Iterable[Record]:
        for row in rows:
            said = "自分のパスワードを変えた。" if row.is_by_owner else "パスワードを設定した。"
            yield Record(
                row.set_at,
                RecordKind.ACCOUNT,
                self.number,
                row.pk,
                row.set_by_name,
                row.set_by.username if row.set_by else "",
                subject=f"{row.user.display_name}（{row.user.username}）",
                said=(said,),
            )


class Unlocks(Source):
    kinds = (RecordKind.UNLOCK,)
    at, accounts = "unlocked_at", ("unlocked_by",)
    names = ("unlocked_by_name", "username")
    address, texts = "address", ("username", "reason", "unlocked_by_name")

    def rows(self) -> "QuerySet[Any]":
        return Unlock.objects.select_related("unlocked_by")

    def told(self, rows: Sequence[Unlock]) -> Iterable[Record]:
        for row in rows:
            said = "このユーザー名" if row.username else "この接続元から"
            yield Record(
                row.unlocked_at,
                RecordKind.UNLOCK,
                self.number,
                row.pk,
                row.unlocked_by_name,
                row.unlocked_by.username if row.unlocked_by else "",
                subject=row.username or row.address,
                said=(f"{said}のログインの停止を解除した。",),
                reason=row.reason,
                closing_url=closing_url(row),
            )


class Closings(Source):
    kinds = (RecordKind.CLOSING,)
    at, accounts, names = "closed_at", ("closed_by",), ("closed_by_name",)
    texts = ("subject", "reason", "closed_by_name")

    def rows(self) -> "QuerySet[Any]":
        return Closing.objects.select_related("closed_by")

    def told(self, rows: Sequence[Closing]) -> Iterable[Record]:
        for row in rows:
            yield Record(
                row.closed_at,
                RecordKind.CLOSING,
                self.number,
                row.pk,
                row.closed_by_name,
                row.closed_by.username,
                subject=row.subject,
                said=("個人情報を含むため閉じた。",),
                reason=row.reason,
                closing_url=closing_url(row),
            )


class Withholdings(Source):
    kinds = (RecordKind.CLOSING,)
    at, accounts, names = "withheld_at", ("withheld_by",), ("withheld_by_name",)
    texts = ("reason", "withheld_by_name")

    def rows(self) -> "QuerySet[Any]":
        return Withholding.objects.select_related("withheld_by", "report__plan")

    def told(self, rows: Sequence[Withholding]) -> Iterable[Record]:
        for row in rows:
            yield Record(
                row.withheld_at,
                RecordKind.CLOSING,
                self.number,
                row.pk,
                row.withheld_by_name,
                row.withheld_by.username,
                subject=str(row.report),
                said=("確定した年次報告を差し控えた。",),
                reason=row.reason,
                closing_url=closing_url(row),
            )


class Shortenings(Source):
    kinds = (RecordKind.SHORTENING,)
    at, accounts, names = "shortened_at", ("shortened_by",), ("shortened_by_name",)
    texts = ("table_name", "reason", "shortened_by_name")

    def rows(self) -> "QuerySet[Any]":
        return Shortening.objects.select_related("shortened_by")

    def told(self, rows: Sequence[Shortening]) -> Iterable[Record]:
        for row in rows:
            yield Record(
                row.shortened_at,
                RecordKind.SHORTENING,
                self.number,
                row.pk,
                row.shortened_by_name,
                row.shortened_by.username,
                subject=label_of(row.table_name),
                said=(f"{wareki_date(day_of(row.until))}より前の記録を消した。",),
                reason=row.reason,
                closing_url=closing_url(row),
            )
