"""Exported files that somebody has edited: read as they are, or refused with the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_catalogs import texts
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes import ErrcodesUsageError
from pytest_errcodes.catalog import Catalog, CatalogError, load_catalog
from pytest_errcodes.tools import ImportOptions, import_catalog

DATA = Path(__file__).parents[2] / "data" / "exporting"
HEAD = "name, title, http_status, envelope"
SHAPE = (
    "code, message, data, code_type, success, success_message, placeholders, attributes, "
    "success_field, success_value, error_value, fields, echo, items, item_shape"
)
ENDINGS = {"csv": "csv", "json": "json", "markdown": "md"}


@pytest.fixture
def broker() -> Catalog:
    """Return the catalog whose exported files are edited."""
    return load_catalog(DATA / "broker.toml")


def edited(folder: Path, format_: str, old: str, new: str) -> Path:
    """Return an exported file in which a piece was replaced."""
    text = (DATA / f"broker.{format_}.txt").read_bytes().decode()
    assert old in text
    path = folder / f"edited.{ENDINGS[format_]}"
    path.write_bytes(text.replace(old, new, 1).encode())
    return path


@pytest.mark.parametrize(
    ("format_", "old", "new"),
    [
        ("json", '"name": "broker"', '"name": "other"'),
        ("markdown", 'name: "broker"', "name: other"),
        ("markdown", "\n", "\r\n"),
        ("markdown", "# A broker's API & more\n", "# Any\n\nWords between the tables.\n"),
        ("csv", "code,", "\ufeffcode,"),
        ("csv", ",false,", ",FALSE,"),
        ("csv", ",400,false,", ",,,"),
    ],
)
def test_edits_that_are_read(
    tmp_path: Path, broker: Catalog, format_: str, old: str, new: str
) -> None:
    """What an editor or a spreadsheet makes of a file says the same."""
    imported = import_catalog(edited(tmp_path, format_, old, new), ImportOptions(base=broker))
    assert list(imported.catalog.values()) == list(broker.values())
    assert imported.catalog.name == ("other" if "other" in new else "broker")


def test_names_that_are_asked_for(tmp_path: Path) -> None:
    """Name and title of the command line come before those of the file."""
    path = edited(tmp_path, "json", "broker", "broker")
    options = ImportOptions(name="mine", title="Mine", fallback_name="unused")
    catalog = import_catalog(path, options).catalog
    assert (catalog.name, catalog.title) == ("mine", "Mine")
    assert import_catalog(path, ImportOptions(fallback_name="unused")).catalog.name == "broker"


@pytest.mark.parametrize(
    ("format_", "old", "new", "mistake"),
    [
        (
            "json",
            '"http_status": 409',
            '"http_status": 9',
            (
                ": sections.orders.codes.51009.http_status: is 9, and must lie within 100 and 599; "
                "write the HTTP status of the answer, such as 400"
            ),
        ),
        (
            "json",
            '"code": "51009"',
            '"code": "51008"',
            ": sections.orders.codes.51008: documented twice; keep one of the two",
        ),
        (
            "json",
            '"code": "51009"',
            '"code": null',
            ': codes.1: has no code; write "code": 401009',
        ),
        (
            "json",
            '"section": "orders"',
            '"section": "order"',
            ': codes.0: names no section of the list; write "section" with one of the ids',
        ),
        (
            "json",
            '{"id": "orders", ',
            '{"name": "Old"}, {"id": "orders", ',
            ': sections.0: the section has no id; write "id": "trading"',
        ),
        (
            "json",
            '"codes": [',
            '"codes": [7, ',
            ": codes.0: is no object; write {...}",
        ),
        (
            "json",
            '{"id": "my cards"',
            '{"id": "orders", "title": "Orders", "label": "51xxx"}, {"id": "my cards"',
            ": sections.orders: is there twice; keep one of the two",
        ),
        (
            "csv",
            "\r\n51009,",
            "\r\n51008,",
            ":3: sections.orders.codes.51008: documented twice; keep one of the two",
        ),
        (
            "csv",
            ",409,false",
            ",conflict,maybe",
            (
                ":3: sections.orders.codes.51009.open_ended: is a text, and must be true or false; "
                "write open_ended = true\n"
                "{file}:3: sections.orders.codes.51009.http_status: is a text, and must be an "
                "integer; write http_status = 200"
            ),
        ),
        (
            "csv",
            "timeout!,Timeout,",
            "timeout!,Time,out,",
            (
                ":13: sections: the row has 12 cells, and the first row 11; "
                "put cells with commas in double quotes"
            ),
        ),
        (
            "markdown",
            "| 51009 |",
            "| 51008 |",
            ":24: sections.orders.codes.51008: documented twice; keep one of the two",
        ),
        (
            "markdown",
            "| card_declined | The card was declined: | 402 | yes |",
            "| card_declined | The card was declined: | 402 | no |",
            (
                ':34: sections."my cards".codes.card_declined.open_ended: is a text, and must be '
                "true or false; write open_ended = true"
            ),
        ),
        (
            "markdown",
            ' <a id="orders"></a>',
            "",
            (
                ':19: "Orders (51xxx)": the heading has no anchor with the section\'s id; '
                'write ## Trading (4010xx) <a id="trading"></a>'
            ),
        ),
        (
            "markdown",
            'code_type: "string"',
            "code_type: strings",
            (
                ': envelope.code_type: is "strings", and must be "integer" or "string" or '
                '"either"; did you mean "string"?'
            ),
        ),
    ],
)
def test_edits_that_are_refused(
    tmp_path: Path, broker: Catalog, format_: str, old: str, new: str, mistake: str
) -> None:
    """A fault is told with its line, where the format has lines, and nothing is imported."""
    path = edited(tmp_path, format_, old, new)
    with pytest.raises(CatalogError) as caught:
        import_catalog(path, ImportOptions(base=broker))
    assert caught.value.slug == "catalog-invalid"
    assert str(caught.value) == str(path) + mistake.replace("{file}", str(path))


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        (
            "name: ",
            "1: 2\nname: ",
            f": 1: unknown field; known here: {HEAD}",
        ),
        (
            "name: ",
            "extends: ltp\nname: ",
            f": extends: unknown field; known here: {HEAD}",
        ),
        ('name: "broker"', "name:", ': name: is nothing, and must be a text; write name = "..."'),
        (
            '  code: "code"',
            "  1: x",
            f": envelope.1: unknown field; known here: {SHAPE}",
        ),
    ],
)
def test_front_matter_that_is_refused(tmp_path: Path, old: str, new: str, mistake: str) -> None:
    """So is what stands above the tables, whatever YAML allows there."""
    path = edited(tmp_path, "markdown", old, new)
    with pytest.raises(CatalogError) as caught:
        import_catalog(path)
    assert str(caught.value) == str(path) + mistake


@pytest.mark.parametrize(
    ("format_", "old", "new"),
    [
        ("json", '"urn:pytest-errcodes:catalog-1"', '"urn:pytest-errcodes:catalog-10"'),
        ("json", "{", "["),
        ("markdown", "errcodes: 1", "errcodes: 2"),
        ("markdown", 'title: "', 'title: "" "'),
        ("markdown", "http_status: 400", "http_status: 2020-13-45"),
        ("csv", ",solution", ",solutions"),
    ],
)
def test_what_is_not_one_of_ours(
    tmp_path: Path, broker: Catalog, format_: str, old: str, new: str
) -> None:
    """Another version, or a file that is broken, is left to the readers of foreign files."""
    from pytest_errcodes.tools.importing.catalog_reader import read_export

    text = edited(tmp_path, format_, old, new).read_bytes().decode()
    assert read_export(text, broker) is None


@pytest.mark.parametrize("format_", ENDINGS)
def test_any_edit_is_read_or_refused(tmp_path: Path, broker: Catalog, format_: str) -> None:
    """Whatever stands somewhere in a file instead of something else, a refusal is in words."""
    text = (DATA / f"broker.{format_}.txt").read_bytes().decode()
    path = tmp_path / f"edited.{ENDINGS[format_]}"

    @given(st.integers(0, len(text)), st.integers(0, 30), texts)
    def edit(start: int, length: int, new: str) -> None:
        path.write_bytes((text[:start] + new + text[start + length :]).encode())
        try:
            assert len(import_catalog(path, ImportOptions(base=broker)).catalog) > 0
        except ErrcodesUsageError as error:
            assert error.message

    edit()
