"""What all tests share."""

from __future__ import annotations

import pytest
from project import Project


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return an empty project whose tests may use the plugin."""
    return Project(pytester, monkeypatch)
