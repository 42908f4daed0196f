"""Which style the placeholders of a document follow."""

from __future__ import annotations

import pytest

from pytest_errcodes.tools.importing.placeholder_styles import holders, style_of


@pytest.mark.parametrize(
    ("messages", "style"),
    [
        ([], "printf"),
        (["plain", "100% sure, 1 < 2"], "printf"),
        (["%s left", "%d of %d"], "printf"),
        (["{0} left", "at most {max}"], "format"),
        (["${x} left", "of ${y}"], "dollar"),
        (["<value> left"], "angle"),
        (["%s left", "{0} left", "{1} left"], "format"),
    ],
)
def test_style_of(messages: list[str], style: str) -> None:
    """The style is the one that most messages follow."""
    assert style_of(messages) == style


def test_holders() -> None:
    """The messages that hold some are named by their position."""
    assert holders(["plain", "%s of %d", "{x}"], "printf") == [(1, ("%s", "%d"))]
