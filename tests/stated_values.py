"""Values of every column of a statement, drawn after its kind, so that a new column is tried by itself."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from initiatives.stated_column import Kind, StatedColumn
from kirishima_dx.forms import plain_prose

# What keyboards give: letters of every kind, signs, emoji, breaks; what begins like a formula or an escape.
typed = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")) | st.sampled_from("\n\t=+-@'_x"),
    max_size=40,
) | st.sampled_from(
    ["=1+1", "'=1", "_x000D_", "@SUM(A1)", "0012", "1E5", "TRUE", "#N/A", "2027/3/31"]
)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))


def prose(text: str) -> str:
    """Return a text as a form keeps it."""
    return plain_prose(text).strip()


def values_of(column: StatedColumn) -> st.SearchStrategy[Any]:
    """Draw what a column may hold, nothing among it."""
    numbers = st.integers(-(10**9), 10**9)
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: typed.map(prose),
        Kind.CHOICE: st.sampled_from(["", *column.words]),
        Kind.DAY: st.none() | days,
        Kind.FLAG: st.booleans(),
        Kind.WHOLE: st.none() | numbers,
        Kind.DECIMAL: st.none() | numbers.map(lambda one: Decimal(one).scaleb(-column.places)),
    }
    return by_kind[column.kind]
