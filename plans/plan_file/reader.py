"""Reading a plan file: one edition of one plan as reviewed text with natural keys (fixtures/README.md).

Every scalar is read as text, so that nothing is guessed. All faults of a file are found in one reading, each with its
line, and a file with a fault yields nothing.
"""

import re
from pathlib import Path

import yaml

from kirishima_dx.days import FISCAL_YEARS
from plans.enums import SectionKind
from plans.plan_file.fields import Fault, FieldReader, Fields, PlanFileError
from plans.plan_file.source import (
    AxisSource,
    ErratumSource,
    ItemSource,
    PlanFile,
    PolicySource,
    SectionSource,
)

NUMBER_PATTERN = re.compile(r"^(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$")
TAKEN_ANCHOR = re.compile(r"^(axis-\d+|main|q-.*)$")
"""Keys that the pages use for anchors of their own."""


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
        reader = _PlanReader()
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


class _PlanReader(FieldReader):
    """Walks the nodes of a file, from the plan down to its items, sections and errata."""

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
        first = self.whole_number(edition, "first_fiscal_year", *FISCAL_YEARS)
        last = self.whole_number(edition, "last_fiscal_year", *FISCAL_YEARS)
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

    def axes(self, top: Fields) -> list[AxisSource]:
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

    def errata(self, top: Fields, texts: dict[str, str]) -> list[ErratumSource]:
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
