"""The parts of the workbook hang together as Excel wants them: else it offers to repair the file."""

import posixpath
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from defusedxml import ElementTree
from openpyxl import load_workbook
from test_machine_readable import MOMENT, document

from reviews.report.document import Seal
from reviews.workbooks.report import report_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ILLEGAL_IN_NAMES = re.compile(r"[\\/*?:\[\]]")


@pytest.fixture(scope="module")
def package() -> dict[str, bytes]:
    sealed = document()
    content = report_workbook(sealed, seal=Seal(MOMENT, sealed.digest()), made_at=MOMENT)
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        assert len(names) == len({name.lower() for name in names})
        return {name: archive.read(name) for name in names}


def test_every_part_has_one_type(package: dict[str, bytes]) -> None:
    types = ElementTree.fromstring(package["[Content_Types].xml"])
    overrides = [one.get("PartName") for one in types if one.tag.endswith("Override")]
    defaults = {one.get("Extension") for one in types if one.tag.endswith("Default")}
    assert len(overrides) == len(set(overrides))
    assert {name.removeprefix("/") for name in overrides} <= package.keys()
    untyped = {
        name
        for name in package
        if f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults
    }
    assert untyped == {"[Content_Types].xml"} - {"[Content_Types].xml" if "xml" in defaults else ""}


def test_every_relation_points_to_a_part(package: dict[str, bytes]) -> None:
    for name in [name for name in package if name.endswith(".rels")]:
        folder = posixpath.dirname(posixpath.dirname(name))
        relations = list(ElementTree.fromstring(package[name]))
        assert len({one.get("Id") for one in relations}) == len(relations)
        for one in relations:
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target")))
            assert target.removeprefix("/") in package, (name, target)


def test_sheet_names_and_defined_names_are_such_as_excel_takes(package: dict[str, bytes]) -> None:
    book = ElementTree.fromstring(package["xl/workbook.xml"])
    names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not ILLEGAL_IN_NAMES.search(name) for name in names)
    defined = list(book.iter(f"{MAIN}definedName"))
    assert defined
    places = [(one.get("name"), one.get("localSheetId")) for one in defined]
    assert len(set(places)) == len(places)
    for one in defined:
        sheet, _, area = one.text.rpartition("!")
        assert sheet.strip("'") == names[int(one.get("localSheetId"))]
        assert re.fullmatch(r"\$?[A-Z]*\$?[0-9]+(:\$?[A-Z]*\$?[0-9]+)?", area)


def test_heads_feet_cells_and_rows_are_within_bounds(package: dict[str, bytes]) -> None:
    sheets = [name for name in package if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    assert len(sheets) == 11
    for name in sheets:
        sheet = ElementTree.fromstring(package[name])
        for place in ("oddHeader", "oddFooter"):
            for one in sheet.iter(f"{MAIN}{place}"):
                assert len(one.text or "") <= 255, (name, one.text)
        for row in sheet.iter(f"{MAIN}row"):
            assert float(row.get("ht", "0")) <= 409
        cells = list(sheet.iter(f"{MAIN}c"))
        assert len({cell.get("r") for cell in cells}) == len(cells)
        assert all(len("".join(cell.itertext())) <= 32_767 for cell in cells)


def test_merged_areas_do_not_overlap(package: dict[str, bytes]) -> None:
    book = load_workbook(BytesIO(_packed(package)))
    for sheet in book.worksheets:
        covered = [cell for area in sheet.merged_cells.ranges for cell in area.cells]
        assert len(set(covered)) == len(covered)


def test_the_styles_that_cells_name_are_there(package: dict[str, bytes]) -> None:
    styles = ElementTree.fromstring(package["xl/styles.xml"])
    known = len(styles.find(f"{MAIN}cellXfs"))
    for name in package:
        if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            used = {
                int(cell.get("s", "0"))
                for cell in ElementTree.fromstring(package[name]).iter(f"{MAIN}c")
            }
            assert max(used) < known


def _packed(package: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, part in package.items():
            archive.writestr(name, part)
    return buffer.getvalue()
