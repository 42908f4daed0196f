"""Each kind of secret, in each place where a text is made: nowhere is it seen."""

from __future__ import annotations

import json

import httpx
import pytest
import respx
from kinds_of_secrets import NAMES, PLAIN, TEXTS, S
from places_of_texts import PLACES, TEXT_PLACES, explain_all, fail

from pytest_errcodes.assertions.asserts import assert_code
from pytest_errcodes.simulation.findings.finding_texts import finding_to_json, render_finding
from pytest_errcodes.simulation.findings.unmatched import make_finding
from pytest_errcodes.text.secrets import looks_secret, mask_text

EVERYWHERE = TEXT_PLACES | PLACES | {"explanation": explain_all}


@pytest.mark.parametrize("place", EVERYWHERE)
def test_secret_in_a_text(place):
    """A secret that stands in a text is seen in no text of ours, nor in an explanation of it."""
    show = EVERYWHERE[place]
    assert [kind for kind, (text, secret) in TEXTS.items() if secret in show(text)] == []


@pytest.mark.parametrize("place", PLACES)
def test_secret_under_a_name(place):
    """A value whose name says that it is secret is seen in no text of ours."""
    show = PLACES[place]

    def is_seen(name):
        value = {name: S, "list": [{"name": name, "value": S}, [[name, S], ["side", "BUY"]]]}
        return S in show(value) or S in show({"deep": [json.dumps({name: S})]})

    assert [name for name in NAMES if is_seen(name)] == []


@pytest.mark.parametrize("place", ["value", "value in data", "snapshot", "repr"])
def test_secret_under_bytes(place):
    """Names may be bytes, and pairs tuples."""
    assert S not in PLACES[place]({b"x-api-key": S.encode(), "headers": [(b"token", S.encode())]})


@pytest.mark.parametrize(
    "form", ["{}: {}", "{}={}", "?a=1&{}={}", '{{"{}": "{}"}}', "{{'{}': b'{}'}}", "--{}={}"]
)
def test_secret_name_in_a_text(form):
    """A name says it in whatever form the text has."""
    assert [name for name in NAMES if S in mask_text(form.format(name, S))] == []


def test_what_is_no_secret():
    """What is no secret stays as it is."""
    assert [mask_text(text) for text in PLAIN] == list(PLAIN)


@pytest.mark.parametrize(
    "name",
    [
        "token_count", "tokenCount", "pinned", "passed", "authorName", "author", "keyboard",
        "sidebar", "seeded", "design", "assign", "key", "compass", "bypassed", "spin", "signal",
        "cookiePolicy", "passwordRequired", "side", "clientOrderId", "orderKeyType", "secretary",
    ],
)  # fmt: skip
def test_names_of_no_secret(name):
    """A name that only has the letters of one is none."""
    assert not looks_secret(name)


def test_where_a_secret_alone_differs():
    """What differs in nothing but a secret is said to."""
    text = fail(
        assert_code, {"code": 401009, "message": "no token=abc"}, 401009, message="no token=abd"
    )
    assert "they differ in a secret, which is not shown" in text


@pytest.mark.parametrize(
    "asked",
    [
        {"headers": {"KEY": S}},
        {"url__regex": rf"https://api\.test/order\?apiKey={S}"},
        {"url": f"https://api.test/order?apiKey={S}"},
        {"path": "/a", "params": {"totp": S}},
        {"data": {"tradepwd": S}},
        {"cookies": {"theme": S}},
        {"content": f"password={S}"},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_secret_in_a_route(asked):
    """What a route asks for is described without its secrets, and so is what came instead."""
    router = respx.MockRouter()
    request = httpx.Request("POST", "https://api.test/a", headers={"KEY": f"{S}2"}, content=b"")
    finding = make_finding(request, [router.route(**asked)])

    assert S not in render_finding(finding) + json.dumps(finding_to_json(finding))
