"""Running the command ``errcodes`` in this process, for the tests of its subcommands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

#: What is told of the catalog where nothing was found, and nothing sets another.
LOOKED_INTO = (
    "  catalog: ltp, the default; name another by --catalog, ERRCODES_CATALOG or [tool.errcodes]\n"
)
#: Exit code, standard output, standard error.
Outcome = tuple[int, str, str]


class Command(Protocol):
    """Runs ``errcodes ARGUMENT...`` with environment variables, in 80 columns, as for a pipe."""

    def __call__(self, *arguments: str, **variables: str) -> Outcome:
        """Run it."""
        ...


def command_in_process(
    monkeypatch: pytest.MonkeyPatch, read_output: Callable[[], tuple[str, str]]
) -> Command:
    """Return a function that runs the command, and returns its exit code and both outputs."""
    from pytest_errcodes.cli import main

    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    for name in ("FORCE_COLOR", "NO_COLOR", "PY_COLORS"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, **variables: str) -> Outcome:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["errcodes", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return (int(ended.value.code or 0), *read_output())

    return run


def printed(text: str) -> Outcome:
    """Return the outcome of a command that printed ``text`` and had nothing to complain of."""
    return 0, text, ""


def refused(text: str) -> Outcome:
    """Return the outcome of a command that told of a mistake."""
    return 2, "", text
