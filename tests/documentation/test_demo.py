"""The demo's suite runs over each library, and notices over each what a client does wrong."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prepared_python import PreparedPython

if TYPE_CHECKING:
    from collections.abc import Iterator

RunSuite = Callable[..., tuple[int, str]]
REFUSALS = ("test_duplicate_order_is_refused", "test_cancelling_a_filled_order_is_refused")
REPEATS = ("test_write_is_never_repeated", "test_read_is_given_up")
EXAMPLES = Path(__file__).parents[2] / "docs/examples"
LIBRARIES = {"httpx", "requests", "aiohttp"}

#: What reads the body of an answer in each transport.
READ = {
    "over_httpx.py": "response.content",
    "over_requests.py": "response.content",
    "over_aiohttp.py": "await response.read()",
}


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """Return the folder of a copy of the demo."""
    ignore = shutil.ignore_patterns("__pycache__", ".pytest_cache")
    return Path(shutil.copytree(EXAMPLES, tmp_path / "demo", ignore=ignore))


# The other plugins of this environment take most of the time, and the demo needs none of them.
ENVIRONMENT = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
PLUGINS = ("errcodes", "anyio", "syrupy")


@pytest.fixture(scope="module")
def python() -> Iterator[PreparedPython]:
    """Return a Python that has imported what the demo's clients are made of."""
    python = PreparedPython(ENVIRONMENT, ("aiohttp", "httpx", "requests"))
    yield python
    python.close()


@pytest.fixture
def run_suite(demo: Path, python: PreparedPython) -> RunSuite:
    """Return what runs a file of the demo's suite, or tests of it: exit code, and report."""

    def run(file: str, *tests: str) -> tuple[int, str]:
        plugins = [word for name in PLUGINS for word in ("-p", name)]
        options = ("-q", "-rA", "-p", "no:cacheprovider", "--tb=no", *plugins)
        selection = ("-k", " or ".join(tests)) if tests else ()
        command = ("-m", "pytest", *options, f"tests/{file}", *selection)
        return python.run(command, demo, ENVIRONMENT, seconds=60, merged=True)[:2]

    return run


def replace(path: Path, old: str, new: str) -> None:
    """Replace text that stands in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def libraries_of(outcome: str, test: str, report: str) -> set[str]:
    """Return over which libraries a test ended so."""
    return set(
        re.findall(
            rf"^{outcome} \S+::{test}\[(?:\S+-)?(httpx|requests|aiohttp)", report, re.MULTILINE
        )
    )


def test_suite_runs_over_each_library(run_suite: RunSuite) -> None:
    """Here all three are installed, so that each test of the client passes over each."""
    code, report = run_suite("test_orders.py")
    assert code == 0, report
    for test in REFUSALS:
        assert libraries_of("PASSED", test, report) == LIBRARIES


def test_swallowed_code_is_noticed(demo: Path, run_suite: RunSuite) -> None:
    """A transport that makes a success of each answer fails over each library."""
    for name, read in READ.items():
        success = """b'{"code": 200000, "message": "Success", "data": {}}'"""
        replace(demo / "ltp_client" / name, f", {read})", f", {success})")
    code, report = run_suite("test_orders.py", *REFUSALS)
    assert code == 1, report
    for test in REFUSALS:
        assert libraries_of("FAILED", test, report) == LIBRARIES


def test_changed_code_is_noticed(demo: Path, run_suite: RunSuite) -> None:
    """A transport that hands on another code of the same section fails over each library."""
    for name, read in READ.items():
        other = f"({read}).replace(b'401009', b'401018').replace(b'401019', b'401018')"
        replace(demo / "ltp_client" / name, f", {read})", f", {other})")
    code, report = run_suite("test_orders.py", *REFUSALS)
    assert code == 1, report
    for test in REFUSALS:
        assert libraries_of("FAILED", test, report) == LIBRARIES


def test_repeated_write_is_noticed(demo: Path, run_suite: RunSuite) -> None:
    """A transport that sends a request twice fails over each library."""
    package = demo / "ltp_client"
    for name, line in (
        ("over_httpx.py", "response = self._http.request(**request)\n"),
        ("over_requests.py", "response = self._http.request(**request, timeout=5)\n"),
    ):
        replace(package / name, line, line + " " * 8 + line)
    sent = "async with self._http.request(**request) as response:\n"
    twice = f"async with self._http.request(**request):\n{' ' * 12}pass\n{' ' * 8}{sent}"
    replace(package / "over_aiohttp.py", sent, twice)
    code, report = run_suite("test_rate_limits.py", *REPEATS)
    assert code == 1, report
    for test in REPEATS:
        assert libraries_of("FAILED", test, report) == LIBRARIES
