"""Measure 利用の記録 on DATABASE_URL, an empty database: `python -m bench.records ROWS`. Prints what was found.

Rows are spread over four years as 1,100 people write them: 86 of 100 are sign-ins (one in twenty refused), 10 files
taken out, 4 changes of accounts, of which half changed nothing, as earlier versions wrote them.
"""

import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from bench import data
from bench.timing import queries_of
from kirishima_dx import clock
from people.actions.recording import record_download
from people.actions.shortening import let_go, say_shortened, years_before
from people.kept_records import KEPT_FOR_A_TIME
from people.models import Download, SignIn, User

PEOPLE = 1_100
YEARS = 4
AT_ONCE = 10_000
PAGES = (
    "/records/",
    "/records/?kind=refused",
    "/records/?kind=account",
    "/records/?kind=closing",
    "/records/?account=u7",
    "/records/?account=職員",
    "/records/?address=10.1.0.7",
    "/records/?address=10.9.",
    "/records/?words=見つからない言葉",
    "/records/?since=2023-01-10&until=2023-01-11",
    "/records/?below=2023-01-10T00:00:00%2B00:00_0_1",
)


def prepare(rows: int) -> User:
    data.prepare(times=1, years=1)
    made = [User(username=f"u{n}", name=f"職員{n}", password="!") for n in range(PEOPLE)]
    User.objects.bulk_create(made)
    people = list(User.objects.filter(username__startswith="u").order_by("pk"))
    end = clock.now()
    step = timedelta(days=365 * YEARS) / rows
    moments = [end - step * n for n in range(rows, 0, -1)]
    for first in range(0, rows, AT_ONCE):
        some = list(enumerate(moments[first : first + AT_ONCE], first))
        _keep(SignIn, [_sign_in(n, at, people) for n, at in some if n % 50 < 43])
        _keep(Download, [_download(n, at, people) for n, at in some if 43 <= n % 50 < 48])
        _keep(User.history.model, [_change(n, at, people) for n, at in some if n % 50 >= 48])
    return User.objects.filter(role_assignments__role="secretariat").first() or User.objects.get(
        is_superuser=True
    )


def _keep(model: Any, rows: list[Any]) -> None:
    with transaction.atomic():
        model._default_manager.bulk_create(rows, batch_size=500)


def _sign_in(n: int, at: datetime, people: list[User]) -> SignIn:
    user = people[n * 7 % PEOPLE]
    outcome = "failed" if n % 20 == 0 else "succeeded"
    address = f"10.1.{n % 4}.{n * 7 % 250}"
    return SignIn(
        tried_at=at,
        username=user.username,
        user=user,
        address=address,
        door="login",
        outcome=outcome,
        known_browser="0" * 32,
    )


def _download(n: int, at: datetime, people: list[User]) -> Download:
    user = people[n * 7 % PEOPLE]
    return Download(
        taken_at=at,
        taken_by=user,
        taken_by_name=user.name,
        address=f"10.1.{n % 4}.{n * 7 % 250}",
        url_name="round_workbook",
        path=f"/rounds/{n % 9}/workbook.xlsx",
        file_name=f"回答様式_令和8年度上半期の照会_職員{n % PEOPLE}課.xlsx",
        size=40_000,
        digest="0" * 64,
    )


def _change(n: int, at: datetime, people: list[User]) -> Any:
    user = people[n * 7 % PEOPLE]
    return User.history.model(
        id=user.pk,
        username=user.username,
        name=f"{user.name}{n // 100}",
        date_joined=at,
        history_date=at,
        history_type="~",
        history_change_reason="人事異動のため",
    )


def seconds(work: Callable[[], Any], runs: int = 5) -> float:
    """Return the median seconds after one warm-up."""
    work()
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return sorted(found)[runs // 2]


def sizes() -> None:
    """Say how many bytes a row takes with its indices."""
    for model in (SignIn, Download, User.history.model):
        table, count = model._meta.db_table, model._default_manager.count()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_total_relation_size(%s)", [table])
            else:
                names = "SELECT name FROM sqlite_master WHERE tbl_name = %s"
                cursor.execute(f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({names})", [table])  # noqa: S608 — our own words
            size = cursor.fetchone()[0]
        print(f"{table}: {count:,} rows, {size / max(count, 1):.0f} bytes a row")


def main(rows: int) -> None:
    call_command("migrate", verbosity=0)
    by = prepare(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    try:
        sizes()
    except Exception as fault:
        print(f"sizes: {fault}")
    client = Client()
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    for url in PAGES:
        ask = partial(client.get, url)
        print(f"{url}: {queries_of(ask)} queries, {seconds(ask) * 1000:.0f} ms")
    _file(client)
    print(f"a file recorded: {seconds(_recording(by), 50) * 1000:.2f} ms")
    say_shortened(
        tables=KEPT_FOR_A_TIME, until=years_before(clock.today(), 3), reason="保存期間", by=by
    )
    start = time.perf_counter()
    gone = let_go(most=20_000)
    print(f"{gone:,} rows let go: {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    gone = let_go()
    print(f"{gone:,} more: {time.perf_counter() - start:.1f} s")


def _recording(by: User) -> Callable[[], object]:
    said = {"address": "10.1.2.3", "url_name": "x", "path": "/x", "name": "x.xlsx"}
    return lambda: record_download(by=by, content=b"x" * 40_000, **said)


def _file(client: Client) -> None:
    before, start = _memory(), time.perf_counter()
    response: Any = client.get("/records.csv")
    first = time.perf_counter()
    size = 0
    for part in response.streaming_content:
        first = first if size else time.perf_counter()
        size += len(part)
    took = time.perf_counter() - start
    print(
        f"/records.csv: {size / 1e6:.0f} MB, first bytes after {first - start:.2f} s, {took:.0f} s, "
        f"{_memory() - before:.0f} MB more memory"
    )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
