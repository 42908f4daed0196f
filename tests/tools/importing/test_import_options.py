"""What a user may say of a source, and what is found out without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sources import catalog, imported, messages, remarks

from pytest_errcodes.catalog import load_catalog, parse_catalog
from pytest_errcodes.tools import ImportOptions, import_catalog
from pytest_errcodes.tools.importing.import_source import Source

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "Code,Error,Message,Meldung,HTTP\n1,E_ONE,one,eins,404\n2,E_TWO,two,zwei,500\n"
BASE = parse_catalog(
    """
name = "base"
http_status = 400
[envelope]
message = "msg"
success = [0]
[envelope.websocket]
message = "text"
code_type = "either"
success = ["9"]
[sections.old]
title = "Trading"
label = "40xx"
[sections.old.codes]
1 = { message = "one:", open_ended = false, tags = ["final"], description = "why", solution = "x" }
2 = { message = "two", http_status = 404 }
"""
)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, {1: "one", 2: "two"}),
        ({"message_column": "Meldung"}, {1: "eins", 2: "zwei"}),
        ({"message_column": "meldung"}, {1: "eins", 2: "zwei"}),
        ({"message_column": "4"}, {1: "eins", 2: "zwei"}),
        ({"code_column": "Error"}, {"E_ONE": "one", "E_TWO": "two"}),
        ({"code_column": "2", "message_column": "4"}, {"E_ONE": "eins", "E_TWO": "zwei"}),
        ({"code_type": "string"}, {"1": "one", "2": "two"}),
        ({"code_type": "either"}, {1: "one", 2: "two"}),
    ],
)
def test_columns_and_types(options: dict[str, Any], found: dict[Any, str]) -> None:
    """A column is chosen by its name, whatever its case, or its number."""
    assert messages("a.csv", TABLE, **options) == found


def test_codes_that_are_phrases() -> None:
    """They are codes where the user names their column, and says that they are texts."""
    text = "Error\tInfo\nEOrder:Unknown order\tgone\nEAPI:Invalid key, or none\twrong\n\tnone\n"
    assert messages("a.tsv", text, code_column="Error", code_type="string") == {
        "EOrder:Unknown order": "gone",
        "EAPI:Invalid key, or none": "wrong",
    }


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("status code,error code,message", "2"),
        ("error code,status,message", "1"),
        ("code,http status,description", "1"),
        ("code,error code,msg", "2"),
        ("http,value,text", "2"),
        ("code,name,description", "1"),
        ("id,status,reason", "1"),
    ],
)
def test_names_of_columns(header: str, found: str) -> None:
    """Codes are told from HTTP statuses by the names of the columns, and by what stands there."""
    (code,) = messages(
        "a.csv",
        f"{header}\n404,9001,Not found\n".replace(
            "404,9001", "404,9001" if found == "2" else "9001,404"
        ),
    )
    assert code == 9001


def test_section_name_and_title() -> None:
    """One section for all, and what the catalog is called."""
    found = catalog("a.csv", TABLE, section="All (1xx)", name="n", title="t")
    assert (found.name, found.title) == ("n", "t")
    assert [(one.id, one.title, one.label) for one in found.sections] == [("all", "All", "1xx")]
    assert catalog("a.csv", TABLE, fallback_name="f").name == "f"
    assert catalog("x/a.b.csv", TABLE).name == "a.b"


def test_an_http_status_of_all_codes_is_the_catalogs() -> None:
    """It is written once."""
    assert catalog("a.csv", TABLE.replace("500", "404")).http_status == 404
    assert catalog("a.csv", TABLE).http_status == 200


def test_a_base_says_what_the_source_does_not() -> None:
    """Name, envelope, ids, tags, HTTP status, description and solution; codes come and go."""
    text = "Trading (40xx)\n1 one:\n3 three\n\nFees\n4 four\n"
    found = catalog("a.txt", text, base=BASE)
    assert (found.name, found.http_status, found.shapes) == ("base", 400, BASE.shapes)
    assert [section.id for section in found.sections] == ["old", "fees"]
    assert (found[1], list(found)) == (BASE[1], [1, 3, 4])
    assert found[3].http_status == 400


def test_success_codes_of_a_base() -> None:
    """Those of the source are added; a code that means success in any shape is no error."""
    text = "code,message\n0,Zero\n1,one\n9,nine\n200,OK\n"
    found = imported("a.csv", text, base=BASE)
    assert (found.catalog.shape.success, list(found.catalog)) == ((0, 200), [1])
    assert found.catalog.shape.success_message == "Success"
    assert [remark.as_text("a.csv") for remark in found.remarks] == [
        "a.csv:2: 0 Zero: left out, is a success code",
        "a.csv:4: 9 nine: left out, is a success code",
        "a.csv:5: 200 OK: became a success code",
    ]


def test_codes_that_are_not_of_the_bases_type() -> None:
    """They are left out, success codes too."""
    text = "code,message\n1,one\nE_1,other\nE_OK,success\n"
    assert remarks("a.csv", text, base=BASE) == [
        "a.csv: E_OK: left out, means success, but is no plain integer, as the base says",
        "a.csv:3: E_1 other: left out, its code is no plain integer, as the base says",
        "a.csv:4: E_OK success: became a success code",
    ]


@pytest.mark.parametrize("code_type", ["string", "integer", "either"])
def test_another_type_than_the_bases(code_type: str) -> None:
    """The type that is asked for counts more; the success codes follow it."""
    found = catalog("a.csv", "code,message\n1,one\n", base=BASE, code_type=code_type)
    assert found.shape.success == (("0",) if code_type == "string" else (0,))


def test_the_style_of_placeholders_is_the_bases() -> None:
    """Others are remarked on."""
    assert remarks("a.csv", "code,message\n1,{x} left\n", base=BASE) == [
        (
            "a.csv:2: 1 {x} left: holds {x} as written: format is not the style of placeholders, "
            "printf is"
        )
    ]
    none = parse_catalog("[envelope]\nplaceholders = 'none'\n[sections.a.codes]\n1 = 'a'\n")
    assert remarks("a.csv", "code,message\n1,{x} left\n", base=none) == []


def test_a_catalog_is_its_own_import(tmp_path: Any) -> None:
    """A TOML file is loaded as it is."""
    (tmp_path / "a.toml").write_text("[sections.a.codes]\n1 = 'a'\n")
    found = import_catalog(tmp_path / "a.toml")
    assert (found.catalog, found.remarks, found.left_out) == (
        load_catalog(tmp_path / "a.toml"),
        (),
        (),
    )


def test_a_name_that_is_no_text() -> None:
    """The bytes of a file's name need not be any encoding."""
    found = import_catalog(Source("a\udcff.csv", TABLE)).catalog
    assert found.name == "a?"


def test_catalog_under_another_name(tmp_path: Path) -> None:
    """A catalog file keeps all but what the options say of its name and title."""
    path = tmp_path / "old.toml"
    path.write_text(
        'name = "old"\n[lint]\nignore = ["gap"]\n[sections.a.codes]\n1 = "one"\n', "utf-8"
    )
    old = load_catalog(path)
    assert import_catalog(path).catalog == old
    for options, names in [
        (ImportOptions(name="new"), ("new", "new")),
        (ImportOptions(title="Old API"), ("old", "Old API")),
        (ImportOptions(name="new", title="New API"), ("new", "New API")),
    ]:
        new = import_catalog(path, options).catalog
        assert (new.name, new.title) == names
        assert dict(new) == dict(old)
        assert (new.sections, new.shapes, new.http_status) == (
            old.sections,
            old.shapes,
            old.http_status,
        )
        assert (new.lint_ignore, new.source) == (("gap",), old.source)


def test_catalog_keeps_its_own_title(tmp_path: Path) -> None:
    """A title that differs from the name stays where only the name changes."""
    path = tmp_path / "old.toml"
    path.write_text('name = "old"\ntitle = "API"\n[sections.a.codes]\n1 = "one"\n', "utf-8")
    assert import_catalog(path, ImportOptions(name="new")).catalog.title == "API"
