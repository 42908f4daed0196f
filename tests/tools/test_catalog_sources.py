"""Reading a catalog out of anything that documents codes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import CatalogError, load_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.catalog_sources import is_catalog, read_both

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.import_outcome import Imported

PAGE = str(Path(__file__).parents[1] / "data" / "diffing" / "before.txt")
BROKER = '[envelope]\nmessage = "msg"\nsuccess = [0]\n[sections.orders.codes]\n1 = "One"\n'


@pytest.fixture
def broker(tmp_path: Path) -> str:
    """Return the path of a catalog file."""
    (tmp_path / "broker.toml").write_text(BROKER)
    return str(tmp_path / "broker.toml")


def read_one(source: str) -> Imported:
    """Return what is read of one source, beside which none says what it lacks."""
    return read_both(source, source)[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ltp", True),
        ("lpt", True),
        ("my.toml", True),
        ("./MY.TOML", True),
        ("page.html", False),
        ("folder/page", False),
        ("-", False),
        ("page", False),
    ],
)
def test_what_is_a_catalog(tmp_path, monkeypatch, source: str, expected: bool):
    """A name is a catalog's, unless it is that of a file; a file is one if it is TOML."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page").write_text("1 One")
    (tmp_path / "ltp").mkdir()
    assert is_catalog(source) is expected


def test_a_name_and_a_catalog_file(broker):
    """Either is loaded as it is."""
    assert read_one("ltp").catalog is load_catalog("ltp")
    assert read_one(broker).catalog is load_catalog(broker)


def test_a_page():
    """A page is imported, and what was left out of it is told."""
    found = read_one(PAGE)
    assert list(found.catalog)[:2] == [400000, 400001]
    assert found.left_out


def test_a_catalog_file_under_another_name(tmp_path):
    """What holds a catalog file is one, as when an older version of it is piped in."""
    (tmp_path / "63").write_text(BROKER)
    assert read_one(str(tmp_path / "63")).catalog.shape.message == "msg"


def test_a_wrong_name_is_that_of_a_catalog():
    """A word that is no file is taken for the name of a catalog."""
    with pytest.raises(CatalogError) as caught:
        read_one("lpt")
    assert caught.value.message == "no catalog named 'lpt' is embedded"


def test_a_page_that_is_not_there():
    """What is named like a file is looked for as one."""
    with pytest.raises(ErrcodesUsageError) as caught:
        read_one("nowhere.html")
    assert caught.value.message == "nowhere.html does not exist"


def test_a_page_beside_a_catalog_has_its_envelope(broker):
    """It is read as the catalog's, on either side, with the success codes that the page tells."""
    for old, new in ((broker, PAGE), (PAGE, broker)):
        shapes = {found.catalog.shape for found in read_both(old, new)}
        shape = load_catalog(broker).shape
        assert shapes == {shape, shape.replaced(success=(0, 200, 200000))}


def test_two_pages_stand_for_themselves():
    """Each has the envelope that it tells of."""
    both = read_both(PAGE, PAGE)
    assert both[0].catalog == both[1].catalog
    assert both[0].catalog.shape.success == (200, 200000)


def test_a_page_without_headings_has_the_sections_of_the_other(broker, tmp_path):
    """A bare table says nothing of sections: its codes stand where the other source has them."""
    (tmp_path / "table.txt").write_text("1Eins\n9Neun\n")
    table = str(tmp_path / "table.txt")
    for both in (read_both(broker, table), read_both(table, broker)[::-1]):
        codes = both[1].catalog
        assert [codes[code].section.id for code in (1, 9)] == ["orders", "codes"]
        assert [section.id for section in codes.sections] == ["orders", "codes"]


def test_two_pages_without_headings(tmp_path):
    """Where neither has headings, both have the one section of such pages."""
    (tmp_path / "table.txt").write_text("1Eins\n9Neun\n")
    both = read_both(str(tmp_path / "table.txt"), str(tmp_path / "table.txt"))
    assert [section.id for section in both[1].catalog.sections] == ["codes"]


def test_a_folder_of_source(tmp_path: Path, broker: str) -> None:
    """The source of a client is compared like a page: it says nothing of the envelope."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "codes.py").write_text('ERRORS = {1: "One", 2: "Two"}\n')
    before, after = read_both(broker, str(tmp_path / "src"))
    assert list(before.catalog) == [1]
    assert {code: one.message for code, one in after.catalog.items()} == {1: "One", 2: "Two"}
    assert after.catalog.shape == before.catalog.shape
