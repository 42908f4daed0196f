"""What may have sent requests that nothing saw is named."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pytest_errcodes.simulation.adapters.unwatched import UnwatchedRequests


@pytest.fixture
def no_library(monkeypatch):
    """Take away what the process may have loaded."""
    for name in ("pycurl", "grpc", "curl_cffi", "niquests", "tornado.simple_httpclient", "treq"):
        monkeypatch.delitem(sys.modules, name, raising=False)


@pytest.mark.usefixtures("no_library")
def test_nothing():
    """Where nothing else was used, there is nothing to name."""
    assert UnwatchedRequests().find_senders() == ""


@pytest.mark.usefixtures("no_library")
def test_libraries(monkeypatch):
    """A library that connects by itself is named once it is loaded."""
    unwatched = UnwatchedRequests()
    for name in ("pycurl", "tornado.simple_httpclient"):
        monkeypatch.setitem(sys.modules, name, None)
    assert unwatched.find_senders() == "pycurl and tornado"


@pytest.mark.usefixtures("no_library")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count programs")
def test_another_program():
    """A program counts that was run since, not one from before."""
    subprocess.run([sys.executable, "-c", ""], check=True)
    unwatched = UnwatchedRequests()
    assert unwatched.find_senders() == ""
    subprocess.run([sys.executable, "-c", ""], check=True)
    assert unwatched.find_senders() == "another program"
