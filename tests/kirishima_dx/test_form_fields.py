"""Dates as people here write them, and prose."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from kirishima_dx.forms import JapaneseDateField, LineField, ProseField, plain_prose, read_date


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-01",
        "2026/10/1",
        "2026.10.1",
        "2026年10月1日",
        "20261001",
        "令和8年10月1日",
        "令和 8 年 10 月 1 日",
        "R8.10.1",
        "r8/10/01",
        "Ｒ８．１０．１",
        "２０２６年１０月１日",
        "㋿8年10月1日",
    ],
)
def test_a_date_is_read_in_every_usual_form(text: str) -> None:
    assert read_date(text) == date(2026, 10, 1)


def test_first_years_of_eras_are_read() -> None:
    assert read_date("令和元年5月1日") == date(2019, 5, 1)
    assert read_date("平成31年4月30日") == date(2019, 4, 30)
    assert read_date("昭和元年12月25日") == date(1926, 12, 25)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "きのう",
        "2026-13-01",
        "2026-02-30",
        "平成32年1月1日",
        "令和元年4月30日",
        "8.10.1",
        "明治33年1月1日",
        "昭和元年12月24日",
    ],
)
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert read_date(text) is None


class ExampleForm(forms.Form):
    day = JapaneseDateField()
    prose = ProseField(max_length=10)


def test_a_wrong_date_is_named_and_stays_in_the_form() -> None:
    form = ExampleForm({"day": "令和8年13月1日", "prose": "よい"})

    assert form.errors["day"] == [
        "「令和8年13月1日」は日付として読めません。"
        "例：2026-10-01、2026/10/1、令和8年10月1日、R8.10.1"
    ]
    assert 'type="text" name="day" value="令和8年13月1日"' in str(form["day"])


@pytest.mark.parametrize("text", ["1900-01-09", "2101/1/1", "令和99年1月1日", date(1926, 12, 24)])
def test_a_day_out_of_range_is_told_which_days_there_are(text: str | date) -> None:
    form = ExampleForm({"day": text, "prose": "よい"})

    assert form.errors["day"] == [
        f"「{text}」は使えない日付です。1926年12月25日から2100年12月31日までの日付にしてください。"
    ]


def test_a_readable_date_goes_into_a_date_input() -> None:
    assert 'type="date"' in str(ExampleForm({"day": "2026-10-01"})["day"])
    assert 'type="date"' in str(ExampleForm()["day"])


def test_prose_has_one_kind_of_line_break_and_no_hidden_marks() -> None:
    assert plain_prose("一\r\n二\x0b三\r四\x07") == "一\n二\n三\n四"


def test_prose_that_nobody_sees_is_empty_and_none_runs_backwards() -> None:
    form = ExampleForm({"day": "2026-10-01", "prose": "\u200b\ufeff \u2060"})

    assert form.errors["prose"] == ["このフィールドは必須です。"]
    assert plain_prose("一\u202e二") == "一二"
    assert plain_prose("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"


def test_prose_may_keep_the_spaces_around_it() -> None:
    assert ProseField(strip=False).clean(" 一\r\n二 ") == " 一\n二 "


def test_a_line_is_one_line_of_what_is_seen() -> None:
    field = LineField(max_length=5)

    assert field.clean(" 一\r\n二\x07 ") == "一 二"
    assert "maxlength" not in str(field.widget.attrs)
    with pytest.raises(ValidationError, match="5文字以内にしてください（いま6文字です）"):
        field.clean("あ" * 6)


def test_prose_too_long_is_kept_and_counted() -> None:
    form = ExampleForm({"day": "2026-10-01", "prose": "あ" * 12})

    assert form.errors["prose"] == ["10文字以内にしてください（いま12文字です）。"]
    assert "あ" * 12 in str(form["prose"])
    assert "maxlength" not in str(form["prose"])
