"""What the answer workbook holds: its columns, their words, and the key that ties a row to an answer."""

import hashlib
import re
from dataclasses import dataclass

from initiatives.enums import AnswerKind, CycleStep, Direction, Rating, Status
from initiatives.models import ANSWER_FIELDS
from initiatives.queries.entries import FIELD_LABELS, YES

SHEET = "回答"
CODE, KEY = "番号", "照合キー"
REFERENCE_COLUMNS = (
    CODE,
    "軸",
    "取組方針",
    "重点項目",
    "検討項目",
    "主担当課",
    "前回の状態",
    "前回の進捗評価",
    "前回の取組実績",
)
"""What the city tells the department; locked, and never read back but for the number."""
FIELD_OF = {
    "回答区分": "kind",
    **{label: name for name, label in FIELD_LABELS.items()},
}
"""The columns that are filled in, and the column of Answer that each of them is."""
COLUMNS = (*REFERENCE_COLUMNS, *FIELD_OF, KEY)
LABEL_OF = {name: label for label, name in FIELD_OF.items()}
CHOICES: dict[str, dict[str, str]] = {
    "kind": dict(AnswerKind.choices),
    "status": dict(Status.choices),
    "step": dict(CycleStep.choices),
    "rating": dict(Rating.choices),
    "direction": dict(Direction.choices),
}
"""The fixed words of a column: value → label."""
WISH = {"yes": YES}
"""The one word of 本部協議; an empty cell is no wish."""
DAY_FIELDS = ("new_due_date",)

assert set(FIELD_OF.values()) == set(ANSWER_FIELDS)  # noqa: S101 — a new column must find its place here

_KEY = re.compile(r"R(?P<round>\d{1,9})-A(?P<answer>\d{1,9})-V(?P<revision>\d{1,9})-[0-9a-f]{6}")


@dataclass(frozen=True)
class RowKey:
    """照合キー: which answer of which round a row is, and the revision on which it was made.

    The last part is a checksum over the others and the number of the item: a slip of the finger is noticed.
    """

    round_id: int
    answer_id: int
    revision: int

    def written(self, code: str) -> str:
        """Return the key as it stands in the cell of the item with that number."""
        body = f"R{self.round_id}-A{self.answer_id}-V{self.revision}"
        check = hashlib.sha256(f"{body}-{code}".encode()).hexdigest()[:6]
        return f"{body}-{check}"

    @classmethod
    def read(cls, text: str) -> "RowKey | None":
        """Read a key; None where it is none. Whether it fits its item, `written` tells."""
        found = _KEY.fullmatch(text)
        if found is None:
            return None
        return cls(int(found["round"]), int(found["answer"]), int(found["revision"]))
