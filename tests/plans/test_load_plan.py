"""manage.py load_plan: first time, again, after edits, and with a broken file (T4)."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from people.models import User
from plans.actions.drafting.items import reword_item
from plans.models import Edition, Erratum, FocusItem, FocusItemText, Plan, Policy, Section


def load(path: Path | str | None = None) -> str:
    out = StringIO()
    call_command("load_plan", *([str(path)] if path else []), stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    models = (Plan, Edition, Policy, FocusItem, FocusItemText, Section, Erratum)
    return [model.objects.count() for model in models]  # type: ignore[attr-defined]


def test_the_citys_plan_is_loaded_whole(db: None) -> None:
    said = load()

    assert said == (
        "「きりしまDX未来図」第2.0版（案）を読み込みました: 3軸 9方針 52項目（★ 12）、正誤 11件\n"
    )
    edition = Edition.objects.get()
    assert (edition.axes.count(), edition.policies.count()) == (3, 9)
    assert edition.item_texts.count() == 52
    assert edition.item_texts.filter(is_study=True).count() == 12
    assert edition.errata.count() == 11
    assert edition.is_draft


def test_t4_loading_again_changes_nothing(db: None) -> None:
    load()
    before = counts()

    assert (
        load()
        == "変更なし: 「きりしまDX未来図」第2.0版（案）は読み込み済みで、ファイルと同じです。\n"
    )
    assert counts() == before


def test_t4_what_people_changed_is_told_and_kept(
    small_draft: Edition, secretariat: User, plan_file: Path
) -> None:
    text = small_draft.item_texts.get(focus_item__code="1-A-2")
    reword_item(
        text=text,
        title=text.title,
        overview="支所から相談できます。",
        is_study=False,
        opened_version=text.version,
        by=secretariat,
        reason="試し",
    )

    said = load(plan_file)

    assert said == (
        "「ためし町DX計画」第1.0版（案）は読み込み済みです。"
        "ファイルとの違いが 2か所あります。データベースは変えていません。\n"
        "- 重点項目 1-A-2 取組の概要（items/1-A-2/overview）\n"
        "    ファイル:     支所から本庁の職員に相談できるようにします。\n"
        "    データベース: 支所から相談できます。\n"
        "- 重点項目 1-A-2 検討項目 ★（items/1-A-2/is_study）\n"
        "    ファイル:     ★\n"
        "    データベース: （空）\n"
    )
    text.refresh_from_db()
    assert (text.overview, text.is_study) == ("支所から相談できます。", False)


def test_an_adopted_edition_is_compared_too(small_edition: Edition, plan_file: Path) -> None:
    assert load(plan_file).startswith("変更なし: 「ためし町DX計画」第1.0版は")


def test_a_difference_is_shown_from_where_it_begins(
    small_draft: Edition, plan_file: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "plan.yaml"
    text = plan_file.read_text(encoding="utf-8")
    changed.write_text(text.replace("手続きを事前に", "手続きを前もって"), encoding="utf-8")

    said = load(changed)

    assert "ファイル:     必要な手続きを前もって判定できるようにします。" in said
    assert "データベース: 必要な手続きを事前に判定できるようにします。" in said


def test_another_citys_plan_loads_beside_the_first(db: None, plan_file: Path) -> None:
    load()

    assert load(plan_file) == (
        "「ためし町DX計画」第1.0版（案）を読み込みました: 2軸 3方針 4項目（★ 1）、正誤 1件\n"
    )
    assert sorted(Plan.objects.values_list("code", flat=True)) == [
        "kirishima-dx-miraizu",
        "tameshi-dx",
    ]


def test_another_edition_of_a_loaded_plan_is_refused(
    small_draft: Edition, plan_file: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.yaml"
    text = plan_file.read_text(encoding="utf-8").replace('number: "1.0"', 'number: "1.1"')
    later.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=r"第1\.1版は「版と改定」の画面で作成してください"):
        load(later)
    assert Edition.objects.count() == 1


def test_a_broken_file_loads_nothing_and_says_all_that_is_wrong(
    db: None, plan_file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "plan.yaml"
    text = plan_file.read_text(encoding="utf-8")
    text = text.replace("kind: items", "kind: list").replace("title: 遠隔相談", "title: ★遠隔相談")
    broken.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        load(broken)

    assert str(refusal.value) == (
        f"{broken} に誤りが 2件あります。何も読み込んでいません。\n"
        "  16行目: ★は題に書かず「is_study: yes」としてください。\n"
        "  46行目: 節の「kind」は text、items、before_after のどれかです（「list」）。"
    )
    assert counts() == [0] * 7


def test_a_missing_file_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"計画ファイルがありません: .*nothing\.yaml"):
        load(tmp_path / "nothing.yaml")


def test_a_folder_is_no_plan_file(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="計画ファイルを開けません"):
        load(tmp_path)


def test_the_path_of_the_settings_is_the_default() -> None:
    assert Path(settings.PLAN_FILE).name == "kirishima-dx-miraizu-2.0.yaml"
