"""Reading a plan file: one edition of one plan as reviewed text with natural keys (fixtures/README.md).

Every scalar is read as text, so that nothing is guessed. All faults of a file are found in one reading, each with its
line, and a file with a fault yields nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from plans.enums import SectionKind
from plans.plan_file.source import (
    AxisSource,
    ErratumSource,
    ItemSource,
    PlanFile,
    PolicySource,
    SectionSource,
)

KEY_PATTERN = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
NUMBER_PATTERN = re.compile(r"^(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$")
TAKEN_ANCHOR = re.compile(r"^(axis-\d+|main|q-.*)$")
"""Keys that the pages use for anchors of their own."""
YES_NO = {"yes": True, "no": False}
REFUSED_CATEGORIES = {"Cc": "制御文字", "Cs": "文字にならない符号"}
EARLIEST_DAY, LATEST_DAY = date(1926, 12, 25), date(2100, 12, 31)
"""Days that can be told in an era."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a plan file and in which line (counted from 1)."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}行目: {self.message}"


class PlanFileError(ValueError):
    """A plan file cannot be read; `faults` says all that is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__("\n".join(map(str, self.faults)))


def read_plan_file(path: Path) -> PlanFile:
    """Return the plan in a file, or raise PlanFileError with every fault and its line."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise PlanFileError([Fault(line, "文字コードが UTF-8 ではありません。")]) from error
    return parse_plan(text)


def parse_plan(text: str) -> PlanFile:
    """Return the plan in a text; raises PlanFileError."""
    try:
        root = yaml.compose(text, Loader=_Loader)
        reader = _Reader()
        plan = reader.plan(root)
    except RecursionError as error:
        raise PlanFileError([Fault(1, "入れ子が深すぎます。")]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise PlanFileError([Fault(line, f"YAML として読めません（{error.problem}）。")]) from error
    except yaml.YAMLError as error:
        raise PlanFileError([Fault(1, f"YAML として読めません（{error}）。")]) from error
    if reader.faults or plan is None:
        raise PlanFileError(reader.faults or [Fault(1, "ファイルが空です。")])
    return plan


class _Loader(yaml.SafeLoader):
    """Composes a file without aliases: what stands elsewhere is not reviewed, and a few lines can mean millions."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise PlanFileError(
                [
                    Fault(
                        line,
                        "「*」で別の箇所を引くことはできません。文言をそのまま書いてください。",
                    )
                ]
            )
        return super().compose_node(parent, index)


class _Fields:
    """A mapping of the file: its values by name, and the line it begins in."""

    def __init__(self, line: int, values: dict[str, yaml.Node]) -> None:
        self.line = line
        self.values = values


class _Reader:
    """Walks the YAML nodes, noting faults by line instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.keys: dict[str, int] = {}

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(line, message))

    def mapping(
        self, node: yaml.Node | None, what: str, required: str, optional: str = ""
    ) -> _Fields:
        needed, known = required.split(), {*required.split(), *optional.split()}
        line = node.start_mark.line + 1 if node else 1
        values: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self.fault(line, f"{what}は「名前: 値」の組で書いてください。")
            return _Fields(line, values)
        for key_node, value in node.value:
            key, key_line = str(key_node.value), key_node.start_mark.line + 1
            if key in values:
                self.fault(key_line, f"{what}に「{key}」が二度あります。")
            elif key not in known:
                self.fault(
                    key_line,
                    f"{what}に知らない名前「{key}」があります。使えるのは {'、'.join(sorted(known))} です。",
                )
            values[key] = value
        for key in needed:
            if key not in values:
                self.fault(line, f"{what}に「{key}」がありません。")
        return _Fields(line, values)

    def sequence(self, fields: _Fields, key: str, what: str) -> list[yaml.Node]:
        node = fields.values.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node.start_mark.line + 1, f"{what}は「- 」で始まる並びで書いてください。")
            return []
        return list(node.value)

    def text(
        self, fields: _Fields, key: str, *, most: int | None = None, required: bool = False
    ) -> str:
        node = fields.values.get(key)
        if node is None:
            return ""
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode):
            self.fault(line, f"「{key}」は一つの文字列で書いてください。")
            return ""
        value = str(node.value).strip()
        if required and not value:
            self.fault(line, f"「{key}」が空です。")
        if most and len(value) > most:
            self.fault(line, f"「{key}」が長すぎます（{len(value)}文字。{most}文字まで）。")
        return self.readable(line, key, value)

    def readable(self, line: int, key: str, value: str) -> str:
        """Return a text that every database can hold."""
        for letter in value:
            kind = REFUSED_CATEGORIES.get(unicodedata.category(letter))
            if kind and letter not in "\n\t":
                self.fault(
                    line, f"「{key}」に使えない文字（{kind} U+{ord(letter):04X}）があります。"
                )
                return ""
        return value

    def whole_number(self, fields: _Fields, key: str, lowest: int, highest: int) -> int:
        value = self.text(fields, key, required=True)
        if value.isascii() and value.isdigit() and lowest <= int(value) <= highest:
            return int(value)
        if key in fields.values and value:
            line = fields.values[key].start_mark.line + 1
            self.fault(
                line, f"「{key}」は {lowest}～{highest} の整数で書いてください（「{value}」）。"
            )
        return lowest

    def yes_no(self, fields: _Fields, key: str) -> bool:
        value = self.text(fields, key) or "no"
        if value not in YES_NO:
            line = fields.values[key].start_mark.line + 1
            self.fault(line, f"「{key}」は yes か no で書いてください（「{value}」）。")
        return YES_NO.get(value, False)

    def day(self, fields: _Fields, key: str) -> date | None:
        value = self.text(fields, key)
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or not EARLIEST_DAY <= day <= LATEST_DAY:
            line = fields.values[key].start_mark.line + 1
            self.fault(line, f"「{key}」は 2026-03-13 の形の日付で書いてください（「{value}」）。")
            return None
        return day

    def plan(self, root: yaml.Node | None) -> PlanFile | None:
        if root is None:
            return None
        top = self.mapping(root, "計画ファイル", "plan edition axes sections", "errata")
        about = self.mapping(
            top.values.get("plan"), "plan", "code name municipality", "municipality_code"
        )
        edition = self.mapping(
            top.values.get("edition"),
            "edition",
            "number first_fiscal_year last_fiscal_year",
            "last_updated issuer",
        )
        number = self.text(edition, "number", required=True)
        if number and not NUMBER_PATTERN.match(number):
            self.fault(edition.line, f"版の「number」は 2.0 の形で書いてください（「{number}」）。")
            number = "0.0"
        major, _, minor = (number or "0.0").partition(".")
        first = self.whole_number(edition, "first_fiscal_year", 1990, 2999)
        last = self.whole_number(edition, "last_fiscal_year", 1990, 2999)
        if last < first:
            self.fault(edition.line, "「last_fiscal_year」が「first_fiscal_year」より前です。")
        plan = PlanFile(
            code=self.key(about, "code"),
            name=self.text(about, "name", most=100, required=True),
            municipality=self.text(about, "municipality", most=60, required=True),
            municipality_code=self.text(about, "municipality_code", most=6),
            major=int(major),
            minor=int(minor),
            first_fiscal_year=first,
            last_fiscal_year=last,
            last_updated=self.day(edition, "last_updated"),
            issuer=self.text(edition, "issuer", most=100),
            axes=self.axes(top),
            sections=[self.section(node) for node in self.sequence(top, "sections", "sections")],
        )
        if "axes" in top.values and not plan.axes:
            self.fault(top.values["axes"].start_mark.line + 1, "軸が一つもありません。")
        plan.errata = self.errata(top, plan.texts())
        return plan

    def key(self, fields: _Fields, name: str) -> str:
        value = self.text(fields, name, most=60, required=True)
        if value and not KEY_PATTERN.match(value):
            line = fields.values[name].start_mark.line + 1
            self.fault(
                line, f"「{name}」は英小文字・数字・ハイフンで書いてください（「{value}」）。"
            )
        return value

    def once(self, line: int, key: str, what: str) -> None:
        if key in self.keys:
            self.fault(line, f"{what}は {self.keys[key]}行目にもあります。")
        self.keys.setdefault(key, line)

    def axes(self, top: _Fields) -> list[AxisSource]:
        axes = []
        for node in self.sequence(top, "axes", "axes"):
            fields = self.mapping(node, "軸", "number name policies", "english tagline")
            number = self.whole_number(fields, "number", 1, 99)
            self.once(fields.line, f"axis {number}", f"軸 {number} ")
            if "policies" in fields.values and not self.sequence(fields, "policies", "policies"):
                self.fault(fields.line, f"軸 {number} に取組方針が一つもありません。")
            axes.append(
                AxisSource(
                    number=number,
                    name=self.text(fields, "name", most=100, required=True),
                    english=self.text(fields, "english", most=60),
                    tagline=self.text(fields, "tagline", most=200),
                    policies=[
                        self.policy(child, number)
                        for child in self.sequence(fields, "policies", "policies")
                    ],
                )
            )
        return axes

    def policy(self, node: yaml.Node, axis: int) -> PolicySource:
        fields = self.mapping(node, "取組方針", "letter name items")
        letter = self.text(fields, "letter", required=True)
        if letter and not (len(letter) == 1 and letter.isascii() and letter.isupper()):
            self.fault(
                fields.line,
                f"取組方針の「letter」は A～Z の1文字で書いてください（「{letter}」）。",
            )
        code = f"{axis}-{letter}"
        self.once(fields.line, f"policy {code}", f"取組方針 {code} ")
        return PolicySource(
            letter=letter,
            name=self.text(fields, "name", most=200, required=True),
            items=[self.item(child, code) for child in self.sequence(fields, "items", "items")],
        )

    def item(self, node: yaml.Node, policy: str) -> ItemSource:
        fields = self.mapping(node, "重点項目", "number title overview", "is_study")
        number = self.whole_number(fields, "number", 1, 999)
        self.once(fields.line, f"item {policy}-{number}", f"重点項目 {policy}-{number} ")
        title = self.text(fields, "title", most=200, required=True)
        if "★" in title:
            self.fault(fields.line, "★は題に書かず「is_study: yes」としてください。")
        return ItemSource(
            number=number,
            title=title,
            overview=self.text(fields, "overview", required=True),
            is_study=self.yes_no(fields, "is_study"),
        )

    def section(self, node: yaml.Node) -> SectionSource:
        fields = self.mapping(node, "節", "key title", "number is_supplied kind body sections")
        key = self.key(fields, "key")
        self.once(fields.line, f"section {key}", f"節「{key}」")
        if TAKEN_ANCHOR.match(key):
            self.fault(
                fields.line,
                f"節の「key」に「{key}」は使えません。画面の中の位置の名として使っています。",
            )
        kind = self.text(fields, "kind") or SectionKind.TEXT.value
        if kind == SectionKind.ITEMS:
            self.once(fields.line, "kind items", "「kind: items」の節")
        if kind not in SectionKind.values:
            allowed = "、".join(SectionKind.values)
            self.fault(fields.line, f"節の「kind」は {allowed} のどれかです（「{kind}」）。")
        return SectionSource(
            key=key,
            number=self.text(fields, "number", most=20),
            title=self.text(fields, "title", most=200, required=True),
            is_supplied=self.yes_no(fields, "is_supplied"),
            kind=kind,
            body=self.text(fields, "body"),
            sections=[
                self.section(child) for child in self.sequence(fields, "sections", "sections")
            ],
        )

    def errata(self, top: _Fields, texts: dict[str, str]) -> list[ErratumSource]:
        errata = []
        for node in self.sequence(top, "errata", "errata"):
            fields = self.mapping(node, "正誤", "place transcribed corrected reason")
            erratum = ErratumSource(
                place=self.text(fields, "place", most=120, required=True),
                wrong=self.text(fields, "transcribed", required=True),
                right=self.text(fields, "corrected"),
                reason=self.text(fields, "reason", required=True),
            )
            if erratum.place and erratum.place not in texts:
                self.fault(fields.line, f"正誤の箇所「{erratum.place}」はこの計画にありません。")
            elif erratum.right not in texts.get(erratum.place, ""):
                self.fault(
                    fields.line, f"正誤の「corrected」が {erratum.place} の本文に見つかりません。"
                )
            errata.append(erratum)
        return errata
