"""What all tests share."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
import trustme
from catalog_fixtures import cards, ltp, negative  # noqa: F401  # pytest finds fixtures by their names
from commands import Command, command_in_process
from contexts import pushed
from frozen_heap import freeze_heap
from hypothesis import settings

# Here, not in the fixture: what a test with pytester imports is forgotten when it ends.
from project import Project
from short_listings import keep_distributions, shorten_listings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contexts import ObservedContext


# Few examples of each property in each run; `pytest --hypothesis-profile=thorough` draws more.
settings.register_profile("suite", deadline=None, database=None, max_examples=40)
settings.register_profile("thorough", settings.get_profile("suite"), max_examples=1000)
settings.load_profile("suite")


#: Folders of tests that start programs, of seconds each.
SLOW = ("documentation", "stress", "typing")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage while our tests are collected: next to all that comes is kept."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is slow, on one worker: none waits for another at the end."""
    items.sort(key=lambda item: item.path.parent.name not in SLOW)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the runs inside of ours not look at ours each time, nor at what does not change."""
    freeze_heap()
    shorten_listings(session.config.pluginmanager)
    keep_distributions()


@pytest.fixture(scope="session", autouse=True)
def _one_cache_of_types(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let all that calls mypy, in each worker and in each run, read pytest and httpx once.

    It looks whether what it has read is still the same.
    """
    cache = getattr(request.config, "cache", None)  # not there with -p no:cacheprovider
    with pytest.MonkeyPatch.context() as patch:
        if cache is not None:
            patch.setenv("MYPY_CACHE_DIR", str(cache.mkdir("mypy")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _as_on_a_desk() -> Iterator[None]:
    """Let runs inside find nothing that a developer or a CI machine has set."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CI", "BUILD_NUMBER", "ERRCODES_CATALOG"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def context() -> Iterator[ObservedContext]:
    """Run the test in a context of its own, apart from that of the run."""
    with pushed() as context:
        yield context


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


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs ``errcodes``: see ``commands.Command``."""
    return command_in_process(monkeypatch, capsys.readouterr)
