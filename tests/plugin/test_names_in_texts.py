"""Names from outside in texts, where they are carried from process to process and printed."""

from __future__ import annotations

import re

import pytest

HOSTILE = r"""
from pytest_errcodes import assert_code, assert_success


def test_fields():
    assert_success('{"error_code\ud800": 1}')


def test_data():
    data = {"\x1b[31m\n1 passed\u202e\ud800": 1}
    envelope = {"code": 401009, "message": "clientOrderId already exists", "data": data}
    assert_code(envelope, 401009, data={})


def test_class():
    kind = type("Error\u2028\ud800", (Exception,), {"response": 7})
    assert_code(kind("x"), 401009)


def test_request(errcodes):
    import httpx

    errcodes.post("/order", headers={"a\u202e": "b"}).reply(401009)
    httpx.post("https://api.test/a%0a\u202e", headers={"x": "y"})
"""


@pytest.mark.parametrize(
    "options", [["-n", "2"], ["--junitxml=report.xml"], ["--tb=line"]], ids=" ".join
)
def test_hostile_names(project, options):
    """No name ends the run, forges a line, or leaves as what UTF-8 cannot hold."""
    project.file("test_names.py", HOSTILE)
    outcome = project.start("-rN", "--tb=short", *options, plugins=("xdist",))

    assert outcome.outcomes == {"failed": 4}
    shown = outcome.text + outcome.stderr
    assert "INTERNALERROR" not in shown
    assert [letter for letter in shown if letter in "\x1b\r\u202e\u2028\ud800\ufffd"] == []
    assert not re.search("^1 passed", shown, re.MULTILINE)
