"""Objects whose own methods raise or lie: no envelope, in words."""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Mapping
from unittest import mock

import pytest

from pytest_errcodes import Envelope, IsCode, NotAnEnvelopeError, raises_code
from pytest_errcodes.active.context import current
from pytest_errcodes.assertions.asserts import assert_code
from pytest_errcodes.judging.exception_codes import find_codeless


class _Gone:
    pass


class _Liar(dict):
    def get(self, *_):
        raise RuntimeError("no")


class _Masked:
    @property
    def __class__(self):
        raise RuntimeError("no")


class _Forever:
    def __getattr__(self, name):
        return self


def _release():
    view = memoryview(b"{}")
    view.release()
    return view


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: _Liar(code=1), "reading {package}._Liar raised RuntimeError: no"),
        (_Masked, "reading {package}._Masked raised RuntimeError: no"),
        (
            lambda: weakref.proxy(_Gone()),
            (
                "reading weakref.ProxyType raised ReferenceError: weakly-referenced object no "
                "longer exists"
            ),
        ),
        (
            _release,
            (
                "reading memoryview raised ValueError: operation forbidden on released "
                "memoryview object"
            ),
        ),
    ],
    ids=["lying-dict", "class-that-raises", "dead-proxy", "released-view"],
)
def test_object_that_raises(make, reason):
    """What an object raises while it is read is told as the reason why it is no envelope."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(make())
    assert (
        caught.value.message.splitlines()[0]
        == f"not an envelope: {reason.format(package=__name__.partition('.')[0])}"
    )


@pytest.mark.parametrize("make", [lambda: mock.Mock(spec=dict), mock.MagicMock, _Forever])
def test_object_that_gives_anything(make):
    """An object that has whatever it is asked for is no envelope."""
    with pytest.raises(NotAnEnvelopeError):
        Envelope.of(make())
    assert IsCode(401009).why_not(make()) is not None


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_what_ends_a_run_goes_through(error):
    """Ctrl-C and the like, raised while an object is read, are no refusal."""

    class Answer:
        @property
        def code(self):
            raise error

    with pytest.raises(error):
        Envelope.of(Answer())


def test_skip_goes_through():
    """A test that is skipped while an object is read is skipped."""

    class Answer:
        @property
        def code(self):
            pytest.skip("not here")

    with pytest.raises(pytest.skip.Exception):
        Envelope.of(Answer())


def test_envelope_of_wrong_types():
    """An envelope that was built of wrong types is none; the text names the part."""
    shape = current().catalog.shape
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(Envelope([], None, None, shape))
    assert caught.value.message.splitlines()[0] == (
        "not an envelope: its .code is a list, not an integer or a string: "
        "pytest_errcodes.Envelope was built so"
    )


def test_http_status_of_thousands_of_digits():
    """A huge HTTP status is measured, and not written."""
    envelope = Envelope(401009, None, None, current().catalog.shape, 10**5_000)
    assert repr(envelope) == "Envelope(401009, http_status=an integer of 5,001 digits)"


def test_exception_that_cannot_be_read_stays(project):
    """Under a marker, an exception whose members raise fails its test by itself."""
    project.tests("""
        class BrokenError(Exception):
            args = property(lambda self: 1 / 0)
            code = property(lambda self: 1 / 0)
            response = property(lambda self: 1 / 0)
            __str__ = lambda self: 7

        @pytest.mark.expects_code(401009)
        def test_order():
            raise BrokenError
    """)
    outcome = project.run()
    assert outcome.outcomes == {"failed": 1}
    assert "BrokenError" in outcome.failure("test_order")
    assert "INTERNALERROR" not in outcome.text


class _Meta(type):
    def __getattribute__(cls, name):
        if name in ("__mro__", "__module__", "__qualname__"):
            raise AttributeError(name)
        return super().__getattribute__(name)


@pytest.mark.parametrize("base", [str, bytes, dict, int, object, ValueError])
def test_class_whose_metaclass_raises(base):
    """A class that tells nothing of itself is read as its base, or refused in words."""
    obj = _Meta("Odd", (base,), {})()
    with pytest.raises(NotAnEnvelopeError):
        Envelope.of(obj)
    with pytest.raises(AssertionError):
        assert_code(obj, 401009)
    if base is ValueError:
        assert find_codeless(obj, "test.py", None)[0].is_foreign is False


def test_mapping_without_an_end():
    """Of an answer that has no end, members and theirs alike, a few are looked at for advice."""
    asked = []

    class Endless(Mapping):
        def __getitem__(self, key):
            asked.append(key)
            return self

        def __iter__(self):
            return (f"errcode{number}" for number in itertools.count())

        def __len__(self):
            return 2**62

    with pytest.raises(NotAnEnvelopeError):
        Envelope.of({"headers": Endless()})
    assert len(asked) < 10_000


class _Unhashable(type):  # noqa: PLW1641  # its classes are to have no hash
    def __eq__(cls, other):
        return False


class _UnreadableMeta(type):
    def __eq__(cls, other):
        raise ValueError

    __hash__ = __eq__


@pytest.mark.parametrize("meta", [_Unhashable, _UnreadableMeta])
def test_class_without_a_hash(meta):
    """An exception and an object of a class that has no hash are read as any other."""
    error = meta("OrderError", (Exception,), {})("401009 clientOrderId already exists")
    assert Envelope.of(error).code == 401009
    assert Envelope.of(meta("Order", (), {"code": 401009, "message": None})()).code == 401009
    assert Envelope.of(meta("Fields", (dict,), {})(code=401009)).code == 401009
    with raises_code(401009, exception=type(error)):
        raise error


def test_data_whose_class_raises():
    """Data that do not even tell of what class they are are data all the same."""
    body = {"code": 401009, "message": "clientOrderId already exists", "data": _Masked()}
    assert assert_code(body, 401009).data is body["data"]


class Unending(Mapping):
    """As a ``__dict__`` that a class makes up, without an end."""

    def __iter__(self):
        return itertools.count()

    def __len__(self):
        return 1

    def __getitem__(self, key):
        raise KeyError(key)


def test_attributes_without_an_end():
    """A ``__dict__`` of a class's own is not gone through: it may have no end."""

    class Odd(Exception):
        __dict__ = Unending()

    class Plain:
        __dict__ = Unending()

    with pytest.raises(NotAnEnvelopeError):
        Envelope.of(Odd("no"))
    with pytest.raises(NotAnEnvelopeError):
        Envelope.of(Plain())
