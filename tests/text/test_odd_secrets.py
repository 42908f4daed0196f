"""Secrets of many more vendors and forms, each in all places; and what is none of them."""

from __future__ import annotations

import json

import pytest
from odd_secrets import NAMES, PLAIN, PLAIN_NAMES, TEXTS, P
from places_of_texts import PLACES, TEXT_PLACES, explain_all

from pytest_errcodes.text.json_values import json_value
from pytest_errcodes.text.secrets import is_secret, mask_data, mask_text

EVERYWHERE = TEXT_PLACES | PLACES | {"explanation": explain_all}


@pytest.mark.parametrize("place", EVERYWHERE)
def test_secret_in_a_text(place):
    """A secret that stands in a text is seen in no text of ours."""
    show = EVERYWHERE[place]
    assert [kind for kind, (text, secret) in TEXTS.items() if secret in show(text)] == []


@pytest.mark.parametrize("place", PLACES)
def test_secret_under_a_name(place):
    """A value whose name says that it is secret is seen in no text of ours."""
    show = PLACES[place]

    def is_seen(name):
        value = {name: P, "list": [{"name": name, "value": P}, [[name, P], ["side", "BUY"]]]}
        return P in show(value) or P in show(json.dumps({name: P}))

    assert [name for name in NAMES if is_seen(name)] == []


def test_name_of_no_secret():
    """What stands under any other name is compared, shown and stored as it is."""
    assert [name for name in PLAIN_NAMES if is_secret(name, 7)] == []
    for value in ({name: 7} for name in PLAIN_NAMES):
        assert mask_data(value) == json_value(value) == value
        assert mask_text(json.dumps(value)) == json.dumps(value)


def test_text_without_a_secret():
    """What is no secret stays as it is."""
    assert [mask_text(text) for text in PLAIN] == list(PLAIN)
