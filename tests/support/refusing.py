"""What the tests of refused catalog files share."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import CatalogError, parse_catalog

CODES = '[sections.a.codes]\n1 = "one"\n'
EXAMPLE = '401009 = "clientOrderId already exists"'
AS_TEXT = 'set code_type = "string" under [envelope]'


def refusal(text: str | bytes) -> list[str]:
    """Return the lines of the error that a catalog file gets, without the name of the file."""
    with pytest.raises(CatalogError) as caught:
        parse_catalog(text, "my.toml")
    assert caught.value.slug == "catalog-invalid"
    assert caught.value.hint == ""
    lines = str(caught.value).split("\n")
    assert all(line.startswith("my.toml:") for line in lines)
    return [line.removeprefix("my.toml:").lstrip() for line in lines]
