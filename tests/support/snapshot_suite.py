"""A small suite that takes snapshots, for the tests of ``envelope_snapshot``."""

from __future__ import annotations

import os
import re
import sys
from textwrap import dedent

import pytest
import syrupy
from project import PYTHON, SECONDS

MODULE = """
import pytest
from pytest_errcodes.snapshot.extension import unmasked

DUPLICATE = {"code": 401009, "message": "clientOrderId already exists", "data": None}
PLACED = {"code": 200000, "message": "Success", "data": {"orderId": "9", "side": "BUY"}}


class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message

"""
ONE = """
    def test_duplicate(envelope_snapshot):
        assert ApiError(401009, "clientOrderId already exists") == envelope_snapshot
"""
TWO = """
    def test_duplicate(envelope_snapshot):
        assert DUPLICATE == envelope_snapshot

    def test_placed(envelope_snapshot):
        assert PLACED == envelope_snapshot
"""
# What a snapshot of envelopes meets; each process of a run would load all that is installed. By the
# names they are installed under: syrupy asks for xdist by its own.
PLUGINS = ("errcodes", "syrupy", "xdist")
DUPLICATE_BLOCK = """\
envelope (format 1)
  code: 401009
  section: Trading (trading, 4010xx)
  template: 'clientOrderId already exists'
  data: None"""


class Suite:
    """A small test suite that takes snapshots.

    Attributes:
        pytester: Runs it.
    """

    def __init__(self, pytester, monkeypatch):
        # Syrupy keeps the session of the run that started last, and the run that this test
        # belongs to is to find its own again; under xdist, this one is a worker and that is none.
        monkeypatch.setattr(syrupy, "_syrupy", None)
        for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        # A module that is rewritten within a second, with as many letters, would not be compiled.
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        self.pytester = pytester
        # Syrupy caches what it read by the id of the session, which must not be given twice.
        self.sessions = []
        self.started = 0

    def write(self, body, module="test_orders"):
        """Write a module whose tests may use what ``MODULE`` defines."""
        self.pytester.makepyfile(**{module: MODULE + dedent(body)})

    def run(self, *arguments):
        """Run the suite; return the exit code and the lines of syrupy's report."""
        words = [*(word for name in PLUGINS for word in ("-p", name)), *arguments]
        if "-n" in arguments:  # in a process whose workers are forks
            self.result = self.start(words)
        else:
            self.result = self.pytester.runpytest(*words)
            self.sessions.append(syrupy._syrupy)
        report = re.compile(r"-+ snapshot report summary -+\n(.*?)\n=", re.DOTALL)
        found = report.search(str(self.result.stdout))
        return int(self.result.ret), found[1].split("\n") if found else []

    def start(self, words):
        """Run the suite in a process of its own."""
        self.started += 1
        path = self.pytester.path
        words = ("-m", "pytest", f"--basetemp={path / f'started-{self.started}'}", *words)
        code, out, err = PYTHON.run(words, path, dict(os.environ), seconds=SECONDS)
        return pytest.RunResult(code, out.splitlines(), err.splitlines(), duration=0)

    @property
    def failure(self):
        """The lines that explain the failures."""
        lines = [line[1:].strip() for line in self.result.outlines if line.startswith("E ")]
        return [line.removeprefix("AssertionError: ") for line in lines]

    def stored(self, module="test_orders"):
        """Return the snapshots of a module, by name, without their indentation."""
        path = self.pytester.path / "__snapshots__" / f"{module}.ambr"
        if not path.exists():
            return {}
        version_line, _, rest = path.read_text("utf-8").partition("\n")
        assert version_line == "# serializer version: 1"
        entries = re.findall(r"# name: ([^\n]*)\n(.*?)\n# ---\n", rest, re.DOTALL)
        return {name: dedent(text) for name, text in entries}
