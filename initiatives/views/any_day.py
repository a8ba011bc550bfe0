"""Of which day a page was asked to speak (`?on=2026-10-01`), and what its links hand on of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from initiatives.forms.any_day import AnyDayForm, ChangesForm
from kirishima_dx import clock
from kirishima_dx.errors import AddressRefused
from kirishima_dx.moment import Moment


@dataclass(frozen=True)
class AskedDay:
    """The day of a page. `others` is what else its address asks for, name and value."""

    moment: Moment
    today: date
    others: list[tuple[str, str]]

    @property
    def day(self) -> date:
        return self.moment.day

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def is_coming(self) -> bool:
        return self.day > self.today

    @property
    def kept(self) -> dict[str, str]:
        """Return what links hand on, so that the next page speaks of the same day; today needs nothing."""
        return {} if self.is_today else {"on": self.day.isoformat()}

    @property
    def query(self) -> str:
        """Return `?on=2026-10-01` for the end of an address; empty for today."""
        return f"?{urlencode(self.kept)}" if self.kept else ""

    @property
    def suffix(self) -> str:
        """Return `&on=2026-10-01` for the end of an address that asks for something already."""
        return f"&{urlencode(self.kept)}" if self.kept else ""

    @property
    def form(self) -> AnyDayForm:
        return AnyDayForm(initial={"on": self.day}, auto_id="any_day_%s")

    @property
    def changes_form(self) -> ChangesForm:
        initial = {} if self.is_today else {"since": min(self.day, self.today)}
        return ChangesForm(initial=initial, today=self.today, auto_id="changes_%s")


def asked_day(request: HttpRequest) -> AskedDay:
    """Return the day that an address asks for, today by default. Raises AddressRefused where it names none.

    From then on `request.GET`, of which pages make links and forms, names the day as links do: today not at all.
    """
    form = AnyDayForm(request.GET)
    if not form.is_valid():
        errors: Iterable[str] = (str(e) for errors in form.errors.values() for e in errors)
        raise AddressRefused("".join(errors))
    query, today = request.GET.copy(), clock.today()
    query.pop("on", None)
    asked = AskedDay(Moment.end_of(form.day or today), today, _others(query))
    query.update(asked.kept)
    request.GET = QueryDict(query.urlencode())
    return asked


def _others(query: QueryDict) -> list[tuple[str, str]]:
    """Return what goes on when another day is asked for; on its list one begins at the first page."""
    asked = ((name, value) for name, values in query.lists() for value in values)
    return [(name, value) for name, value in asked if value and name != "page"]
