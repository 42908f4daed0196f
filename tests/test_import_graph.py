"""What a reader of imports finds in a made-up package, so that a green check means something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from import_graph import find_cycles, find_upward, read_imports

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a package of three rooms: ``top``, ``middle`` and ``bottom``, each with ``thing``."""
    for room in ("top", "middle", "bottom"):
        (tmp_path / "house" / room).mkdir(parents=True)
        for name in ("__init__.py", "thing.py"):
            (tmp_path / "house" / room / name).write_text('"""Nothing."""\n')
    (tmp_path / "house" / "__init__.py").write_text("from house.top.thing import name\n")
    return tmp_path / "house"


def upward(house: Path) -> list[str]:
    """Return what the check says of a package of three rooms."""
    return find_upward(read_imports(house), ("top", "middle", "bottom"))


UPWARD = "house.middle.thing imports house.top.thing: top stands above middle"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from house.top.thing import name", UPWARD),
        ("from house.top import thing", UPWARD),
        ("import house.top.thing as other", UPWARD),
        ("from ..top.thing import name", UPWARD),
        ("from ..top import thing", UPWARD),
        ("def load():\n    from house.top.thing import name", UPWARD),
        ("if TYPE_CHECKING:\n    from house.top.thing import Name", UPWARD),
        ("import_module('house.top.thing')", UPWARD),
        ("FORMATS = {'html': 'house.top.thing'}", UPWARD),
        (
            "from house import name",
            "house.middle.thing imports house: nothing in the package imports the package itself",
        ),
        (
            "import_module(f'house.top.{name}')",
            "house.middle.thing imports what only a run can tell: write the module's name out",
        ),
    ],
)
def test_an_upward_import_is_found(house: Path, text: str, told: str) -> None:
    """Whatever way an import is written, the text names the module, the line and the rule."""
    (house / "middle" / "thing.py").write_text(text)
    line = text.count("\n") + 1
    assert upward(house) == [f"house/middle/thing.py:{line}: {told}"]


@pytest.mark.parametrize(
    "text",
    [
        "HOMES = {'name': 'thing'}\n__getattr__ = import_late(__name__, HOMES)",
        "__getattr__ = import_late(__name__, {'name': 'thing'})",
        "HOMES = {'name': 'thing'}\ndef __getattr__(n): return import_late(__name__, HOMES, n)",
    ],
)
def test_a_table_of_late_imports_counts(house: Path, text: str) -> None:
    """A name that a package imports late is an import, wherever the table of them stands."""
    (house / "bottom" / "__init__.py").write_text(text)
    (house / "bottom" / "thing.py").write_text("import house.bottom")
    (cycle,) = find_cycles(read_imports(house))
    assert list(map(str, cycle)) == [
        "house/bottom/__init__.py:1: house.bottom imports house.bottom.thing",
        "house/bottom/thing.py:1: house.bottom.thing imports house.bottom",
    ]


@pytest.mark.parametrize("text", ["import_late(__name__)", "import_late(__name__, elsewhere)"])
def test_a_table_that_cannot_be_read_is_told(house: Path, text: str) -> None:
    """Late imports never go unseen because they are written in another way."""
    (house / "bottom" / "__init__.py").write_text(text)
    with pytest.raises(ValueError) as caught:
        read_imports(house)
    assert str(caught.value) == "line 1: import_late has no table that can be read"


@pytest.mark.parametrize(
    "text",
    [
        "from house.bottom.thing import name",
        "from house.middle import other",
        "from elsewhere.top.thing import name",
        "__module__ = 'house.top'",
        "TEXT = 'house.top.thing is a module'",
    ],
)
def test_what_points_down_is_let_be(house: Path, text: str) -> None:
    """Imports of a lower room, of one's own and of other packages are right."""
    (house / "middle" / "thing.py").write_text(text)
    assert upward(house) == []


def test_a_cycle_of_two_is_found(house: Path) -> None:
    """Two modules that import each other are told with both lines."""
    (house / "top" / "other.py").write_text("def load():\n    import house.top.thing")
    (house / "top" / "thing.py").write_text("if TYPE_CHECKING:\n    import house.top.other")
    (cycle,) = find_cycles(read_imports(house))
    assert list(map(str, cycle)) == [
        "house/top/other.py:2: house.top.other imports house.top.thing",
        "house/top/thing.py:2: house.top.thing imports house.top.other",
    ]


def test_a_cycle_of_three_is_found(house: Path) -> None:
    """A way that leads back over two others is told whole."""
    for room, next_room in (("top", "middle"), ("middle", "bottom"), ("bottom", "top")):
        (house / room / "thing.py").write_text(f"import house.{next_room}.thing")
    (cycle,) = find_cycles(read_imports(house))
    assert list(map(str, cycle)) == [
        "house/bottom/thing.py:1: house.bottom.thing imports house.top.thing",
        "house/top/thing.py:1: house.top.thing imports house.middle.thing",
        "house/middle/thing.py:1: house.middle.thing imports house.bottom.thing",
    ]


def test_the_shortest_cycle_of_a_group_is_told(house: Path) -> None:
    """Where modules import each other in many ways, the shortest way round says most."""
    (house / "top" / "thing.py").write_text("import house.middle.thing, house.bottom.thing")
    (house / "middle" / "thing.py").write_text("import house.bottom.thing")
    (house / "bottom" / "thing.py").write_text("import house.top.thing")
    (cycle,) = find_cycles(read_imports(house))
    assert {one.importer for one in cycle} == {"house.bottom.thing", "house.top.thing"}
