"""Secrets of services, frameworks and files, each in all places; and what is none of them."""

from __future__ import annotations

import pytest
from places_of_texts import PLACES, TEXT_PLACES, explain_all
from secrets_of_services import PLAIN, STRUCTURES, TEXTS

from pytest_errcodes.text.secrets import mask_text


@pytest.mark.parametrize("kind", TEXTS)
def test_secret_in_a_text(kind):
    """A secret that stands in a text is seen in no text of ours."""
    text, secret = TEXTS[kind]
    for name, place in (TEXT_PLACES | PLACES | {"explanation": explain_all}).items():
        assert secret not in place(text), name


@pytest.mark.parametrize("kind", STRUCTURES)
def test_secret_in_a_structure(kind):
    """The same holds for the values that JSON stands for."""
    value, secret = STRUCTURES[kind]
    for name, place in PLACES.items():
        assert secret not in place(value), name


@pytest.mark.parametrize("text", PLAIN)
def test_text_without_a_secret(text):
    """What is no secret stays as it is."""
    assert mask_text(text) == text
