"""The departments and accounts of the demo, and who is responsible for what."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from initiatives.actions.departments import assign_departments
from kirishima_dx import clock
from people.actions.accounts import create_account
from people.enums import Role
from people.models import Department, User
from plans.models import Edition, FocusItemText
from plans.queries import edition_outline

DEPARTMENTS = {
    "demo-kikaku": "デモ企画課",
    "demo-madoguchi": "デモ窓口課",
    "demo-somu": "デモ総務課",
    "demo-bosai": "デモ防災課",
    "demo-sangyo": "デモ産業課",
    "demo-kyoiku": "デモ教育課",
}
LEADS = {
    "1-A": "demo-madoguchi",
    "1-B": "demo-madoguchi",
    "1-C": "demo-kikaku",
    "2-A": "demo-somu",
    "2-B": "demo-kikaku",
    "2-C": "demo-somu",
    "3-A": "demo-bosai",
    "3-B": "demo-sangyo",
    "3-C": "demo-kyoiku",
}


@dataclass
class Cast:
    """The accounts of the demo. `editors` holds who writes for a department, by its code."""

    jimukyoku: User
    kakunin: User
    honbu: User
    editors: dict[str, User]

    def writer(self, text: FocusItemText) -> User:
        """Return who writes of an item: its department's editor, else the 事務局 for a department that has none."""
        return self.editors.get(LEADS[text.policy.code], self.jimukyoku)


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo(settings.TIME_ZONE))


def create_cast(password: str) -> Cast:
    departments = {
        code: Department.objects.create(
            code=code, name=name, division="デモ部", order=order, valid_from=date(2020, 4, 1)
        )
        for order, (code, name) in enumerate(DEPARTMENTS.items(), start=1)
    }

    def account(username: str, name: str, roles: dict[Role, Department | None]) -> User:
        return create_account(
            username=username, name=name, password=password, roles=roles, reason="デモの利用者"
        )

    def editor(username: str, name: str, code: str) -> User:
        return account(username, name, {Role.EDITOR: departments[code]})

    account("shokuin", "デモ 職員", {})
    return Cast(
        jimukyoku=account("jimukyoku", "デモ 事務局", {Role.SECRETARIAT: None}),
        honbu=account("honbu", "デモ 本部員", {Role.HEADQUARTERS: None}),
        kakunin=account("kakunin", "デモ 確認", {Role.CERTIFIER: departments["demo-madoguchi"]}),
        editors={
            "demo-madoguchi": editor("tantou", "デモ 担当", "demo-madoguchi"),
            "demo-bosai": editor("bousai", "デモ 防災担当", "demo-bosai"),
            "demo-somu": editor("soumu", "デモ 総務担当", "demo-somu"),
            "demo-kyoiku": editor("kyouiku", "デモ 教育担当", "demo-kyoiku"),
        },
    )


def assign_items(edition: Edition, by: User) -> None:
    departments = Department.objects.in_bulk(field_name="code")
    for text in edition_outline(edition).items:
        lead = departments[LEADS[text.policy.code]]
        planning = departments["demo-kikaku"]
        assign_departments(
            focus_item=text.focus_item,
            lead=lead,
            supporting=[planning] if lead != planning and text.is_study else [],
            from_date=clock.today(),
            reason="（デモ）担当課の割当て",
            opened_revision=0,
            by=by,
        )
