"""Template filters and tags that every page uses."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.utils import timezone
from django.utils.safestring import SafeString

from kirishima_dx import clock, fiscal_year
from kirishima_dx.changed_words import changed_words
from kirishima_dx.clock import day_of
from kirishima_dx.elapsed import days_until
from kirishima_dx.pictures.drawing import picture_bar, picture_key
from kirishima_dx.safe_html import fill
from kirishima_dx.version import VERSION
from kirishima_dx.way_back import WayBack, way_back_of

register = template.Library()
register.simple_tag(changed_words)
register.simple_tag(picture_bar)
register.simple_tag(picture_key)

AS_OF = '<span class="as-of">{}{}{}</span>'


def _as_date(value: date | datetime) -> date:
    return day_of(value) if isinstance(value, datetime) else value


@register.filter
def wareki(value: date | datetime | None) -> SafeString | str:
    """Show a date as 令和8年10月1日, with the ISO date for machines."""
    if value is None:
        return ""
    return _drawn(_as_date(value))


@lru_cache(maxsize=1024)
def _drawn(day: date) -> SafeString:
    """Draw a day. The same few stand in every row of a page."""
    return fill('<time datetime="{}">{}</time>', day.isoformat(), fiscal_year.wareki_date(day))


@register.simple_tag
def as_of(day: date | datetime | None, *, prefix: str = "", suffix: str = "") -> SafeString:
    """Draw a day as 令和8年10月1日, with a word before or behind it; ― where there is none."""
    if not day:
        return fill(AS_OF, f"{prefix} " if prefix else "", "―", "")
    return fill(AS_OF, f"{prefix} " if prefix else "", wareki(day), suffix)


@register.filter
def wareki_short(day: date) -> SafeString:
    """Show a date as R9.3末 or R8.12.10, with the ISO date for machines."""
    short = fiscal_year.wareki_date_short(day)
    return fill('<time datetime="{}">{}</time>', day.isoformat(), short)


@register.filter
def wareki_time(value: datetime | None) -> SafeString | str:
    """Show a moment as 令和8年10月1日 14:05 in Asia/Tokyo."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return fill(
        '<time datetime="{}">{} {}</time>',
        local.isoformat(timespec="minutes"),
        fiscal_year.wareki_date(local.date()),
        f"{local:%H:%M}",
    )


@register.filter
def days_to_come(day: date | None) -> str:
    """Show how far a coming day is as あと120日; empty for today and days that have passed."""
    today = clock.today()
    return days_until(day, today) if day and day > today else ""


@register.filter
def fiscal_year_label(value: int) -> str:
    """Show 2026 as 令和8年度（2026年度）."""
    return fiscal_year.fiscal_year_label(value)


@register.filter
def fiscal_year_short(value: int) -> str:
    """Show 2026 as R8."""
    return fiscal_year.fiscal_year_short(value)


@register.filter
def under(found: Mapping[Any, Any], key: object) -> Any:
    """Return what stands under a key; nothing where nothing does, or where a page did not ask."""
    return found.get(key) if found else None


@register.simple_tag
def way_back(message: Message) -> WayBack | None:
    """Return how to take back what a message tells of, where it says so."""
    return way_back_of(message)


@register.simple_tag
def product_version() -> str:
    return VERSION
