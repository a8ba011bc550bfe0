"""A page as Chromium prints it, sheet by sheet."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Page


class Sheet:
    """One printed page: its size in points, and its words without what lays them out."""

    def __init__(self, file: Path, number: int) -> None:
        page = ["-f", str(number), "-l", str(number), str(file)]
        facts = _run("pdfinfo", *page)
        found = re.search(r"size:\s+([\d.]+) x ([\d.]+)", facts)
        assert found is not None
        self.size = "x".join(str(round(float(one))) for one in found.groups())
        self.words = "".join(_run("pdftotext", "-layout", *page, "-").split())


def printed(page: Page, file: Path) -> list[Sheet]:
    page.wait_for_load_state()  # A click comes back before the whole page is here.
    file.write_bytes(page.pdf(prefer_css_page_size=True))
    found = re.search(r"Pages:\s+(\d+)", _run("pdfinfo", str(file)))
    assert found is not None
    return [Sheet(file, number) for number in range(1, int(found[1]) + 1)]


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()
