"""What changed from one edition to another, by lasting identity and paragraph, never by position.

Pure: takes outlines that were read already and asks no database. The pages, the workbook, the list of what stands in
the way of adoption and the fates recorded at it all use this one comparison.
"""

from plans.comparison.items import FateRow, ItemChange, Kin, fate_of
from plans.comparison.paragraphs import ParagraphChange, compare_paragraphs
from plans.comparison.parts import LineChange, PartChange
from plans.comparison.whole import Comparison, compare

__all__ = [
    "Comparison",
    "FateRow",
    "ItemChange",
    "Kin",
    "LineChange",
    "ParagraphChange",
    "PartChange",
    "compare",
    "compare_paragraphs",
    "fate_of",
]
