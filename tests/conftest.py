"""What all tests share."""

from __future__ import annotations

import pytest
from commands import Command, command_in_process

# Here, not in the fixture: what a test with pytester imports is forgotten when it ends.
from project import Project


@pytest.fixture(autouse=True)
def _as_on_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pytest cut the lines of its summary, which it does not do on CI machines."""
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return an empty project whose tests may use the plugin."""
    return Project(pytester, monkeypatch)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs ``errcodes``: see ``commands.Command``."""
    return command_in_process(monkeypatch, capsys.readouterr)
