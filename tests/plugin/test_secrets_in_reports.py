"""No secret of any kind reaches what a run writes: its report, JUnit's XML, a harvest."""

from __future__ import annotations

import json

import all_secrets

#: Shows what is the secret of others: the checksum of a key.
_SHARED = "PuTTY"
TEXTS = {kind: row for kind, row in all_secrets.TEXTS.items() if kind != _SHARED}
CLIENT = """
import json
import pathlib
import httpx
import pytest
from pytest_errcodes import assert_code, raises_code

KINDS = json.loads(pathlib.Path("kinds.json").read_text("utf-8"))
each = pytest.mark.parametrize("number", range(len(KINDS)))

class OrderError(Exception):
    def __init__(self, code, message):
        super().__init__(code, message)
        self.code, self.message = code, message

def place_order(client, number):
    found = client.post("https://api.test/order", params={"number": number}).json()
    raise OrderError(found["code"], found["message"])
"""


def write_kinds(project) -> list[tuple[str, str]]:
    """Write the texts where the project's tests find them, and in no line that pytest shows."""
    kinds = [(kind, secret) for kind, (_, secret) in TEXTS.items()]
    texts = [text for text, _ in TEXTS.values()]
    project.file("kinds.json", json.dumps(texts))
    return kinds


def find_seen(kinds: list[tuple[str, str]], written: str) -> list[str]:
    """Return the kinds of which the secret is seen."""
    return [kind for kind, secret in kinds if secret in written]


def test_reports(project):
    """Texts of failures, and what stands beside a test's own, on the terminal and in XML."""
    kinds = write_kinds(project)
    project.tests(f"""{CLIENT}
@each
def test_request(errcodes, number):
    errcodes.get("/order").optional().reply(200)
    try:
        httpx.post(f"https://api.test/order/{{number}}", json={{"a": KINDS[number]}})
    except httpx.TransportError:
        pass
    body = {{"code": 401009, "message": KINDS[number], "data": [KINDS[number]]}}
    assert_code(body, 401009, data=["b"])

@each
@pytest.mark.expects_code(401009)
def test_expectation(errcodes, number):
    errcodes.post("/order").reply(401009, message=KINDS[number], http_status=400)
    with pytest.raises(OrderError):
        with httpx.Client() as client:
            place_order(client, number)
""")
    outcome = project.run("--junitxml=report.xml", "--tb=short", "-p", "no:warnings")
    written = (project.path / "report.xml").read_text("utf-8")
    assert written.count("<failure") == 2 * len(TEXTS)
    assert find_seen(kinds, written) == []
    assert find_seen(kinds, outcome.text) == []


def test_harvest(project):
    """What a harvest writes: the draft, its comments, and what it notes until then."""
    kinds = write_kinds(project)
    project.tests(f"""{CLIENT}
@each
def test_order(number):
    body = {{"code": 700000 + number, "message": KINDS[number], "data": {{"a": KINDS[number]}}}}
    transport = httpx.MockTransport(lambda _: httpx.Response(400, json=body))
    with httpx.Client(transport=transport) as client, pytest.raises(OrderError):
        place_order(client, number)
""")
    project.run("--errcodes-harvest=draft.toml")
    written = (project.path / "draft.toml").read_text("utf-8")
    assert written.count("\n7") == len(TEXTS)
    assert find_seen(kinds, written) == []
