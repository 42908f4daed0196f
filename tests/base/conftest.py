"""Runs these tests with the base installation alone, whatever else is installed.

CI runs them with ``--confcutdir`` where nothing but the base installation is, so that neither
this file nor a test may import what that does not bring.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.tools.libraries import LIBRARIES

if TYPE_CHECKING:
    from pathlib import Path

#: The modules of ours that import a library as soon as they are imported themselves.
NEED_AN_EXTRA = (
    "pytest_errcodes.cli.app",
    "pytest_errcodes.tools.importing.rst_tables",
    "pytest_errcodes.tools.importing.rst_reader",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, an empty one; whoever imports a library of an extra fails."""
    for name in NEED_AN_EXTRA:
        monkeypatch.delitem(sys.modules, name, raising=False)
    parts = [name for name in sys.modules if name.partition(".")[0] in LIBRARIES]
    for name in (*LIBRARIES, *parts):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.chdir(tmp_path)
    return tmp_path
