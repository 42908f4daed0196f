"""Each kind of secret, in each place where a text is made: nowhere is it seen."""

from __future__ import annotations

import json

import httpx
import pytest
import respx
from all_secrets import NAMES, PLAIN, STRUCTURES, TEXTS
from all_secrets import SECRET as S
from odd_secrets import PLAIN_NAMES
from places_of_texts import EVERYWHERE, PLACES, fail

from pytest_errcodes.assertions.asserts import assert_code
from pytest_errcodes.simulation.findings.finding_texts import finding_to_json, render_finding
from pytest_errcodes.simulation.findings.unmatched import make_finding
from pytest_errcodes.text.json_values import json_value
from pytest_errcodes.text.secret_shapes import find_shapes
from pytest_errcodes.text.secrets import is_secret, looks_secret, mask_text
from pytest_errcodes.text.value_copies import mask_data


@pytest.mark.parametrize("place", EVERYWHERE)
def test_secret_in_a_text(place):
    """A secret that stands in a text is seen in no text of ours, nor in an explanation of it."""
    show = EVERYWHERE[place]
    assert [kind for kind, (text, secret) in TEXTS.items() if secret in show(text)] == []


def test_shapes_of_short_and_long_texts():
    """Which patterns are tried is chosen otherwise in a short text, and finds the same."""
    before = "- " * 600
    texts = [*(text for text, _ in TEXTS.values()), *PLAIN]
    short = [text for text in texts if len(text) < len(before)]

    def find(text, start=0):
        return sorted((left - start, right - start) for left, right in find_shapes(text))

    assert [text for text in short if find(text) != find(before + text, len(before))] == []
    assert sum(bool(find(text)) for text in short) > 200


@pytest.mark.parametrize("place", PLACES)
def test_secret_under_a_name(place):
    """A value whose name says that it is secret is seen in no text of ours."""
    show = PLACES[place]

    def is_seen(name):
        value = {name: S, "list": [{"name": name, "value": S}, [[name, S], ["side", "BUY"]]]}
        texts = json.dumps({name: S})
        return any(S in show(one) for one in (value, texts, {"deep": [texts]}))

    assert [name for name in NAMES if is_seen(name)] == []


@pytest.mark.parametrize("place", PLACES)
def test_secret_in_a_structure(place):
    """Nor is one in the values that JSON stands for."""
    show = PLACES[place]
    assert [kind for kind, (value, secret) in STRUCTURES.items() if secret in show(value)] == []


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


def test_what_stands_under_any_other_name():
    """It is compared, shown and stored as it is."""
    assert [name for name in PLAIN_NAMES if is_secret(name, 7)] == []
    for value in ({name: 7} for name in PLAIN_NAMES):
        assert mask_data(value) == json_value(value) == value
        assert mask_text(json.dumps(value)) == json.dumps(value)


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
