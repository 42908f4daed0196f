"""What all tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import trustme

# Here, not in the fixture: what a test with pytester imports is forgotten when it ends.
from project import Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _as_on_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pytest cut the lines of its summary, which it does not do on CI machines."""
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def trust_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a bundle of one certificate, which loads in no time."""
    path = tmp_path_factory.mktemp("tls") / "bundle.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
def project(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, trust_store: Path
) -> Project:
    """Return an empty project whose tests may use the plugin."""
    # Their clients reach no server, and each run would load the whole store of the machine.
    monkeypatch.setenv("SSL_CERT_FILE", str(trust_store))
    return Project(pytester, monkeypatch)
