"""How long something took, and how long ago it was, in words."""

from datetime import date, datetime, timedelta

from kirishima_dx.clock import day_of

DAYS_IN_A_MONTH = 30.4


def took(span: timedelta) -> str:
    """Return 45分, 3時間20分 or 12日5時間: two units at most, whole ones."""
    minutes = max(0, int(span.total_seconds()) // 60)
    if minutes < 60:
        return f"{minutes}分"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}時間{minutes}分" if minutes else f"{hours}時間"
    days, hours = divmod(hours, 24)
    return f"{days}日{hours}時間" if hours else f"{days}日"


def ago(moment: datetime | None, at: date) -> str:
    """Return きょう, きのう or 3日前; empty where nothing happened yet."""
    return days_ago(day_of(moment), at) if moment else ""


def days_ago(day: date | None, at: date) -> str:
    """Return きょう, きのう, 3日前, 約2か月前 or 約1年前; empty where there is no day."""
    if day is None:
        return ""
    days = (at - day).days
    if days <= 1:
        return "きょう" if days <= 0 else "きのう"
    if days < 60:
        return f"{days}日前"
    months = int(days / DAYS_IN_A_MONTH)
    return f"約{months}か月前" if months < 12 else f"約{months // 12}年前"


def days_left(due_on: date, at: date) -> str:
    """Return あと5日, きょうまで or 3日過ぎ."""
    days = (due_on - at).days
    if days == 0:
        return "きょうまで"
    return f"あと{days}日" if days > 0 else f"{-days}日過ぎ"


def days_until(day: date, at: date) -> str:
    """Return あと1,234日 or きょう; empty once the day has passed."""
    days = (day - at).days
    if days < 0:
        return ""
    return f"あと{days:,}日" if days else "きょう"


def span_of_days(day: date, at: date) -> str:
    """Return how far a day lies ahead or behind: 120日先, 45年6か月先, 1年前. Whole months, rounded down."""
    where = "先" if day >= at else "前"
    months = _whole_months(min(day, at), max(day, at))
    if months < 12:
        return f"{abs((day - at).days)}日{where}"
    years, months = divmod(months, 12)
    return f"{years}年{months}か月{where}" if months else f"{years}年{where}"


def months_later(first: date, day: date) -> int:
    """Return by how many months a day lies after another, by the calendar and at least one; 0 where it does not."""
    if day <= first:
        return 0
    return max(1, (day.year - first.year) * 12 + day.month - first.month)


def _whole_months(first: date, last: date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)
