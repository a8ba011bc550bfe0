"""Reading a plan file: each fault with its line."""

from pathlib import Path

import pytest

from plans.plan_file.fields import PlanFileError
from plans.plan_file.reader import parse_plan, read_plan_file

GOOD = """\
plan: {code: tameshi, name: ためし計画, municipality: ためし町}
edition: {number: "1.0", first_fiscal_year: 2026, last_fiscal_year: 2027}
axes:
  - number: 1
    name: 便利なまち
    policies:
      - letter: A
        name: 行かない窓口
        items:
          - number: 1
            title: オンライン化
            overview: スマホで完結させます。
          - number: 2
            title: 遠隔相談
            overview: 相談できるようにします。
sections:
  - key: purpose
    title: 趣旨
    body: 計画の趣旨です。
  - key: items
    title: 取組
    kind: items
errata:
  - place: sections/purpose/body
    transcribed: 計画の種子
    corrected: 計画の趣旨
    reason: 変換の誤り
"""


def faults_of(text: str) -> list[str]:
    with pytest.raises(PlanFileError) as refusal:
        parse_plan(text)
    return [str(fault) for fault in refusal.value.faults]


def test_a_good_file_is_read() -> None:
    plan = parse_plan(GOOD)

    assert (plan.code, plan.major, plan.minor) == ("tameshi", 1, 0)
    assert plan.texts()["items/1-A-2/title"] == "遠隔相談"
    assert [erratum.right for erratum in plan.errata] == ["計画の趣旨"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("number: 2\n", "number: 1\n", "13行目: 重点項目 1-A-1 は 10行目にもあります。"),
        (
            "title: 遠隔相談",
            "title: 遠隔相談★",
            "13行目: ★は題に書かず「is_study: yes」としてください。",
        ),
        (
            "kind: items",
            "kind: table",
            "20行目: 節の「kind」は text、items、before_after のどれかです（「table」）。",
        ),
        (
            "corrected: 計画の趣旨",
            "corrected: 計画の主旨",
            "24行目: 正誤の「corrected」が sections/purpose/body の本文に見つかりません。",
        ),
        (
            "place: sections/purpose/body",
            "place: sections/aim/body",
            "24行目: 正誤の箇所「sections/aim/body」はこの計画にありません。",
        ),
        (
            "key: items",
            "key: axis-1",
            "20行目: 節の「key」に「axis-1」は使えません。画面の中の位置の名として使っています。",
        ),
        ("title: 趣旨\n", "title: ''\n", "18行目: 「title」が空です。"),
        (
            "letter: A",
            "letter: あ",
            "7行目: 取組方針の「letter」は A～Z の1文字で書いてください（「あ」）。",
        ),
        (
            "last_fiscal_year: 2027",
            "last_fiscal_year: 2025",
            "2行目: 「last_fiscal_year」が「first_fiscal_year」より前です。",
        ),
        (
            "first_fiscal_year: 2026",
            "first_fiscal_year: 令和8",
            "2行目: 「first_fiscal_year」は 1926～2100 の整数で書いてください（「令和8」）。",
        ),
        (
            'number: "1.0"',
            "number: 一",
            "2行目: 版の「number」は 2.0 の形で書いてください（「一」）。",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, fault: str) -> None:
    assert old in GOOD

    assert faults_of(GOOD.replace(old, new, 1)) == [fault]


def test_a_wrong_name_is_told_with_the_right_ones() -> None:
    assert faults_of(GOOD.replace("title: 遠隔相談", "titel: 遠隔相談")) == [
        "13行目: 重点項目に「title」がありません。",
        "14行目: 重点項目に知らない名前「titel」があります。"
        "使えるのは is_study、number、overview、title です。",
    ]


def test_only_one_section_shows_the_items() -> None:
    second = "  - key: again\n    title: 取組\n    kind: items\nerrata:"

    assert faults_of(GOOD.replace("errata:", second)) == [
        "23行目: 「kind: items」の節は 20行目にもあります。"
    ]


def test_a_key_stands_once() -> None:
    second = "  - key: items\n    title: 別の節\nerrata:"

    assert faults_of(GOOD.replace("errata:", second)) == [
        "23行目: 節「items」は 20行目にもあります。"
    ]


def test_an_axis_needs_a_policy() -> None:
    text = GOOD.replace("sections:\n", "  - {number: 2, name: 空の軸, policies: []}\nsections:\n")

    assert faults_of(text) == ["16行目: 軸 2 に取組方針が一つもありません。"]


def test_what_is_no_yaml_is_told_with_the_line() -> None:
    faults = faults_of(GOOD.replace("title: オンライン化", "title: 「a: b: [」"))

    assert len(faults) == 1
    assert faults[0].startswith("11行目: YAML として読めません")


def test_an_empty_file_is_told() -> None:
    assert faults_of("") == ["1行目: ファイルが空です。"]


def test_a_list_is_no_plan() -> None:
    assert "1行目: 計画ファイルは「名前: 値」の組で書いてください。" in faults_of("- a\n- b\n")


def test_another_encoding_is_told_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"# ascii\n" + "計画: 一".encode("cp932"))

    with pytest.raises(PlanFileError) as refusal:
        read_plan_file(path)

    assert [str(fault) for fault in refusal.value.faults] == [
        "2行目: 文字コードが UTF-8 ではありません。"
    ]


def test_nothing_is_guessed_from_a_scalar() -> None:
    plan = parse_plan(
        GOOD.replace("name: ためし計画", "name: no").replace("title: 趣旨", "title: 1.0")
    )

    assert plan.name == "no"
    assert plan.sections[0].title == "1.0"


def test_a_text_that_stands_elsewhere_is_refused() -> None:
    """A few lines of aliases can mean millions, or never end."""
    endless = GOOD.replace("sections:\n", "sections: &all\n").replace(
        "    kind: items\n", "    kind: items\n    sections: *all\n"
    )

    assert faults_of(endless) == [
        "23行目: 「*」で別の箇所を引くことはできません。文言をそのまま書いてください。"
    ]


def test_a_file_without_bottom_is_refused() -> None:
    assert faults_of("[" * 5000) == ["1行目: 入れ子が深すぎます。"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"1.0"', '"٣.٠"', "2行目: 版の「number」は 2.0 の形で書いてください（「٣.٠」）。"),
        ('"1.0"', '"01.0"', "2行目: 版の「number」は 2.0 の形で書いてください（「01.0」）。"),
        ('"1.0"', '"1.1000"', "2行目: 版の「number」は 2.0 の形で書いてください（「1.1000」）。"),
        (
            "title: 遠隔相談",
            'title: "遠隔\\0相談"',
            "14行目: 「title」に使えない文字（制御文字 U+0000）があります。",
        ),
        (
            "title: 遠隔相談",
            'title: "遠隔\\ud800相談"',
            "14行目: 「title」に使えない文字（文字にならない符号 U+D800）があります。",
        ),
        pytest.param(
            "first_fiscal_year: 2026",
            f"first_fiscal_year: {'9' * 5000}",
            f"2行目: 「first_fiscal_year」は 1926～2100 の整数で書いてください（「{'9' * 20}」）。",
            id="more digits than Python reads",
        ),
        (
            "last_fiscal_year: 2027",
            "last_fiscal_year: 2027, last_updated: 0001-01-01",
            "2行目: 「last_updated」の「0001-01-01」は使えない日付です。"
            "1926年12月25日から2100年12月31日までの日付にしてください。",
        ),
    ],
)
def test_what_no_database_or_calendar_holds_is_refused(old: str, new: str, fault: str) -> None:
    assert faults_of(GOOD.replace(old, new)) == [fault]
