"""Questions about accounts as a whole, the departments as people read them, and who took over from whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kirishima_dx import clock
from kirishima_dx.days import day_after, day_before
from kirishima_dx.moment import Moment
from kirishima_dx.typed_text import name_key, parts_of
from people.enums import Role
from people.models import Department, DepartmentSuccession, RoleAssignment, User
from people.querysets import existing_on


def secretariat_exists() -> bool:
    """Whether somebody can sign in today as 事務局."""
    return secretariat_ends_on() != clock.today()


def secretariat_ends_on() -> date | None:
    """Return the first day from today on which nobody can sign in as 事務局; None where somebody always can."""
    accounts = User.objects.filter(is_active=True)
    if accounts.filter(is_superuser=True).exists():
        return None
    roles = RoleAssignment.objects.filter(role=Role.SECRETARIAT, user__in=accounts)
    day = clock.today()
    for begins, last in roles.order_by("valid_from").values_list("valid_from", "valid_until"):
        if begins > day:
            break
        if last is None:
            return None
        if last >= day:
            day = day_after(last)
    return day


@dataclass
class DepartmentRow:
    """A department with those it took over from and those that took over."""

    department: Department
    before: list[DepartmentSuccession] = field(default_factory=list)
    after: list[DepartmentSuccession] = field(default_factory=list)


@dataclass
class DepartmentPage:
    """The departments of a day in the city's order; those still to come and those that ended stand apart."""

    current: list[DepartmentRow] = field(default_factory=list)
    coming: list[DepartmentRow] = field(default_factory=list)
    ended: list[DepartmentRow] = field(default_factory=list)


def department_page(at: date) -> DepartmentPage:
    """Return all departments as they stand on a day, in two queries."""
    rows = {one.pk: DepartmentRow(one) for one in Department.objects.not_called_off()}
    for succession in DepartmentSuccession.objects.standing().select_related("before", "after"):
        rows[succession.before_id].after.append(succession)
        rows[succession.after_id].before.append(succession)
    page = DepartmentPage()
    for row in rows.values():
        if row.department.is_valid_on(at):
            page.current.append(row)
        elif row.department.valid_from is not None and row.department.valid_from > at:
            page.coming.append(row)
        else:
            page.ended.append(row)
    return page


@dataclass
class HandoverDays:
    """The days of a department on which its handovers rest."""

    last_day: date | None = None
    taken_over_on: list[date] = field(default_factory=list)

    def refusals(
        self, valid_from: date | None, valid_until: date | None
    ) -> Iterator[tuple[str, str]]:
        """Yield the column of a department that does not fit them, with what to do instead."""
        way = "日を変えるときは、引継ぎの画面の「取りやめる・日を変える」を使ってください。"
        if self.last_day is not None and valid_until != self.last_day:
            yield (
                "valid_until",
                f"この部署は引継ぎが記録されているので、廃止日（{self.last_day.isoformat()}）は変えられません。{way}",
            )
        if not self.taken_over_on:
            return
        first, last = min(self.taken_over_on), max(self.taken_over_on)
        if valid_from is not None and valid_from > first:
            yield (
                "valid_from",
                f"設置日は、引継ぎの日（{first.isoformat()}）以前にしてください。{way}",
            )
        if valid_until is not None and valid_until < last:
            yield (
                "valid_until",
                f"廃止日は、引継ぎの日（{last.isoformat()}）以後にしてください。{way}",
            )


def handover_days() -> dict[int, HandoverDays]:
    """Return, by key, the days of the departments that were handed over or took over, or are going to."""
    found: dict[int, HandoverDays] = defaultdict(HandoverDays)
    successions = DepartmentSuccession.objects.standing()
    for before, after, day in successions.values_list("before_id", "after_id", "effective_from"):
        found[before].last_day = day_before(day)
        found[after].taken_over_on.append(day)
    return found


def column_then(column: str, at: Moment, *, department: str = "department") -> F | Coalesce:
    """Return, for annotating rows that point at a department, what a column of it said at a moment.

    What was not kept then is answered by what it says now.
    """
    now = F(f"{department}__{column}")
    if not at.is_hindsight:
        return now
    last = _last_records(at, OuterRef(f"{department}_id")).values(column)[:1]
    return Coalesce(Subquery(last), now)


def departments_then(at: Moment, *, also: QuerySet[Any]) -> list[Department]:
    """Return the departments that existed on a day, and those for which `also` finds a row (its OuterRef is `id`).

    They bear the names and stand in the order of the moment. One query.
    """
    wanted = existing_on(at.day) | Exists(also)
    if not at.is_hindsight:
        return list(Department.objects.filter(wanted))
    last = _last_records(at, OuterRef("id")).values("history_id")[:1]
    records = Department.history.filter(wanted, history_id=Subquery(last))
    return sorted((record.instance for record in records), key=lambda one: one.place_order)


def _last_records(at: Moment, department: OuterRef) -> QuerySet[Any]:
    """Return what was known of a department, what was written last first."""
    records: QuerySet[Any] = Department.history.filter(at.known("history_date"), id=department)
    return records.order_by("-history_id")


class UnknownDepartment(ValueError):
    """A text that names no department, or several. The message says in Japanese which ones it may have meant."""


class DepartmentNames:
    """Knows departments by every way in which people write them: 名称, コード, 部と名称, 名称（コード）."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self.departments = list(departments)
        self.by_code = {department.code: department for department in self.departments}
        self._by_key: dict[str, dict[int, Department]] = defaultdict(dict)
        for department in self.departments:
            name, code = department.name, department.code
            for text in (name, code, f"{department.division}{name}", f"{name}({code})"):
                self._by_key[name_key(text)][department.pk] = department

    def label(self, department: Department) -> str:
        """Return a name that means this department alone; its code stands beside it where several share the name."""
        shared = len(self._by_key.get(name_key(department.name), {})) > 1
        return f"{department.name}（{department.code}）" if shared else department.name

    def labels(self, departments: Iterable[Department]) -> str:
        return "、".join(self.label(department) for department in departments)

    def find(self, text: str) -> Department:
        """Return the department that a text means. Raises UnknownDepartment; never a guess."""
        found = list(self._by_key.get(name_key(text), {}).values())
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownDepartment(
                f"「{text}」という名称の部署が二つ以上あります。"
                f"{'、'.join(f'「{self.label(department)}」' for department in found)}のどれかにしてください。"
            )
        raise UnknownDepartment(f"「{text}」という部署はありません。{self._advice(text)}")

    def find_all(self, text: str) -> list[Department]:
        """Return the departments that a text names, each once, in the order of the city's list."""
        named = [self.find(part) for part in parts_of(text)]
        return sorted(set(named), key=lambda department: department.place_order)

    def _advice(self, text: str) -> str:
        labels = {
            name_key(department.name): self.label(department) for department in self.departments
        }
        near = [labels[key] for key in get_close_matches(name_key(text), labels, n=3, cutoff=0.5)]
        if near:
            return f"近い名称：{'、'.join(near)}。"
        return "部署一覧の名称かコードを入れてください。"


class Heirs:
    """Knows which departments answer on a day for what a department took on: itself, else those that took over."""

    def __init__(self, at: date) -> None:
        """Read, in two queries, which departments have ended and who took over from them."""
        departments = Department.objects.filter(valid_until__lt=at)
        self._ended = set(departments.values_list("pk", flat=True))
        self._after: dict[int, set[int]] = defaultdict(set)
        successions = DepartmentSuccession.objects.standing().filter(effective_from__lte=at)
        for before, after in successions.values_list("before_id", "after_id"):
            self._after[before].add(after)

    def of(self, department_id: int) -> set[int]:
        """Return who answers for a department's promises; nobody where it ended and none took over."""
        seen, found, waiting = set(), set(), [department_id]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            if one in self._ended:
                waiting += self._after[one]
            else:
                found.add(one)
        return found

    def without_heir(self) -> set[int]:
        """Return the departments that ended and from which nobody that is left took over."""
        return {one for one in self._ended if not self.of(one)}

    def whose_promises(self, department_ids: Collection[int]) -> set[int]:
        """Return the departments for whose promises some departments answer."""
        inherited = {one for one in self._ended if self.of(one) & set(department_ids)}
        return inherited | (set(department_ids) - self._ended)
