"""What changed of accounts and roles, told from their histories: old, new, who and why (A2)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from kirishima_dx.fiscal_year import wareki_date
from people.enums import Role
from people.models import RoleAssignment, User
from people.models.sign_in import BY_COMMAND
from portal.enums import RecordKind
from portal.queries.records.record import Record
from portal.queries.records.source import Source, closing_url, name_of

ADDED, CHANGED = "+", "~"
NOTHING = "なし"
Names = dict[str, dict[int, str]]
"""By column, of rows that it points at: what they are called."""
Values = dict[str, str]
"""By label: a value in words."""


def in_words(field: Any, value: Any, names: Names) -> str:
    """Return a value of a column as people read it."""
    if value is None or value == "":
        return NOTHING
    if field.is_relation:
        return names[field.attname].get(value, NOTHING)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return wareki_date(value)
    return str(dict(field.flatchoices).get(value, value))


class History(Source):
    """The history of a live model. Rows that changed none of the columns told are left out: earlier versions wrote one
    at each sign-in."""

    at = "history_date"
    model: ClassVar[type[Model]]
    columns: ClassVar[tuple[str, ...]]
    came: ClassVar[str]
    went: ClassVar[str]

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.history: Any = self.model.history.model  # type: ignore[attr-defined]  # simple_history has no types.
        self.fields = [self.history._meta.get_field(name) for name in self.columns]

    def rows(self) -> "QuerySet[Any]":
        records = self.history._default_manager
        before = records.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        last = before.order_by("-history_id").values("history_id")[:1]
        rows = records.select_related("history_user").annotate(previous=Subquery(last))
        same = records.filter(self._all_same(), history_id=OuterRef("previous"))
        return rows.exclude(Exists(same), history_type=CHANGED)  # type: ignore[no-any-return]  # simple_history has no types.

    def told(self, rows: Sequence[Any]) -> Iterable[Record]:
        previous = self.history._default_manager.in_bulk([row.previous for row in rows])
        names = self._names([*rows, *previous.values()])
        for row in rows:
            before = previous.get(row.previous)
            then = self._values(before, names) if before else {}
            yield Record(
                row.history_date,
                self.kinds[0],
                self.number,
                row.history_id,
                name_of(row.history_user, BY_COMMAND),
                row.history_user.username if row.history_user else "",
                subject=self.subject(row, names),
                said=tuple(self._sentences(row, then, self._values(row, names))),
                reason=row.history_change_reason,
                closing_url=closing_url(row),
            )

    def subject(self, row: Any, names: Names) -> str:
        """Return of whom a row tells."""
        raise NotImplementedError

    def _sentences(self, row: Any, then: Values, now: Values) -> Iterator[str]:
        given = [f"{label}：{value}" for label, value in now.items() if value != NOTHING]
        if row.history_type != CHANGED:
            yield self.came if row.history_type == ADDED else self.went
            yield from given
        elif not then:
            yield "前の値は残っていません。変更の後は、次のとおりです。"
            yield from given
        for label, old in then.items() if row.history_type == CHANGED else ():
            if old != now[label]:
                yield f"{label}：{old} → {now[label]}"

    def _values(self, row: Any, names: Names) -> Values:
        return {
            str(field.verbose_name): in_words(field, getattr(row, field.attname), names)
            for field in self.fields
        }

    def _names(self, rows: Sequence[Any]) -> Names:
        found: Names = {}
        for field in (one for one in self.fields if one.is_relation):
            keys = {getattr(row, field.attname) for row in rows} - {None}
            there = field.related_model._default_manager.in_bulk(keys)
            found[field.attname] = {key: str(one) for key, one in there.items()}
        return found

    def _all_same(self) -> Q:
        """Say that the columns hold what those of the row outside hold, nothing included."""
        same = Q()
        for name in (field.attname for field in self.fields):
            nothing = Q(IsNull(F(name), True), IsNull(OuterRef(name), True))
            same &= Q(**{name: OuterRef(name)}) | nothing
        return same


class AccountHistory(History):
    kinds, model = (RecordKind.ACCOUNT,), User
    columns = ("username", "name", "email", "is_active", "is_staff", "is_superuser")
    accounts, names = ("history_user", "id"), ("username", "name")
    texts = ("username", "name", "history_change_reason", "history_user__name")
    came, went = "アカウントを作った。", "アカウントを消した。"

    def subject(self, row: Any, names: Names) -> str:
        return f"{row.name or row.username}（{row.username}）"


class RoleHistory(History):
    kinds, model = (RecordKind.ROLE,), RoleAssignment
    columns = ("user", "role", "department", "valid_from", "valid_until")
    accounts = ("history_user", "user")
    texts = (
        "user__username",
        "user__name",
        "department__name",
        "history_change_reason",
        "history_user__name",
    )
    came, went = "役割を付けた。", "役割の行を取り消した。"

    def subject(self, row: Any, names: Names) -> str:
        role = Role(row.role).label if row.role in Role else row.role
        unit = names["department_id"].get(row.department_id)
        user = names["user_id"].get(row.user_id, NOTHING)
        return f"{user}　{role}{f'（{unit}）' if unit else ''}"
