"""The values of a plan file one by one, each fault with its line."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

import yaml

from kirishima_dx.days import day_fault

KEY_PATTERN = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
YES_NO = {"yes": True, "no": False}
REFUSED_CATEGORIES = {"Cc": "制御文字", "Cs": "文字にならない符号"}


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


class Fields:
    """A mapping of the file: its values by name, and the line it begins in."""

    def __init__(self, line: int, values: dict[str, yaml.Node]) -> None:
        self.line = line
        self.values = values


class FieldReader:
    """Reads single values of the YAML nodes, noting faults by line instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.keys: dict[str, int] = {}

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(line, message))

    def mapping(
        self, node: yaml.Node | None, what: str, required: str, optional: str = ""
    ) -> Fields:
        needed, known = required.split(), {*required.split(), *optional.split()}
        line = node.start_mark.line + 1 if node else 1
        values: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self.fault(line, f"{what}は「名前: 値」の組で書いてください。")
            return Fields(line, values)
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
        return Fields(line, values)

    def sequence(self, fields: Fields, key: str, what: str) -> list[yaml.Node]:
        node = fields.values.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node.start_mark.line + 1, f"{what}は「- 」で始まる並びで書いてください。")
            return []
        return list(node.value)

    def text(
        self, fields: Fields, key: str, *, most: int | None = None, required: bool = False
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

    def whole_number(self, fields: Fields, key: str, lowest: int, highest: int) -> int:
        value = self.text(fields, key, required=True)
        is_short = value.isascii() and value.isdigit() and len(value) < 10
        if is_short and lowest <= int(value) <= highest:
            return int(value)
        if key in fields.values and value:
            line = fields.values[key].start_mark.line + 1
            self.fault(
                line,
                f"「{key}」は {lowest}～{highest} の整数で書いてください（「{value[:20]}」）。",
            )
        return lowest

    def yes_no(self, fields: Fields, key: str) -> bool:
        value = self.text(fields, key) or "no"
        if value not in YES_NO:
            line = fields.values[key].start_mark.line + 1
            self.fault(line, f"「{key}」は yes か no で書いてください（「{value}」）。")
        return YES_NO.get(value, False)

    def day(self, fields: Fields, key: str) -> date | None:
        value = self.text(fields, key)
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        line = fields.values[key].start_mark.line + 1
        if day is None:
            self.fault(line, f"「{key}」は 2026-03-13 の形の日付で書いてください（「{value}」）。")
        elif fault := day_fault(day, value):
            self.fault(line, f"「{key}」の{fault}")
            return None
        return day

    def key(self, fields: Fields, name: str) -> str:
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
