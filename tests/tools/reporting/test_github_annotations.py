"""Findings as workflow commands of GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.tools import Finding, Place
from pytest_errcodes.tools.reporting import github_commands

from .conftest import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence


def test_commands(findings: Sequence[Finding]) -> None:
    """A note is a notice, what a command gives a meaning is escaped, no file is made up."""
    assert github_commands(findings) == [
        (
            "::error file=a%2C b%3Ac/my.toml,line=3,col=7,title=errcodes duplicate-code"
            "::401009 is documented twice: 100 %25%0Ahint: keep one"
        ),
        ("::notice file=/data/own catalog.toml,title=errcodes gap::1 is missing%0Ahint: add it"),
        "::notice title=errcodes gap::embedded:12: 401065 is missing%0Ahint: add it",
    ]


@given(st.text(), st.text(min_size=1).filter(lambda file: not file.startswith("./")))
def test_nothing_is_lost(message: str, file: str) -> None:
    """Whatever texts hold, the runner reads back what was written, from one line."""
    (command,) = github_commands([Finding(RULES[0], message, "keep one", Place(file, 1))])
    head, _, text = command.removeprefix("::error ").partition("::")
    properties = dict(item.split("=", 1) for item in head.split(","))
    assert "\n" not in command
    assert "\r" not in command
    assert _read_back(text) == f"{message}\nhint: keep one" or file == "embedded"
    assert _read_back(properties.get("file", "embedded")) == file


def _read_back(text: str) -> str:
    """Return what the runner makes of an escaped text; the percent sign comes last."""
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(escape, character)
    return text.replace("%25", "%")
