"""What all tests share."""

from __future__ import annotations

import pytest

# Here, not in the fixture: what a test with pytester imports is forgotten when it ends.
from project import Project


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return an empty project whose tests may use the plugin."""
    return Project(pytester, monkeypatch)
