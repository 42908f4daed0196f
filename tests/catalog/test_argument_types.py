"""Arguments of another type than a function takes are refused in words."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from pytest_errcodes import ErrcodesUsageError, load_catalog
from pytest_errcodes.catalog import parse_catalog, write_catalog
from pytest_errcodes.tools import diff, explain, export_catalog, import_catalog, lint, scan

CATALOG = load_catalog("ltp")
TEMPLATE = CATALOG[401112].template
SILENT = "<Silent>"


class Silent:
    def __repr__(self):
        return SILENT

    def __str__(self):
        raise RuntimeError("no")


class Text(str):
    """A text of a derived class whose methods lie."""

    __slots__ = ()

    def strip(self, *_):
        """Return no text."""
        return 7

    def casefold(self):
        """Return no text."""
        return 7

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None


@pytest.mark.parametrize(
    ("call", "slug", "message", "hint"),
    [
        (
            lambda: CATALOG.search(7),
            "argument-type",
            "search(...) takes a text, not 7",
            'pass the words to look for, as one text: search("order exists")',
        ),
        (
            lambda: CATALOG.match_message(b"x"),
            "argument-type",
            "match_message(...) takes a text, not b'x'",
            "pass the message as the API sends it",
        ),
        (
            lambda: TEMPLATE.match(7),
            "argument-type",
            "match(...) takes a text, not 7",
            "pass the message as the API sends it",
        ),
        (
            lambda: TEMPLATE.render(Silent()),
            "parameter-type",
            f"message template {TEMPLATE.text!r} takes what has a text for %s, not {SILENT}",
            "pass a text or a number",
        ),
        (
            lambda: parse_catalog(Path("a.toml")),
            "argument-type",
            f"parse_catalog(...) takes a text, not {Path('a.toml')!r}",
            "pass what a catalog file holds, as text or bytes",
        ),
        (
            lambda: parse_catalog("", 7),
            "argument-type",
            "parse_catalog(source=...) takes a text, not 7",
            "pass the name that errors tell",
        ),
        (
            lambda: explain("ltp", "401009"),
            "catalog-missing",
            "explain(...): 'ltp' is no catalog",
            "pass load_catalog('ltp')",
        ),
        (
            lambda: explain(CATALOG, 401009),
            "argument-type",
            "explain(...) takes a text, not 401009",
            "pass a code, a message or an answer, as text",
        ),
        (
            lambda: diff(CATALOG, None),
            "catalog-missing",
            "diff(...): None is no catalog",
            "pass what load_catalog(...) returns",
        ),
        (
            lambda: export_catalog(CATALOG, None),
            "argument-type",
            "export_catalog(format=...) takes a text, not None",
            "pass one of csv, json, markdown, openapi, python, stubs, toml, typescript",
        ),
        (
            lambda: export_catalog("ltp", "json"),
            "catalog-missing",
            "export_catalog(...): 'ltp' is no catalog",
            "pass load_catalog('ltp')",
        ),
        (
            lambda: write_catalog({}),
            "catalog-missing",
            "write_catalog(...): {} is no catalog",
            "pass what load_catalog(...) returns",
        ),
        (
            lambda: lint(CATALOG, ignore="gap"),
            "argument-type",
            "ignore= takes several rules, not 'gap'",
            'pass the slugs of rules, each alone or with a selector: ("gap:4010xx",)',
        ),
        (
            lambda: lint(CATALOG, ignore=[7]),
            "argument-type",
            "ignore= takes a text, not 7",
            'pass the slugs of rules, each alone or with a selector: ("gap:4010xx",)',
        ),
        (
            lambda: scan("src", CATALOG),
            "argument-type",
            "scan(...) takes several paths, not 'src'",
            'pass a list of files and folders: ["src"]',
        ),
        (
            lambda: scan([7], CATALOG),
            "argument-type",
            "scan(...) takes a path, not 7",
            'pass a list of files and folders: ["src"]',
        ),
        (
            lambda: scan(itertools.repeat("src"), CATALOG),
            "argument-type",
            "scan(...) takes several paths, not repeat('src')",
            'pass a list of files and folders: ["src"]',
        ),
        (
            lambda: scan([], CATALOG, select=401009),
            "argument-type",
            "scan(select=...) takes several selectors, not 401009",
            'pass a list of selectors: ["trading"]',
        ),
        (
            lambda: scan([], "ltp"),
            "catalog-missing",
            "scan(...): 'ltp' is no catalog",
            "pass load_catalog('ltp')",
        ),
        (
            lambda: import_catalog(7),
            "argument-type",
            "import_catalog(...) takes a path, or several, not 7",
            "pass the path of a file or a folder, or a list of paths",
        ),
        (
            lambda: import_catalog("a.csv", {"name": "shop"}),
            "argument-type",
            "import_catalog(options=...) takes ImportOptions, not {'name': 'shop'}",
            'pass ImportOptions(name="shop"), or leave it out',
        ),
    ],
)
def test_refused(call, slug, message, hint):
    """The text names the call, what it takes and what it was given."""
    with pytest.raises(ErrcodesUsageError) as caught:
        call()
    assert (caught.value.slug, str(caught.value)) == (slug, f"{message}\nhint: {hint}")


def test_texts_of_derived_classes():
    """A text of a derived class is taken as the text that it is."""
    assert CATALOG.search(Text("clientOrderId exists")) == CATALOG.search("clientOrderId exists")
    message = "clientOrderId already exists"
    assert CATALOG.match_message(Text(message)) == CATALOG.match_message(message)
    assert CATALOG.select(Text("401009")) == (CATALOG[401009],)
    assert explain(CATALOG, Text("401009")) == explain(CATALOG, "401009")
    assert Text("401009") not in CATALOG
