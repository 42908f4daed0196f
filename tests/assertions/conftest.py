"""What the tests of the assertions share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _only_named_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load no plugin by itself: some keep settings in their modules, and run once a process."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
