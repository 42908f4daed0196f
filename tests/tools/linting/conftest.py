"""What the tests of rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from pytest_errcodes.tools import lint

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "[sections.a.codes]\n"


class Told(Protocol):
    """Lints a file, and returns its findings of the chosen rules, one text each."""

    def __call__(self, text: str, *slugs: str, head: str = HEAD) -> list[str]:
        """Lint ``head`` and ``text``."""
        ...


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Return a function that lints a file: each finding as ``line: message; hint``."""

    def lint_file(text: str, *slugs: str, head: str = HEAD) -> list[str]:
        path = tmp_path / "my.toml"
        path.write_text(head + text, "utf-8")
        return [
            f"{finding.place.line}: {finding.message}; {finding.hint}"
            for finding in lint(path)
            if finding.slug in slugs
        ]

    return lint_file


def codes(*messages: str, first: int = 1) -> str:
    """Return the lines of a file for messages with codes in a row."""
    return "".join(f"{code} = '{message}'\n" for code, message in enumerate(messages, first))
