"""A message that is long is found as a short one is, without looking at each of its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.catalog import load_catalog, message_index

_CATALOG = load_catalog("ltp")
_MESSAGES = [code.templates[0].render(*code.templates[0].sample) for code in _CATALOG.values()]


def test_long_and_short_way(monkeypatch):
    """Both ways find the same codes for each documented message."""
    short = {message: _CATALOG.match_message(message) for message in _MESSAGES}
    monkeypatch.setattr(message_index, "_LONG", 0)
    assert all(short.values())
    assert {message: _CATALOG.match_message(message) for message in _MESSAGES} == short


@given(st.sampled_from(_MESSAGES), st.text(max_size=8), st.text(max_size=8))
def test_long_and_short_way_of_others(message, before, after):
    """Both ways find the same where more stands around a message, and where a part is missing."""
    for text in (before + message, message + after, message[3:], message.replace("a", before)):
        short = _CATALOG.match_message(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(message_index, "_LONG", -1)
            assert _CATALOG.match_message(text) == short


def test_long_parameter():
    """A parameter may have any length."""
    message = _CATALOG[401112].templates[0].render("7" * 1_000_000)
    found = _CATALOG.match_message(message)
    assert [code.code for code, _ in found] == [401112]
    assert found[0][1] == ("7" * 1_000_000,)
