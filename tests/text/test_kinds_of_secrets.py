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


@pytest.mark.parametrize("place", [*TEXT_PLACES, *PLACES])
@pytest.mark.parametrize("kind", TEXTS)
def test_secret_in_a_text(kind, place):
    """A secret that stands in a text is seen in no text of ours."""
    text, secret = TEXTS[kind]
    assert secret not in (TEXT_PLACES | PLACES)[place](text)


@pytest.mark.parametrize("kind", TEXTS)
def test_secret_in_an_explanation(kind):
    """Nor in what ``explain`` says of a message."""
    text, secret = TEXTS[kind]
    assert secret not in explain_all(text)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", NAMES)
def test_secret_under_a_name(name, place):
    """A value whose name says that it is secret is seen in no text of ours."""
    value = {name: S, "list": [{"name": name, "value": S}, [[name, S], ["side", "BUY"]]]}
    assert S not in PLACES[place](value)
    assert S not in PLACES[place]({"deep": [json.dumps({name: S})]})


@pytest.mark.parametrize("place", ["value", "value in data", "snapshot", "repr"])
def test_secret_under_bytes(place):
    """Names may be bytes, and pairs tuples."""
    assert S not in PLACES[place]({b"x-api-key": S.encode(), "headers": [(b"token", S.encode())]})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "form", ["{}: {}", "{}={}", "?a=1&{}={}", '{{"{}": "{}"}}', "{{'{}': b'{}'}}", "--{}={}"]
)
def test_secret_name_in_a_text(name, form):
    """A name says it in whatever form the text has."""
    assert S not in mask_text(form.format(name, S))


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_secret(text):
    """What is no secret stays as it is."""
    assert mask_text(text) == text


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
