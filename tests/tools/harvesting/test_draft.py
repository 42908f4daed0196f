"""What answers and exceptions come to: the whole text of drafts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.tools import lint
from pytest_errcodes.tools.harvesting.body_reduction import reduce_body
from pytest_errcodes.tools.harvesting.draft import Draft, make_draft
from pytest_errcodes.tools.harvesting.harvest_facts import (
    RaisedFacts,
    SeenByTest,
    read_facts,
    write_facts,
)

SENT = ("POST", "https://api.test/v1/order")


def answer(body: object, http_status: int = 200, url: str = SENT[1]) -> Any:
    """Return the facts of one answer."""
    return reduce_body(("POST", url), http_status, "httpx", json.dumps(body).encode())


def raised(name: str, text: str = "", **attributes: object) -> RaisedFacts:
    """Return the facts of one exception."""
    return RaisedFacts(name, attributes, text, {})


def draft(*tests: list[Any], documented: Any = None) -> Draft:
    """Return the draft of what tests have seen, proved to load as itself and to lint."""
    seen = [SeenByTest(f"test_{number}", tuple(one)) for number, one in enumerate(tests)]
    seen = list(read_facts(write_facts(one) for one in seen))
    found = make_draft(seen, "draft", documented)
    assert found is not None
    assert parse_catalog(found.text) == found.catalog
    assert [one for one in lint(found.catalog) if one.severity == "error"] == []
    return found


def test_flat_integers() -> None:
    """Codes in a flat envelope, with a success, two variants, a class and a payload."""
    found = draft(
        [answer({"code": 0, "msg": "OK", "data": {"id": 1}})],
        [answer({"code": 51001, "msg": "No symbol A1", "data": None}), raised("c.Err", code=51001)],
        [answer({"code": 51001, "msg": "No symbol B2", "data": None}), raised("c.Err", code=51001)],
        [answer({"code": 51008, "msg": "Balance 5 is too low"}), raised("c.Low")],
    )
    assert (
        found.text
        == """\
# Harvested from what 4 tests saw.
# Look at each comment, and take it out when it is settled.
name = "draft"

[envelope]
code = "code"
message = "msg"
data = "data"
code_type = "integer"
success = [0]
success_message = "OK"

[sections.codes-510]
title = "510xx"
label = "510xx"

[sections.codes-510.codes]
51001 = { message = "No symbol %s", exception = "c.Err" }
51008 = { message = "Balance 5 is too low", exception = "c.Low" }  # seen once; 5 may be a value; \
the class says no code: nothing else was answered in its test
"""
    )


@pytest.fixture(scope="module")
def ltp() -> Any:
    """The embedded catalog."""
    return load_catalog("ltp")


def test_every_code_of_ltp_comes_back(ltp: Any) -> None:
    """A suite that simulates each code with two sets of parameters yields codes and templates."""
    tests = []
    for code in ltp.values():
        for letter in "ab":
            values = [f"{letter}{place}" for place in range(len(code.template.placeholders))]
            message = code.template.render(*values)
            tests.append([answer({"code": code.code, "message": message, "data": None})])
    tests.append([answer({"code": 200000, "message": "Success", "data": {}})])
    found = draft(*tests)
    assert {code: one.message for code, one in found.catalog.items()} == {
        code: one.message for code, one in ltp.items()
    }
    assert found.catalog.shape.success == (200000,)
    assert sorted(found.catalog) == list(found.catalog)
