"""Numbers as people here type and read them: full-width digits, separators of thousands, a unit behind."""

import re
from decimal import Decimal

from kirishima_dx.typed_text import narrow

MOST_DIGITS = 15
"""What Excel keeps of a number exactly."""
_NUMBER = re.compile(r"(?P<sign>[-−▲△]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?")


def read_number(text: str, *, unit: str = "", places: int = 0) -> Decimal | None:
    """Read a number with at most `places` digits after the point; None where it is none: never a guess, never rounded.

    The unit may stand behind it. ▲ and △ are the minus of Japanese tables.
    """
    found = _NUMBER.fullmatch(narrow(text).removesuffix(narrow(unit)))
    if found is None:
        return None
    part = (found["part"] or "").rstrip("0")
    whole = found["whole"].replace(",", "")
    if len(part) > places or len(whole.lstrip("0")) + places > MOST_DIGITS:
        return None
    number = Decimal(f"{whole}.{part.ljust(places, '0')}" if places else whole)
    return -number if found["sign"] else number


def number_words(number: Decimal | int, *, unit: str = "") -> str:
    """Return 1,200千円."""
    return f"{number:,}{unit}"


def number_fault(text: str, *, unit: str = "", places: int = 0) -> str:
    """Return what is wrong with a text that read_number does not take, and what is allowed."""
    shown = text.strip()[:50]
    in_unit = f"単位は{unit}です。" if unit else ""
    digits = f"小数点以下{places}桁までの数" if places else "整数"
    example = "1,200" if not places else f"12.{'5'.ljust(places, '0')}"
    return f"「{shown}」は読めません。{digits}を入れてください。{in_unit}例：{example}"
