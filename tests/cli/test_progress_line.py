"""The line that shows how far long work came."""

from __future__ import annotations

import io

import pytest

from pytest_errcodes.cli import terminal
from pytest_errcodes.cli.terminal import ProgressLine


class Terminal(io.StringIO):
    """An error output that a person reads."""

    def isatty(self) -> bool:
        """Return that it is a terminal."""
        return True


def watch(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in place of the error output, and let no time pass before it is drawn on."""
    made = Terminal()
    monkeypatch.setattr("sys.stderr", made)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(terminal, "_FIRST", 0)
    monkeypatch.setattr(terminal, "_BETWEEN", 0)
    return made


def test_it_is_drawn_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step replaces the last, no line is wider than the terminal, and none is left."""
    terminal = watch(monkeypatch)
    with ProgressLine("scanned") as line:
        line.advance("a.py")
        line.advance("a/long/path/to/client.py")
    assert terminal.getvalue() == (
        "\r\x1b[Kerrcodes: 1 file scanned: a.py"
        "\r\x1b[Kerrcodes: 2 files scanned: to/client.py"
        "\r\x1b[K"
    )


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_nobody_looks(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """On a machine of CI and on a plain terminal there is no line."""
    terminal = watch(monkeypatch)
    monkeypatch.setenv(name, value)
    with ProgressLine("scanned") as line:
        line.advance("a.py")
    assert terminal.getvalue() == ""


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither does a file."""
    watch(monkeypatch)
    pipe = io.StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    with ProgressLine("scanned") as line:
        line.advance("a.py")
    assert pipe.getvalue() == ""
