"""What stands in the way of an adoption, and where it is mended."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DraftText:
    """A text of a draft as people call it, and where it stands: an item by its code, another part by its place."""

    label: str
    code: str = ""
    place: str = ""


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of adoption, and where it is mended: an item by its code, another part by its place, a
    question by its key, or several texts."""

    message: str
    code: str = ""
    place: str = ""
    question: int = 0
    texts: tuple[DraftText, ...] = ()
