"""The demo's suite runs over each library, and notices over each what a client does wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


def run_suite(demo: Path, *files: str) -> tuple[int, str]:
    """Run some files of the demo's suite; return the exit code and the lines of the report."""
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "--tb=no"]
    # The other plugins of this environment take most of the time, and the demo needs none of them.
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command += [
        "-p",
        "errcodes",
        "-p",
        "anyio",
        "-p",
        "syrupy",
        *(f"tests/{name}" for name in files),
    ]
    ended = subprocess.run(
        command, cwd=demo, env=environment, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout


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


def test_suite_runs_over_each_library(demo: Path) -> None:
    """Here all three are installed, so that each test of the client passes over each."""
    code, report = run_suite(demo, "test_orders.py")
    assert code == 0, report
    assert libraries_of("PASSED", "test_duplicate_order_is_refused", report) == LIBRARIES
    assert libraries_of("PASSED", "test_cancelling_a_filled_order_is_refused", report) == LIBRARIES


def test_swallowed_code_is_noticed(demo: Path) -> None:
    """A transport that makes a success of each answer fails over each library."""
    for name, read in READ.items():
        success = """b'{"code": 200000, "message": "Success", "data": {}}'"""
        replace(demo / "ltp_client" / name, f", {read})", f", {success})")
    code, report = run_suite(demo, "test_orders.py")
    assert code == 1, report
    for test in ("test_duplicate_order_is_refused", "test_cancelling_a_filled_order_is_refused"):
        assert libraries_of("FAILED", test, report) == LIBRARIES


def test_changed_code_is_noticed(demo: Path) -> None:
    """A transport that hands on another code of the same section fails over each library."""
    for name, read in READ.items():
        other = f"({read}).replace(b'401009', b'401018').replace(b'401019', b'401018')"
        replace(demo / "ltp_client" / name, f", {read})", f", {other})")
    code, report = run_suite(demo, "test_orders.py")
    assert code == 1, report
    for test in ("test_duplicate_order_is_refused", "test_cancelling_a_filled_order_is_refused"):
        assert libraries_of("FAILED", test, report) == LIBRARIES


def test_repeated_write_is_noticed(demo: Path) -> None:
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
    code, report = run_suite(demo, "test_rate_limits.py")
    assert code == 1, report
    assert libraries_of("FAILED", "test_write_is_never_repeated", report) == LIBRARIES
    assert libraries_of("FAILED", "test_read_is_given_up", report) == LIBRARIES
