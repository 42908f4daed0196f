"""A catalog that extends another."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import (
    Catalog,
    CatalogError,
    Section,
    load_catalog,
    parse_catalog,
    write_catalog,
)

if TYPE_CHECKING:
    from pathlib import Path

ONE = '[sections.a.codes]\n1 = "one"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def extending(text: str) -> Catalog:
    """Return a catalog that extends ``ltp``."""
    return parse_catalog(f'extends = "ltp"\n{text}', "my.toml")


def refusal(text: str) -> str:
    """Return what is said of a catalog that is refused."""
    with pytest.raises(CatalogError) as caught:
        parse_catalog(text, "my.toml")
    assert caught.value.slug == "catalog-invalid"
    return str(caught.value)


def test_without_more_it_is_the_other(ltp: Catalog) -> None:
    """It has the other's codes, sections, envelope and title, and a name of its own."""
    catalog = extending("")
    assert (catalog.name, catalog.title) == ("my", ltp.title)
    assert list(catalog.values()) == list(ltp.values())
    assert (catalog.sections, catalog.shapes) == (ltp.sections, ltp.shapes)


def test_new_codes_stand_at_the_end_of_their_section(ltp: Catalog) -> None:
    """A section of the other goes on; a new one is the last."""
    catalog = extending(
        '[sections.trading.codes]\n401065 = "Seen"\n[sections.ours.codes]\n9 = "Gateway"\n'
    )
    codes = list(catalog)
    assert codes[codes.index(401065) - 1 :][:3] == [401444, 401065, 401200]
    assert (codes[-1], catalog[9].section) == (9, Section("ours", "ours", ""))
    assert catalog[401065].section == ltp[401009].section
    assert len(catalog) == 254


def test_what_an_entry_leaves_out_is_as_in_the_other(ltp: Catalog) -> None:
    """A new message keeps the place and the rest; a table may leave the message out."""
    catalog = extending(
        "[sections.trading.codes]\n401003 = 'No such type'\n"
        "401009 = { http_status = 409, tags = ['final'] }\n"
        "[sections.websocket.codes]\n601004 = 'Expect:'\n"
    )
    assert list(catalog) == list(ltp)
    assert (catalog[401003].message, catalog[401003].http_status) == ("No such type", 200)
    assert (catalog[401009].message, catalog[401009].tags) == (ltp[401009].message, ("final",))
    assert catalog[401009].http_status == 409
    assert catalog[601004].open_ended


def test_a_code_may_move_to_another_section(ltp: Catalog) -> None:
    """It stands where the extending catalog says."""
    catalog = extending("[sections.fees.codes]\n601009 = { solution = 'Log in again' }\n")
    assert catalog[601009].section.id == "fees"
    assert catalog[601009].message == ltp[601009].message
    assert [code.code for code in catalog.select("fees")][-1] == 601009


def test_class_of_a_section_of_the_base() -> None:
    """An extending file names the class of codes that it does not list."""
    catalog = extending(
        "[sections.fees]\nexception = 'FeeError'\n"
        "[sections.fees.codes]\n406000 = { exception = 'OtherError' }\n406001 = 'Bad fee'\n"
    )
    assert [catalog[code].exception for code in (406000, 406001, 406002, 401009)] == [
        "OtherError",
        "FeeError",
        "FeeError",
        "",
    ]


def test_class_of_a_code_of_the_base(tmp_path: Path) -> None:
    """A class that the base names for one code stays, where its section's gives way."""
    (tmp_path / "base.toml").write_text(
        "[sections.a]\nexception = 'OldError'\n[sections.a.codes]\n1 = 'x'\n2 = 'y'\n"
        "3 = { message = 'z', exception = 'OwnError' }\n"
    )
    path = tmp_path / "my.toml"
    path.write_text("extends = './base.toml'\n[sections.a]\nexception = 'NewError'\n")
    catalog = load_catalog(path)
    assert [code.exception for code in catalog.values()] == ["NewError", "NewError", "OwnError"]
    path.write_text("extends = './base.toml'\n[sections.a]\ntitle = 'A'\n")
    assert [code.exception for code in load_catalog(path).values()] == [
        "OldError",
        "OldError",
        "OwnError",
    ]


def test_removals() -> None:
    """Codes and selectors take codes away; a section without a code is gone."""
    catalog = extending('remove = [401444, "406xxx", "!406013", "transfers"]')
    assert 401444 not in catalog
    assert [code.code for code in catalog.select("fees")] == [406013]
    assert "transfers" not in [section.id for section in catalog.sections]


def test_a_removed_code_may_be_documented_anew() -> None:
    """Then nothing of the other is left of it."""
    text = "remove = [601004]\n[sections.websocket.codes]\n601004 = 'Mismatch'\n"
    assert not extending(text)[601004].open_ended


def test_sections_may_have_another_title(ltp: Catalog) -> None:
    """The codes of the other are in the section as it is now; its label stays."""
    catalog = extending("[sections.fees]\ntitle = 'Charges'\n")
    assert catalog[406000].section == Section("fees", "Charges", "406xxx")


def test_the_envelope_is_inherited_field_by_field(ltp: Catalog) -> None:
    """What it says counts, for named shapes too."""
    catalog = extending(
        "[envelope]\nmessage = 'msg'\nplaceholders = 'none'\n"
        "[envelope.websocket]\ncode = 'c'\n[envelope.v2]\ndata = 'd'\n"
    )
    default, websocket, second = catalog.shapes
    assert (default.message, default.success) == ("msg", (200, 200000))
    assert (websocket.code, websocket.success) == ("c", (0, 200, 200000))
    assert (second.name, second.message, second.data) == ("v2", "msg", "d")
    assert catalog[401112].template.placeholders == ()


def test_the_http_status_is_that_of_its_own_codes() -> None:
    """The codes of the other keep theirs."""
    catalog = extending("http_status = 400\n[sections.ours.codes]\n9 = 'x'\n")
    assert (catalog[9].http_status, catalog[401009].http_status) == (400, 200)


def test_a_file_extends_a_file_beside_it(folder: Path) -> None:
    """The path starts in the folder of the file that names it, at each step."""
    (folder / "a").mkdir()
    (folder / "a" / "one.toml").write_text(ONE)
    (folder / "a" / "two.toml").write_text('extends = "./one.toml"\n')
    (folder / "my.toml").write_text('extends = "a/two.toml"\n[sections.b.codes]\n2 = "two"\n')
    assert list(load_catalog("my.toml")) == [1, 2]


def test_a_file_is_read_again_once_the_other_has_changed(folder: Path) -> None:
    """As long as neither changes, it is the same object."""
    (folder / "one.toml").write_text(ONE)
    (folder / "my.toml").write_text('extends = "one.toml"\n')
    first = load_catalog("my.toml")
    assert load_catalog("my.toml") is first
    (folder / "one.toml").write_text(ONE.replace("one", "eins"))
    os.utime(folder / "one.toml", (1, 1))
    assert load_catalog("my.toml")[1].message == "eins"


def test_it_is_written_as_one_file() -> None:
    """What is written needs the other no more."""
    catalog = extending("[sections.trading.codes]\n401009 = { tags = ['final'] }\n")
    assert parse_catalog(write_catalog(catalog)) == catalog


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "extends = 7",
            (
                "1: extends: is an integer, and must be a text; "
                'write extends = "ltp", or the path of a file'
            ),
        ),
        (
            "extends = 'lpt'",
            (
                "1: extends: no catalog named 'lpt' is embedded; embedded: ltp; a file of your "
                "own is named by its path, such as ./lpt.toml"
            ),
        ),
        (
            "extends = 'my.toml'",
            "1: extends: is a cycle: my.toml extends my.toml; let one of them extend none",
        ),
        (
            "extends = 'base\\u0000.toml'".replace("'", '"'),
            (
                "1: extends: catalog file 'base\\x00.toml' cannot be read: its name holds a "
                "character that no path may hold; check the path and its permissions"
            ),
        ),
        (
            "extends = 'ltp'\nremove = 401009",
            (
                "2: remove: is an integer, and must be a list of codes and selectors; "
                'write remove = [401099, "4012xx"]'
            ),
        ),
        (
            "extends = 'ltp'\nremove = [1.5]",
            (
                "2: remove: holds a fraction, and must hold codes and selectors; "
                'write remove = [401099, "4012xx"]'
            ),
        ),
        (
            "extends = 'ltp'\nremove = ['!trading']",
            (
                "2: remove: holds nothing but exclusions, and so would remove all other codes; "
                'write what is to go: remove = [401099, "4012xx"]'
            ),
        ),
        (
            "extends = 'ltp'\nremove = ['tradin']",
            (
                "2: remove: selector 'tradin' picks nothing in catalog 'ltp'; nearest: trading; "
                "sections: common, authentication, trading, algo, portfolio, transfers, fees, "
                "websocket; a selector is a code, a pattern such as 4010xx, a range such as "
                "401000-401020, a section id, a tag, or *; ! in front excludes"
            ),
        ),
        (
            f"remove = [1]\n{ONE}",
            (
                "1: remove: there is nothing to remove from, since the catalog extends none; "
                'write extends = "ltp", or leave it out'
            ),
        ),
        (
            "extends = 'ltp'\nenvelope.code_type = 'string'",
            '2: envelope.code_type: is "string", and ltp has codes of another type; leave it out',
        ),
        (
            "extends = 'ltp'\nenvelope.success = [401009]",
            (
                "2: envelope.success: holds 401009, which ltp documents; leave it out, or write "
                "remove = [401009]"
            ),
        ),
        (
            "extends = 'ltp'\n[sections.ours]\n[sections.fees.codes]\n406099 = {}",
            (
                "2: sections.ours: the section holds no codes; write [sections.ours.codes] and "
                'under it 401009 = "clientOrderId already exists", or drop the section\n'
                "my.toml:4: sections.fees.codes.406099: the code has no message; "
                'write { message = "..." }'
            ),
        ),
    ],
)
def test_refusals(text: str, complaint: str) -> None:
    """What cannot be is told with line, field and remedy, all of a file at once."""
    assert refusal(text) == f"my.toml:{complaint}"


def test_a_file_that_is_not_there(folder: Path) -> None:
    """It is told where it is named, with the nearest."""
    (folder / "one.toml").write_text(ONE)
    assert refusal("extends = 'on.toml'") == (
        "my.toml:1: extends: catalog file on.toml does not exist; did you mean one.toml?"
    )


def test_a_faulty_file_is_told_in_its_own_place(folder: Path) -> None:
    """Its faults have its name and its lines."""
    (folder / "one.toml").write_text(f"{ONE}2 = 7\n")
    assert refusal("extends = './one.toml'") == (
        "one.toml:3: sections.a.codes.2: is an integer, and must be a text, a list of texts "
        'or a table with a message; write 2 = "..."'
    )


def test_a_cycle_over_several_files(folder: Path) -> None:
    """The whole way round is told."""
    (folder / "my.toml").write_text("extends = 'a.toml'\n")
    (folder / "a.toml").write_text("extends = './b.toml'\n")
    (folder / "b.toml").write_text("extends = 'my.toml'\n")
    with pytest.raises(CatalogError) as caught:
        load_catalog("my.toml")
    assert str(caught.value) == (
        "b.toml:1: extends: is a cycle: my.toml extends a.toml extends b.toml extends my.toml; "
        "let one of them extend none"
    )


def test_a_broken_line_hides_nothing_and_invents_nothing() -> None:
    """Without the other at hand, a missing message is no fault of its own."""
    text = "extends = 'ltp'\n[sections.trading.codes]\n1 = x\n401009 = { tags = ['a'] }\n"
    assert refusal(text) == (
        "my.toml:3: sections.trading.codes.1: not TOML at column 5: this is no value; "
        "put a text in double quotes"
    )
