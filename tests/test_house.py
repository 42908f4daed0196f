"""The plan of the house: what a stranger reads in the listings is what is there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from docs_runner import TOP
from import_graph import find_cycles, find_upward, read_imports, read_modules, room_of

if TYPE_CHECKING:
    from pathlib import Path

    from import_graph import Import

PACKAGE = TOP / "pytest_errcodes"

#: A module imports from its own room and from those behind it. CONTRIBUTING.md shows the same list.
ROOMS = (
    "plugin",
    "cli",
    "coverage",
    "snapshot",
    "assertions",
    "judging",
    "simulation",
    "envelope",
    "active",
    "tools",
    "catalog",
    "errors",
    "text",
    "_lazy",
)

#: Takes the names of modules as an argument; everywhere else they are written out.
LOADER = "pytest_errcodes._lazy"

#: Folders of tests that no room has.
BESIDE_ROOMS = {"base", "benchmarks", "data", "documentation", "stress", "support", "typing"}


def entries(folder: Path) -> list[str]:
    """Return the names in a folder, but for what Python leaves there."""
    return sorted(path.name for path in folder.iterdir() if path.name != "__pycache__")


def folders(top: Path) -> set[str]:
    """Return the folders below a folder that hold Python, relative to it."""
    return {path.parent.relative_to(top).as_posix() for path in top.rglob("*.py")} - {"."}


def read_map() -> list[str]:
    """Return the folders and modules that CONTRIBUTING's map names below the package, in order."""
    text = (TOP / "CONTRIBUTING.md").read_text("utf-8").split("\npytest_errcodes/\n")[1]
    above: list[str] = []
    paths = []
    for line in text.split("\n\n")[0].splitlines():
        if found := re.match(r"( +)([\w.]+(?:/[\w.]+)*)/?(?=\s|$)", line):
            if len(found[1]) > 8:  # an explanation goes on
                continue
            above = [*above[: len(found[1]) // 2 - 1], found[2]]
            paths.append("/".join(above))
    return paths


def test_the_root_is_the_plan() -> None:
    """The root of the package lists no more than can be read at a glance."""
    assert len(entries(PACKAGE)) <= 16, entries(PACKAGE)


def test_the_map_names_every_room_and_nothing_else() -> None:
    """CONTRIBUTING's map has a line for each folder, and each of its lines is there."""
    named = read_map()
    assert [path for path in named if not (PACKAGE / path).exists()] == []
    assert folders(PACKAGE) - set(named) == set()
    assert {name for name in entries(PACKAGE) if name.endswith(".py")} - set(named) == set()


def test_the_map_has_the_order_of_the_layers() -> None:
    """What stands below in the map may be imported by what stands above."""
    rooms = [path.removesuffix(".py") for path in read_map() if "/" not in path]
    assert rooms == ["__init__", *(room for room in ROOMS if room in rooms)]


def test_tests_mirror_the_rooms() -> None:
    """Each folder of the package has its folder of tests, and no folder of tests is without one."""
    tested = {path for path in folders(TOP / "tests") if path.split("/")[0] not in BESIDE_ROOMS}
    assert folders(PACKAGE) - tested == set()
    assert tested - folders(PACKAGE) == set()


def test_a_name_stands_for_one_module() -> None:
    """No two modules of the package have one name, so that it says what is in it."""
    names = Counter(path.name for path in read_modules(PACKAGE).values())
    assert {name for name, count in names.items() if count > 1} == {"__init__.py"}


@pytest.fixture(scope="module")
def imports() -> list[Import]:
    """Return the imports of the package, but for that of what loads whatever it is given."""
    return [one for one in read_imports(PACKAGE) if one.imported or one.importer != LOADER]


def test_imports_point_down(imports: list[Import]) -> None:
    """A room imports only from the rooms behind it, in functions and for types too."""
    assert len(imports) > 500
    assert "\n".join(find_upward(imports, ROOMS)) == ""


def test_no_module_imports_itself_by_way_of_others(imports: list[Import]) -> None:
    """There is no cycle of modules, by whatever kinds of imports."""
    cycles = ["\n".join(map(str, cycle)) for cycle in find_cycles(imports)]
    assert "\n\n".join(cycles) == ""


def test_every_room_has_its_place() -> None:
    """Each module and each folder of the package's root stands in the list of rooms."""
    assert {room_of(name) for name in read_modules(PACKAGE)} - {"", *ROOMS} == set()
