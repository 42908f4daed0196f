"""What the tools do with a code that has several messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import Catalog, parse_catalog
from pytest_errcodes.tools import ImportOptions, diff, explain, export_catalog, import_catalog, lint

if TYPE_CHECKING:
    from pathlib import Path

MESSAGES = '["Order not found", "No order %s"]'


def catalog(messages: str = MESSAGES) -> Catalog:
    """Return a catalog of two codes."""
    text = f'name = "mine"\n[sections.o.codes]\n7 = {messages}\n8 = "No order %s"\n'
    return parse_catalog(text)


@pytest.mark.parametrize("format_", ["json", "markdown", "csv", "toml"])
def test_exported_and_imported(tmp_path: Path, format_: str) -> None:
    """All messages come back, in their order."""
    path = tmp_path / f"mine.{format_.replace('markdown', 'md')}"
    path.write_bytes(export_catalog(catalog(), format_).encode())
    found = import_catalog(path, ImportOptions(base=catalog())).catalog
    assert list(found.values()) == list(catalog().values())


def test_imported_from_openapi(tmp_path: Path) -> None:
    """An exported document has all messages, placeholders included, and they come back."""
    path = tmp_path / "mine.json"
    path.write_text(export_catalog(catalog(), "openapi"))
    found = import_catalog(path).catalog
    assert found[7].messages == ("Order not found", "No order %s")


@pytest.mark.parametrize("format_", ["python", "typescript", "openapi"])
def test_exported_alone(format_: str) -> None:
    """What is not read back shows all of them."""
    text = export_catalog(catalog(), format_)
    assert "Order not found" in text
    assert "No order %s" in text


@pytest.mark.parametrize(
    ("new", "kind", "summary"),
    [
        ('"Order not found"', "meaning", "no longer has a message that it had"),
        ('["Order not found", "No order %s", "Gone"]', "addition", "has another message as well"),
        ('["Order not found", "Gone"]', "meaning", "has other messages"),
        ('["No order %s", "Order not found"]', "moved", "has its messages in another order"),
    ],
)
def test_compared(new: str, kind: str, summary: str) -> None:
    """A message that came or went is told, with all that there are."""
    (change,) = diff(catalog(), catalog(new))
    assert (change.kind, change.slug, change.summary) == (kind, "message", summary)


def test_explained() -> None:
    """A message is found under each of its codes, with its own parameters."""
    found = explain(catalog(), "No order a1")
    assert [(one.code.code, one.params, one.fits) for one in found] == [
        (7, ("a1",), True),
        (8, ("a1",), True),
    ]
    assert found[0].same_message == (catalog()[8],)
    assert found[0].as_dict()["messages"] == ["Order not found", "No order %s"]


@pytest.mark.parametrize(
    ("came", "difference"),
    [
        ("Order gone", 'at character 7: "gone" came, "not found" is documented'),
        ("No orders", 'at character 9: "s" came, " " is documented'),
    ],
)
def test_the_nearest_message_is_compared(came: str, difference: str) -> None:
    """A message that fits none is compared with the one that it fits longest."""
    (found,) = explain(catalog(), f'{{"code": 7, "message": "{came}"}}')
    assert found.difference == difference


def test_linted() -> None:
    """A further message that another code has too is a duplicate."""
    found = [one for one in lint(catalog()) if one.rule.slug == "duplicate-message"]
    assert [one.codes for one in found] == [(7, 8)]
