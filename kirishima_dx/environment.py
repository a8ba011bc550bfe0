"""Reading the environment strictly: what is misspelt stops the start, in words, and turns nothing off unseen."""

from contextlib import suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ON, OFF = ("on", "true", "yes", "1"), ("off", "false", "no", "0")
SQLITE_HABITS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
EXAMPLES = "postgres://名前:パスワード@ホスト:5432/データベース名、sqlite:////var/lib/kirishima/kirishima.sqlite3"
MAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl", "consolemail")
MAIL_EXAMPLES = "smtp://mail.example.lg.jp:25、smtp+tls://利用者:パスワード@mail.example.lg.jp:587"
COMPARISON_COLUMNS = ("new", "old", "remarks")
"""The columns of 新旧対照表, in the order in which they stand unless a city says otherwise."""
COMPARISON_WORDS = ("new", "old", "remarks", "added", "dropped", "omitted", "legend")

env = environ.Env()


def switch(name: str, *, default: bool) -> bool:
    """Return whether a variable is on; empty means the default."""
    value = env.str(name, default="").strip().lower()
    if value and value not in (*ON, *OFF):
        raise ImproperlyConfigured(f"環境変数 {name} は on か off にしてください（「{value}」）。")
    return value in ON if value else default


def whole_number(name: str, *, default: int, least: int = 1) -> int:
    """Return a number of `least` or more; empty means the default."""
    value = env.str(name, default="").strip()
    is_number = value.isascii() and value.isdigit() and len(value) < 10
    if value and not (is_number and int(value) >= least):
        raise ImproperlyConfigured(
            f"環境変数 {name} は {least} 以上の整数にしてください（「{value}」）。"
        )
    return int(value) if value else default


def trusted_proxies(name: str) -> tuple[str, ...]:
    """Return the addresses of proxies that a variable names; off or empty names none.

    Each stands for itself: whoever may speak for everybody could call himself any address.
    """
    value = env.str(name, default="").strip()
    if not value or value.lower() in OFF:
        return ()
    found = tuple(_one_address(part) for part in _listed(name))
    if "" in found or not found:
        raise ImproperlyConfigured(
            f"環境変数 {name} には、前に立つプロキシのIPアドレスを書いてください（「{value}」）。"
            "同じ機械のプロキシなら 127.0.0.1、いくつかあればコンマで区切ります。"
            "on や * のようにすべてを信じることは、だれでも送信元を偽れるのでできません。例: 127.0.0.1,192.0.2.10"
        )
    return found


def _one_address(text: str) -> str:
    """Return the one spelling of a machine's address, empty where it is none."""
    with suppress(ValueError):
        address = ip_address(text)
        address = getattr(address, "ipv4_mapped", None) or address
        if not (address.is_unspecified or address.is_multicast):
            return str(address)
    return ""


def database(name: str) -> dict[str, Any] | None:
    """Return the database that an address names, None where there is no address."""
    url = env.str(name, default="").strip()
    if not url:
        return None
    found = database_at(url)
    if found is None:
        # Without the address itself: it may hold a password.
        raise ImproperlyConfigured(
            f"環境変数 {name} をデータベースのアドレスとして読めません。例: {EXAMPLES}"
        )
    return found


def database_at(url: str) -> dict[str, Any] | None:
    """Return the database at an address; None where it cannot be read as one."""
    found: dict[str, Any] = {}
    with suppress(ValueError):
        if env.DB_SCHEMES.get(urlsplit(url).scheme) in ENGINES:
            found = env.db_url_config(url)
    return found if found.get("NAME") else None


def with_habits(values: dict[str, Any]) -> dict[str, Any]:
    """Return a database with how we speak to it: what was acknowledged outlasts a power cut (decision 0027)."""
    options = dict(values.get("OPTIONS", {}))
    if values["ENGINE"] == "django.db.backends.sqlite3":
        # Writers queue instead of failing with "database is locked"; readers never wait for a writer.
        options |= {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_HABITS}
        # Opening reads every trigger there is: a thread does it once. There is no server that could go away.
        return {**values, "OPTIONS": options, "CONN_MAX_AGE": None}
    said = f"{options.get('options', '')} -c synchronous_commit=on".strip()
    kept = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # Without a limit a server that is gone is waited for as long as the system likes, by pages and probes alike.
    options = {"connect_timeout": 5, **options, "options": said}
    return {**values, "OPTIONS": options, **kept}


def mail_server(name: str) -> dict[str, Any] | None:
    """Return the mail settings that an address names, None where there is no address: then nothing is sent."""
    url = env.str(name, default="").strip()
    if not url:
        return None
    found: dict[str, Any] = {}
    if urlsplit(url).scheme in MAIL_SCHEMES:
        with suppress(ValueError):
            found = env.email_url_config(url)
    if not found.get("EMAIL_HOST") and urlsplit(url).scheme != "consolemail":
        # Without the address itself: it may hold a password.
        raise ImproperlyConfigured(
            f"環境変数 {name} をメールサーバーのアドレスとして読めません。例: {MAIL_EXAMPLES}"
        )
    return found


def comparison_table(columns: str, words: str) -> dict[str, Any]:
    """Return the order of columns and the words of 新旧対照表 that two variables name, and nothing of what they do not.

    Columns are written `new,old,remarks`, words `new=改正案,old=現行`, by the names in COMPARISON_WORDS.
    """
    found: dict[str, Any] = {}
    order = tuple(_listed(columns))
    if order and sorted(order) != sorted(COMPARISON_COLUMNS):
        raise ImproperlyConfigured(
            f"環境変数 {columns} には {'、'.join(COMPARISON_COLUMNS)} を、"
            "並べたい順にコンマで区切って一度ずつ書いてください。"
        )
    if order:
        found["columns"] = order
    for part in _listed(words):
        name, _, word = (piece.strip() for piece in part.partition("="))
        if name not in COMPARISON_WORDS or not word:
            raise ImproperlyConfigured(
                f"環境変数 {words} は「名前=ことば」をコンマで区切って書いてください（「{part}」）。"
                f"名前は {'、'.join(COMPARISON_WORDS)} です。"
            )
        found[name] = word
    return found


def _listed(name: str) -> list[str]:
    """Return the parts of a variable between its commas."""
    parts = (part.strip() for part in env.str(name, default="").split(","))
    return [part for part in parts if part]
