"""Secrets of many more vendors and forms, each in all places; and what is none of them."""

from __future__ import annotations

import json

import pytest
from odd_secrets import NAMES, PLAIN, PLAIN_NAMES, TEXTS, P
from places_of_texts import PLACES, TEXT_PLACES, explain_all

from pytest_errcodes.text.json_values import json_value
from pytest_errcodes.text.secrets import is_secret, mask_data, mask_text


@pytest.mark.parametrize("kind", TEXTS)
def test_secret_in_a_text(kind):
    """A secret that stands in a text is seen in no text of ours."""
    text, secret = TEXTS[kind]
    for name, place in (TEXT_PLACES | PLACES | {"explanation": explain_all}).items():
        assert secret not in place(text), name


@pytest.mark.parametrize("name", NAMES)
def test_secret_under_a_name(name):
    """A value whose name says that it is secret is seen in no text of ours."""
    value = {name: P, "list": [{"name": name, "value": P}, [[name, P], ["side", "BUY"]]]}
    for place, show in PLACES.items():
        assert P not in show(value), place
        assert P not in show(json.dumps({name: P})), place


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_name_of_no_secret(name):
    """What stands under any other name is compared, shown and stored as it is."""
    value = {name: 7}
    assert not is_secret(name, 7)
    assert mask_data(value) == json_value(value) == value
    assert mask_text(json.dumps({name: 7})) == json.dumps({name: 7})


@pytest.mark.parametrize("text", PLAIN)
def test_text_without_a_secret(text):
    """What is no secret stays as it is."""
    assert mask_text(text) == text
