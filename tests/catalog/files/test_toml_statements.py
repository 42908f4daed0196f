"""The statements of a TOML file and the lines they stand on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.catalog import Catalog, CatalogError, parse_catalog
from pytest_errcodes.catalog.files.toml_statements import Statement, statements


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n # comment\n\t\n", []),
        ("a = 1\n\nb = 2", [(1, "a = 1"), (3, "b = 2")]),
        ("# x\n[a.b] # y\nc = 1\n", [(2, "[a.b] # y"), (3, "c = 1")]),
        ("a = [\n 1, # ]\n 2,\n]\nb = 1\n", [(1, "a = [\n 1, # ]\n 2,\n]"), (5, "b = 1")]),
        ("a = \"][\"\nb = '[#'\nc = 1", [(1, 'a = "]["'), (2, "b = '[#'"), (3, "c = 1")]),
        ('a = "\\"["\nb = 1', [(1, 'a = "\\"["'), (2, "b = 1")]),
        ('a = """x\nb = 1\n"""\nc = 1', [(1, 'a = """x\nb = 1\n"""'), (4, "c = 1")]),
        ('a = """x\\"""\nb"""\nc = 1', [(1, 'a = """x\\"""\nb"""'), (3, "c = 1")]),
        ('a = """""x"""""\nc = 1', [(1, 'a = """""x"""""'), (2, "c = 1")]),
        ("a = '''x\n[b]\n'''\nc = 1", [(1, "a = '''x\n[b]\n'''"), (4, "c = 1")]),
        ('a = "x\nb = 1', [(1, 'a = "x'), (2, "b = 1")]),
        ("a = ]\nb = 1", [(1, "a = ]"), (2, "b = 1")]),
        ("[a]\nb = {c = [1]}\nd = 1", [(1, "[a]"), (2, "b = {c = [1]}"), (3, "d = 1")]),
    ],
)
def test_statements(text: str, expected: list[tuple[int, str]]) -> None:
    """Texts and lists of several lines are one statement; comments and blank lines are none."""
    assert list(statements(text)) == [Statement(line, part) for line, part in expected]


@pytest.mark.parametrize("opening", ["a = [1,", 'a = """x', "a = '''x", "[a"])
def test_an_unclosed_statement_ends_with_its_line(opening: str) -> None:
    """One that is never closed does not swallow what follows."""
    assert list(statements(f"{opening}\nb = 1")) == [
        Statement(1, opening, unclosed=True),
        Statement(2, "b = 1"),
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a = 1", "a "),
        ("  a . \"b.c\" . 'd=' = 1", "  a . \"b.c\" . 'd=' "),
        ("a", None),
        ("= 1", None),
        ("a. = 1", None),
        ('"a = 1', None),
    ],
)
def test_key(text: str, key: str | None) -> None:
    """The key is all before the first = outside of quotes."""
    assert Statement(1, text).key == key


@pytest.mark.parametrize(
    ("text", "is_header"), [("[a]", True), (" [[a]]", True), ("a = []", False)]
)
def test_is_header(text: str, is_header: bool) -> None:
    """A statement that begins with a bracket is a header."""
    assert Statement(1, text).is_header is is_header


@given(st.text("a1.=[]{}\"'\\#\n ,", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the text, the outcome is a catalog or an error with a mistake."""
    try:
        catalog = parse_catalog(text)
    except CatalogError as error:
        assert error.mistakes
    else:
        assert isinstance(catalog, Catalog)


@given(st.text("ab=[]\"'\\#\n ", max_size=60))
def test_no_character_is_lost(text: str) -> None:
    """The statements stand in the text in order, each on the line it names."""
    every_line = text.split("\n")
    for statement in statements(text):
        first, *_ = statement.text.split("\n")
        assert every_line[statement.line - 1] == first
