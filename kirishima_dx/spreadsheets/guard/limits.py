"""What a workbook may be, and the one error for what it may not.

Measured so that the worst file ends within 3 seconds and 300 MB, and a list of 5,200 rows and 24 columns passes.
"""

MAX_BYTES = 5 * 1024 * 1024
MAX_ENTRIES = 500
MAX_UNPACKED = 160 * 1024 * 1024
"""Bytes of all parts together, counted as they are unpacked: a header may lie. A million empty rows take 120 MB."""
MAX_MARKUP = 2_500_000
"""Signs of markup (< and =) that are parsed. A filled cell has about seven."""
MAX_TOKEN = 1024 * 1024
"""Bytes from one < to the next."""
MAX_DEPTH = 100
"""Elements within each other."""
MAX_NAMES = 2_000
"""Different names of elements and attributes."""
MAX_TEXT = 15_000_000
"""Characters in all cells together; a text that stands in many cells counts each time."""
MAX_CELL_TEXT = 32_767
"""What one Excel cell holds, counted in UTF-16 units."""
MAX_ROWS = 6_000
MAX_COLUMNS = 60


class WorkbookRefused(ValueError):
    """A file that is not read. The message says in Japanese what is wrong and what to do."""


BROKEN = "ファイルが壊れています。Excelで開き、「Excelブック（.xlsx）」で保存し直してから、もう一度送ってください。"


def too_much(what: str, most: str) -> WorkbookRefused:
    """Return the refusal of a workbook that holds more of something than is read."""
    return WorkbookRefused(
        f"ブックの{what}が多すぎます（{most}まで）。不要なシート・行・列・書式を削除し、"
        "必要な行だけを新しいブックに「値の貼り付け」で移してから、もう一度送ってください。"
    )
