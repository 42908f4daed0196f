"""Attributes of mocks: what was given to one is read; what it would make up is not asked for."""

from __future__ import annotations

from unittest import mock

import pytest

from pytest_errcodes import Envelope, NotAnEnvelopeError
from pytest_errcodes.envelope.broken_objects import is_mock


def _give_by_class(error):
    type(error).code = mock.PropertyMock(return_value=401009)


def _give_in_a_response(error):
    error.response.code = 401009


@pytest.mark.parametrize("kind", [mock.Mock, mock.MagicMock, mock.NonCallableMock, mock.AsyncMock])
@pytest.mark.parametrize(
    "give",
    [
        lambda error: setattr(error, "code", 401009),
        lambda error: error.configure_mock(**{"response.code": 401009}),
        lambda error: setattr(error, "response", {"code": 401009}),
        _give_by_class,
        _give_in_a_response,
    ],
)
def test_code_that_was_given(kind, give):
    """A code is found however it was given to a mock, or to a mock in it."""
    error = kind()
    give(error)
    assert Envelope.of(error).code == 401009


def test_mock_that_was_given_nothing():
    """A mock without a code is refused by what it is, and stays as it was."""
    answer = mock.Mock()
    before = dir(answer)
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(answer)
    assert caught.value.message.splitlines()[0] == (
        "not an envelope: the mock unittest.Mock was given no attribute 'code'"
    )
    assert dir(answer) == before


def test_mock_whose_class_answers():
    """A class of mocks that has an answer of its own to each name is asked."""

    class Answering(mock.Mock):
        def __getattr__(self, name):
            return 401009 if name == "code" else super().__getattr__(name)

    assert Envelope.of(Answering()).code == 401009


def test_mocks_that_do_not_tell(monkeypatch):
    """Where ``dir`` does not tell what was given to mocks, each attribute is asked for."""
    monkeypatch.setattr(mock, "FILTER_DIR", False)
    error = mock.Mock()
    error.code = 401009
    assert not is_mock(error)
    assert Envelope.of(error).code == 401009
