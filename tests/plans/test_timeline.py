"""計画の年表: read from the plan's own table, drawn as a picture."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from draft_cast import write_section
from query_counts import as_many_queries

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, Section
from plans.plan_file.reader import read_plan_file
from plans.timeline import Lane, Span, timeline_of
from plans.timeline_picture import LEFT, RIGHT, draw
from revisions.actions.adoption import adopt_edition

ClientOf = Callable[[User | None], Client]
URL = "/editions/timeline/"
TABLE = """計画の期間です。

| 計画名称 | < | R7 | R8 | R9 | R10 |
|---|---|---|---|---|---|
| 町総合計画 | | 基本構想（H30～R9） | < | < | 次の構想（R10～R12） |
| ^ | ^ | 後期計画（R5〜R9） | < | < | |
| ためし町DX計画 | 第0.9版 | R元～R7 | | | |
| ^ | 第1.0版 | | Ｒ８～Ｒ９※ | < | |
| ^ | 第1.5版 | | 未定 | | R10 |

※見直すことがある。"""


def section(body: str) -> Section:
    return Section(key="period", title="計画期間", body=body)


def put_into(edition: Edition, body: str, *, by: User) -> None:
    """Adopt 第1.1版 whose 趣旨 says something else."""
    draft = open_draft(base=edition, major=1, minor=1, by=by)
    write_section(draft, "purpose", body, by=by)
    adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 10),
        basis="本部会議",
        by=by,
    )


# What the table says


def test_a_table_of_periods_is_read_by_the_words_of_its_cells() -> None:
    timeline = timeline_of([section("表はありません。"), section(TABLE)])

    assert timeline is not None
    assert timeline.lanes == [
        Lane(
            "町総合計画",
            [
                Span("基本構想", 2018, 2027),
                Span("次の構想", 2028, 2030),
                Span("後期計画", 2023, 2027),
            ],
        ),
        Lane(
            "ためし町DX計画",
            [
                Span("第0.9版", 2019, 2025),
                Span("第1.0版", 2026, 2027, "※"),
                Span("第1.5版", 2028, 2028),
            ],
        ),
    ]
    assert timeline.unread == ["未定"]
    assert timeline.notes == ["※見直すことがある。"]
    assert (timeline.first, timeline.last) == (2018, 2030)


def test_what_runs_at_the_same_time_stands_in_rows_of_its_own() -> None:
    timeline = timeline_of([section(TABLE)])

    assert timeline is not None
    names = [[span.name for span in row] for row in timeline.lanes[0].rows]
    assert names == [["基本構想", "次の構想"], ["後期計画"]]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "| 項目 | 内容 |\n|---|---|\n| 期間 | R8～R9 |",
        "| 計画 | R8 | R9 |\n|---|---|---|\n| 町の計画 | ○ | ○ |",
        "| 計画 | R8 | R9 |\n|---|---|---|\n| 町の計画 | R9～R8 | |",
    ],
)
def test_a_table_without_years_and_periods_is_none(body: str) -> None:
    assert timeline_of([section(body)]) is None


def test_the_plan_of_the_city_says_which_editions_run_when() -> None:
    path = Path(__file__).parents[2] / "fixtures" / "kirishima-dx-miraizu-2.0.yaml"
    bodies = [
        text for place, text in read_plan_file(path).texts().items() if place.endswith("/body")
    ]

    timeline = timeline_of([section(body) for body in bodies])

    assert timeline is not None
    told = {lane.plan: lane.spans for lane in timeline.lanes}
    assert told["きりしまDX未来図"] == [
        Span("第1.0版", 2023, 2025),
        Span("第2.0版", 2026, 2027),
        Span("第3.0版", 2028, 2032),
    ]
    assert told["霧島市総合計画"] == [
        Span("第2次基本構想", 2018, 2027),
        Span("第3次基本構想", 2028, 2037),
        Span("後期基本計画", 2023, 2027),
        Span("前期基本計画", 2028, 2032),
    ]
    assert told["自治体DX計画"] == [
        Span("第4.0版", 2022, 2025),
        Span("第5.0版", 2026, 2030, "※"),
    ]
    assert timeline.unread == []


# The picture


def test_bars_lie_within_the_years_and_beside_each_other() -> None:
    timeline = timeline_of([section(TABLE)])
    assert timeline is not None

    picture = draw(timeline, [], date(2026, 10, 15))

    assert picture.years[0].label == "H30"
    assert picture.years[1].label == "R1"
    bars = [bar for lane in picture.lanes for bar in lane.bars]
    assert all(bar.x >= LEFT and bar.x + bar.width <= RIGHT for bar in bars)
    assert all(bar.y + picture.bar <= picture.height for bar in bars)
    for one in bars:
        for other in bars:
            if one is not other and one.y == other.y:
                assert one.x + one.width <= other.x or other.x + other.width <= one.x
    year_8 = next(mark.x for mark in picture.years if mark.label == "R8")
    year_9 = next(mark.x for mark in picture.years if mark.label == "R9")
    assert picture.today is not None
    assert year_8 < picture.today.x < year_9


def test_names_stand_beside_the_years_and_the_picture_opens_at_today() -> None:
    timeline = timeline_of([section(TABLE)])
    assert timeline is not None

    picture = draw(timeline, [], date(2026, 10, 15))

    assert picture.today is not None
    assert picture.names_width + picture.years_width == picture.width
    assert picture.names_width < min(mark.x for mark in picture.years)
    shares = [picture.names_share, picture.years_share]
    assert sum(float(share.rstrip("%")) for share in shares) == pytest.approx(100)
    assert picture.today_share == f"{picture.today.x / 10:.1f}%"


def test_a_day_outside_the_years_is_not_drawn() -> None:
    timeline = timeline_of([section(TABLE)])

    assert timeline is not None
    assert draw(timeline, [], date(2040, 1, 1)).today is None


# The page


def test_the_page_shows_picture_table_and_editions(
    small_edition: Edition, secretariat: User, client_of: ClientOf
) -> None:
    put_into(small_edition, TABLE, by=secretariat)

    page = client_of(None).get(URL).content.decode()

    svg = page[page.index('<svg class="years"') :]
    svg = svg[: svg.index("</svg>")]
    assert 'class="years years--names"' in page
    assert 'class="years-begin"' in page
    table = page[page.index('id="periods-title"') :]
    assert "<title" in svg
    assert "町総合計画：基本構想 平成30年度～令和9年度" in svg
    assert 'href="/editions/1.0/"' in svg
    assert "第1.1版（令和8年10月10日）" in svg
    assert "今日" in svg
    assert re.search(r"<td>第1.0版</td><td>令和8年度～令和9年度※</td>", table)
    assert "「未定」" in table
    assert "style=" not in page
    assert not re.search(r'(?:x|y|width)="\d+,\d', svg)


def test_a_plan_without_such_a_table_says_so(small_edition: Edition, client_of: ClientOf) -> None:
    page = client_of(None).get(URL).content.decode()

    assert "年表を描く表がありません" in page
    assert "<svg" not in page[page.index("<main") :]
    assert 'href="/editions/1.0/"' in page


def test_a_draft_is_not_on_it(
    small_edition: Edition, secretariat: User, client_of: ClientOf
) -> None:
    put_into(small_edition, TABLE, by=secretariat)
    living = Edition.objects.get(minor=1)
    open_draft(base=living, major=2, minor=0, by=secretariat)

    for user in (None, secretariat):
        assert "第2.0版" not in client_of(user).get(URL).content.decode()


def test_before_a_plan_is_loaded_the_page_says_so(db: None, client_of: ClientOf) -> None:
    assert "計画がまだありません" in client_of(None).get(URL).content.decode()


def test_nothing_is_written_here(small_edition: Edition, client_of: ClientOf) -> None:
    assert client_of(None).post(URL).status_code == 405


def test_more_editions_take_no_more_queries(
    small_edition: Edition, secretariat: User, client_of: ClientOf
) -> None:
    with as_many_queries(client_of(secretariat), URL):
        put_into(small_edition, TABLE, by=secretariat)
