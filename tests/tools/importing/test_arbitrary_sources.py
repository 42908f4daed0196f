"""Whatever a source holds, it becomes a catalog that loads again, or is refused in words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pytest_errcodes.catalog import load_catalog, parse_catalog, write_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools import ImportOptions, import_catalog
from pytest_errcodes.tools.importing.catalog_making import catalog_of
from pytest_errcodes.tools.importing.import_source import Source
from pytest_errcodes.tools.importing.source_document import Document, Prose, Row, Table
from pytest_errcodes.tools.importing.source_formats import FORMATS

DATA = Path(__file__).parents[2] / "data" / "importing"
BASES = st.sampled_from([None, load_catalog("ltp"), load_catalog(DATA / "strings.json.toml")])
NAMES = ["code", "error", "value", "message", "msg", "text", "HTTP status", "status", "description"]
MORE = ["solution", "section", "section_title", "section_label", "open_ended", "tags", "other", ""]
CODES = st.one_of(
    st.integers(-20, 20).map(str),
    st.sampled_from(["00", "007", "-0", "1-3", "3-1", "1, 2", "E1", "a_b", "ok", "200", "*", "!x"]),
    st.text("0123456789-x", max_size=45),
)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["OK", "%s left", "{x}", "${y} of $$", "<z>", "wait:", "429", "true", "\ud800"]
    ),
)
CELLS = st.one_of(CODES, TEXTS)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return a table with arbitrary columns and cells."""
    names = draw(st.lists(st.sampled_from([*NAMES, *MORE]), max_size=6))
    width = max(len(names), 2)
    cells = st.lists(CELLS, min_size=1, max_size=width)
    rows = draw(st.lists(st.tuples(CODES, TEXTS) if not names else cells, max_size=8))
    return Table(
        1,
        draw(st.one_of(st.text(max_size=8), st.sampled_from(["Trading (4010xx)", "Fees", "1. A"]))),
        tuple(names),
        tuple(Row(line, tuple(row)) for line, row in enumerate(rows, 2)),
        draw(st.sampled_from([None, "integer", "string", "either"])),
        draw(st.sampled_from(["page", "data"])),
        draw(st.booleans()),
    )


@st.composite
def options(draw: st.DrawFn) -> ImportOptions:
    """Return arbitrary options."""
    columns = st.sampled_from([None, None, None, "1", "2", "msg", "code"])
    return ImportOptions(
        code_column=draw(columns),
        message_column=draw(columns),
        section=draw(st.one_of(st.none(), st.text(max_size=5))),
        name=draw(st.one_of(st.none(), st.text(max_size=5))),
        title=draw(st.one_of(st.none(), st.text(max_size=5))),
        code_type=draw(st.sampled_from([None, "integer", "string", "either"])),
        base=draw(BASES),
    )


@given(st.lists(tables(), max_size=4), options(), st.text(max_size=8))
def test_arbitrary_tables(found: list[Table], chosen: ImportOptions, title: str) -> None:
    """A catalog that was made of tables is written, and loads as itself."""
    prose = (Prose(1, 1, "A code of 3 or 00 means success"),) if len(title) > 4 else ()
    try:
        imported = catalog_of(Source("a.txt", ""), Document(tuple(found), prose, title), chosen)
    except ErrcodesUsageError:
        return
    assert parse_catalog(write_catalog(imported.catalog)) == imported.catalog
    for remark in imported.remarks:
        assert remark.as_text("a.txt").encode()


def check_read_or_refused(name: str, text: str, format_: str | None = None) -> None:
    """Check that a source becomes a catalog that loads again, or is refused in words."""
    try:
        imported = import_catalog(Source(name, text), ImportOptions(format=format_))
    except ErrcodesUsageError as error:
        assert name in str(error)  # a refusal is one of the two good ends
        return
    assert parse_catalog(write_catalog(imported.catalog)) == imported.catalog


@pytest.mark.parametrize("format_", [one.name for one in FORMATS])
def test_arbitrary_texts(format_: str) -> None:
    """Each reader makes something of any text, or says why it does not."""

    @given(st.text())
    @example("\x00")
    @example("1 \x1f\x85\u2028a")
    @example("\rº")
    def check(text: str) -> None:
        check_read_or_refused("any.source", text, format_)

    check()


EXAMPLES = sorted(path.stem for path in DATA.glob("*.toml") if path.stem != "ltp.txt")
PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [*"\t\n |<>&*`:{}[]()\"'\\-=+#,;", "<td>", "</table>", "1001", "::", "\n\n", "---"]
    ),
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_broken_examples(name: str) -> None:
    """So it is when the example of a format is broken at some places."""
    whole = (DATA / name).read_text("utf-8")

    @given(st.lists(st.tuples(st.integers(0, len(whole)), st.integers(0, 40), PIECES), max_size=4))
    def check(changes: list[tuple[int, int, str]]) -> None:
        text = whole
        for start, length, piece in changes:
            text = text[:start] + piece + text[start + length :]
        check_read_or_refused(name, text)

    check()


@given(st.lists(st.tuples(st.integers(0, 10**9), st.text(min_size=1)), min_size=1, max_size=9))
def test_messages_of_data_stay_as_they_are(pairs: list[tuple[int, str]]) -> None:
    """JSON keeps every message to the letter, CSV all but the white space around it."""
    told = {code: message for code, message in pairs if message.strip() and message.isprintable()}
    if not told or any(
        message.casefold().strip(" .!") in ("ok", "success") for message in told.values()
    ):
        return
    entries = [{"code": code, "message": message} for code, message in told.items()]
    catalog = import_catalog(Source("a.json", json.dumps(entries))).catalog
    assert {code: one.message for code, one in catalog.items()} == told
    text = io.StringIO()
    csv.writer(text).writerows([("code", "message"), *told.items()])
    catalog = import_catalog(Source("a.csv", text.getvalue())).catalog
    assert {code: one.message for code, one in catalog.items()} == {
        code: message.strip() for code, message in told.items()
    }
