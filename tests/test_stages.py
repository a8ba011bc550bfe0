"""The stages of scripts/test.sh leave out what they name, and every test belongs to one."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
STAGES = (TESTS.parent / "scripts" / "test.sh").read_text(encoding="utf-8")


def test_what_a_stage_names_is_there() -> None:
    named = re.findall(r"tests/[\w/]+(?:\.py)?(?:::\w+)?", re.sub(r"(?m)^ *#.*", "", STAGES))
    assert named
    for name in named:
        path, _, function = name.partition("::")
        file = TESTS.parent / path
        assert file.exists(), name
        assert not function or f"def {function}(" in file.read_text(encoding="utf-8"), name


def test_journeys_stand_where_their_stage_looks() -> None:
    marked = {
        file.parent.name
        for file in TESTS.rglob("test_*.py")
        if "pytest.mark.journey\n" in file.read_text(encoding="utf-8")
    }
    assert marked == {"journeys"}
