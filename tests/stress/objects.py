"""Hostile objects: whatever reading one raises is ``NotAnEnvelopeError``, in every helper.

What is thrown: special methods that raise, lie or return anything, classes that say they are
others, objects that are gone or closed, subclasses of plain types, responses in odd states.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import enum
import json
import types
import weakref
from collections import ChainMap, OrderedDict, UserDict, UserString, defaultdict
from collections.abc import Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from unittest import mock

import httpx
import requests

from pytest_errcodes import Envelope, IsCode, NotAnEnvelopeError, raises_code
from pytest_errcodes.active.context import current
from pytest_errcodes.assertions.asserts import assert_code, assert_documented, assert_success
from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.judging.exception_codes import find_codeless, observe_exception
from pytest_errcodes.snapshot.extension import EnvelopeSnapshotExtension

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_ERRORS = (
    RuntimeError, AttributeError, KeyError, ValueError, TypeError, RecursionError, ReferenceError,
    AssertionError, StopIteration, StopAsyncIteration, OSError, MemoryError, UnicodeError,
    ZeroDivisionError, NotImplementedError, Exception, ExceptionGroup, SystemError,
)  # fmt: skip
_CODES = (
    401009, "401009", 200, 200000, 0, -1, True, None, 1.5, float("nan"), 10**5_000, "", "\ud800",
    b"401009", [], {}, 401_009.0, Decimal("sNaN"), HTTPStatus.OK, 2**63, "9" * 5_000, "٤٠١٠٠٩",
)  # fmt: skip
_STATUSES = (
    200, 400, 500, 0, -1, True, "200", None, float("nan"), 10**5_000, 10**4_300, HTTPStatus.OK,
    204, 99, 600, 1.0, [], b"200",
)  # fmt: skip
_NAMES = (
    "code", "message", "msg", "data", "errcode", "error_code", "errno", "envelope", "response",
    "body", "status_code", "status", "content", "headers", "args", "value", "exception", "text",
    "reading", "error", "detail", "raw", "json", "_body", "__notes__", "__cause__", "shape",
)  # fmt: skip
_SPECIAL = (
    "__getattr__", "__getattribute__", "__eq__", "__ne__", "__hash__", "__bool__", "__len__",
    "__iter__", "__contains__", "__getitem__", "__str__", "__repr__", "__format__", "__int__",
    "__index__", "__call__", "__dir__", "__reduce_ex__", "__instancecheck__", "__next__",
    "__sizeof__", "__fspath__", "__bytes__", "__lt__", "__await__", "__aiter__", "__get__",
)  # fmt: skip
_OF_MAPPINGS = (
    "get",
    "items",
    "keys",
    "values",
    "__contains__",
    "__iter__",
    "__len__",
    "__getitem__",
)
_OF_TEXTS = (
    "lstrip", "startswith", "lower", "decode", "encode", "partition", "isspace", "strip", "find",
    "removeprefix", "__getitem__", "__len__", "__eq__", "__hash__", "__str__", "__repr__", "count",
    "__contains__", "__iter__", "splitlines", "isprintable", "join", "replace", "__add__",
)  # fmt: skip
_OF_NUMBERS = (
    "__int__", "__index__", "__eq__", "__hash__", "__str__", "__repr__", "__abs__", "bit_length",
    "__lt__", "__gt__", "__le__", "__ge__", "__neg__", "__bool__", "__format__", "__float__",
)  # fmt: skip
_BODIES = (
    b"", b"{", b"null", b"[]", b'{"code": 401009, "message": "clientOrderId already exists"}',
    b'{"code": 1e999}', b'{"code": NaN}', b'{"code": ' + b"9" * 5_000 + b"}",
    b"[" * 100_000, b'{"a":' * 20_000, b'{"code": 1, "code": "2"}', b"\xff\xfe\x00",
    b'{"code": "\\ud800"}', b'{"c\\u0000de": 1}', '{"code": 1}'.encode("utf-16"), b"\x00" * 10,
    b'\xff{"code": 1}', b'{"code": 200, "data": ' + b"[" * 900 + b"]" * 900 + b"}", b"<html>",
)  # fmt: skip
_CHARSETS = (
    "", "utf-8", "latin-1", "nonsense", "base64", "rot13", "idna", "punycode", "undefined", "utf-7",
    "utf-16", "unicode_escape", "raw_unicode_escape", "hex", "zlib", "cp037", "x" * 5_000,
    "utf-8\0", "../../etc", "ü", "mbcs", "iso-2022-jp", "utf_8_sig", "\ud800", "charset",
)  # fmt: skip


class _Endless(Mapping[str, object]):
    """A mapping without an end."""

    def __getitem__(self, key: str) -> object:
        return self

    def __iter__(self) -> Any:
        while True:
            yield "errcode"

    def __len__(self) -> int:
        return 2**62

    def __eq__(self, other: object) -> bool:  # that of mappings has no end either
        return self is other

    __hash__ = None  # type: ignore[assignment]  # as of any mapping


class _ItselfForever:
    """Whatever is asked of it, it gives itself."""

    def __getattr__(self, name: str) -> object:
        return self

    def __call__(self, *_: object, **__: object) -> object:
        return self


class _NewForever:
    """Whatever is asked of it, it gives another of its kind."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return 200 if name in ("status_code", "status") else type(self)()


class _NewErrorForever(Exception):
    """The same, as an exception."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return 200 if name == "status_code" else _NewErrorForever()


def make_raising(random: Random) -> Callable[..., Any]:
    """Return a function that raises."""
    kind = random.choice(_ERRORS)

    def fail(*_: object, **__: object) -> Any:
        raise kind("no", [ValueError()]) if kind is ExceptionGroup else kind("no")

    return fail


def make_method(random: Random, depth: int) -> Callable[..., Any]:
    """Return a method that raises, or returns anything."""
    if random.random() < 0.6:
        return make_raising(random)
    value = make_object(random, depth - 1)
    return lambda *_, **__: value


def make_lying_class(random: Random) -> Any:
    """Return a value for ``__class__`` that is not the class of its object."""
    return random.choice(
        (dict, str, int, bytes, list, Exception, Envelope, httpx.Response, Mapping, type, 7, None)
    )


def make_kind(random: Random, base: type, depth: int, names: tuple[str, ...]) -> type:
    """Return a class derived from ``base`` with a few members that raise or lie."""
    members: dict[str, Any] = {}
    for name in random.sample(names, random.randint(1, 3)):
        members[name] = make_method(random, depth)
    for name in random.sample(_NAMES, random.randint(0, 4)):
        if random.random() < 0.5:
            members[name] = property(make_method(random, depth))
        else:
            members[name] = make_part(random, name, depth)
    if random.random() < 0.15:
        lie = make_lying_class(random)
        members["__class__"] = property(
            random.choice((make_raising(random), lambda _: lie)), lambda *_: None
        )
    if random.random() < 0.1:
        members["__dict__"] = property(make_method(random, depth))
    if random.random() < 0.1:
        members["__module__"] = random.choice((7, None, "httpx.x", "builtins", "_pytest.x"))
    meta = type(base)
    if random.random() < 0.1 and meta is type:
        members_of_meta = {
            name: property(make_method(random, 0))
            for name in random.sample(("__name__", "__qualname__", "__module__", "content"), 2)
        }
        with contextlib.suppress(TypeError):
            return type("Meta", (type,), members_of_meta)("Odd", (base,), members)
    return meta("Odd", (base,), members)


def make_part(random: Random, name: str, depth: int) -> Any:
    """Return a value for an attribute or a field."""
    if name in ("status_code", "status") and random.random() < 0.9:
        return random.choice(_STATUSES)
    if name in ("content", "body", "_body", "text") and random.random() < 0.7:
        return random.choice(_BODIES)
    if name in ("code", "errcode", "error_code") and random.random() < 0.7:
        return random.choice(_CODES)
    return make_object(random, depth - 1)


def make_fields(random: Random, depth: int) -> dict[Any, Any]:
    """Return the fields of an envelope, odd ones and more."""
    fields: dict[Any, Any] = {}
    if random.random() < 0.8:
        fields["code"] = make_part(random, "code", depth)
    for name in random.sample(_NAMES, random.randint(0, 4)):
        fields[name] = make_part(random, name, depth)
    if random.random() < 0.2:
        fields[random.choice((7, None, (), b"code", 1.5, "\ud800"))] = 1
    if random.random() < 0.5:
        fields["message"] = "clientOrderId already exists"
    return fields


def _make_with(random: Random, kind: type, *arguments: object) -> Any:
    try:
        return kind(*arguments)
    except Exception:  # its own members make it impossible
        return random.choice(_CODES)


def make_plain_object(random: Random, depth: int) -> Any:
    """Return an object of a class of its own."""
    obj = _make_with(random, make_kind(random, object, depth, _SPECIAL))
    with contextlib.suppress(Exception):
        obj.__dict__.update(make_fields(random, depth))
    return obj


def make_error(random: Random, depth: int) -> BaseException:
    """Return an exception whose members raise or lie."""
    base = random.choice((Exception, ValueError, OSError, KeyError, httpx.HTTPError, RuntimeError))
    try:
        kind = make_kind(random, base, depth, _SPECIAL) if random.random() < 0.7 else base
        error = kind(make_object(random, depth - 1), *[1] * random.randint(0, 2))
    except Exception:
        error = base(make_object(random, depth - 1))
    assert issubclass(type(error), BaseException)
    for name in random.sample(_NAMES, random.randint(0, 3)):
        with contextlib.suppress(Exception):
            value = make_part(
                random, name, depth
            )  # Python takes arguments apart, without an end too
            setattr(error, name, (value,) if name == "args" else value)
    if random.random() < 0.1 and depth:
        with contextlib.suppress(Exception):
            return ExceptionGroup("several", [error, make_error(random, depth - 1)])
    if random.random() < 0.05:
        with contextlib.suppress(Exception):
            return make_kind(random, ExceptionGroup, depth, ("exceptions", *_SPECIAL))(
                "odd", [ValueError(1)]
            )
    return error


def make_mapping(random: Random, depth: int) -> Any:
    """Return a mapping, most of which lie."""
    base = random.choice((dict, OrderedDict, UserDict, defaultdict, ChainMap))
    fields = make_fields(random, depth)
    kind = make_kind(random, base, depth, _OF_MAPPINGS) if random.random() < 0.7 else base
    return _make_with(random, kind, *((None, fields) if base is defaultdict else (fields,)))


def make_text(random: Random, depth: int) -> Any:
    """Return a text, or bytes, most of which lie."""
    base = random.choice((str, bytes, bytearray, UserString))
    body = random.choice(_BODIES)
    given: Any = body if base in (bytes, bytearray) else body.decode("latin-1")
    kind = make_kind(random, base, depth, _OF_TEXTS) if random.random() < 0.7 else base
    return _make_with(random, kind, given)


def make_number(random: Random, depth: int) -> Any:
    """Return an integer that lies."""
    number = random.choice((401009, 200, 10**5_000, -7))
    return _make_with(random, make_kind(random, int, depth, _OF_NUMBERS), number)


def make_response(random: Random, depth: int) -> Any:
    """Return a response of a library in an odd state, or what looks like one."""
    body, status = random.choice(_BODIES), random.choice((200, 204, 400, 599, 999))
    headers = {"content-type": f"application/json; charset={random.choice(_CHARSETS)}"}
    kind = random.randint(0, 4)
    try:
        if kind == 0:
            return httpx.Response(status, content=body, headers=headers)
        if kind == 1:
            stream = httpx.Response(status, stream=_Stream(body), headers=headers)
            if random.random() < 0.5:
                stream.close()
            return stream
    except Exception:
        return None
    if kind == 2:
        response = requests.Response()
        response.status_code = random.choice(_STATUSES)  # type: ignore[assignment]  # on purpose
        response._content = random.choice((body, False, None))
        response.headers.update({"Content-Type": headers["content-type"]})
        return response
    given = {
        "status_code": random.choice(_STATUSES),
        "content": make_part(random, "content", depth),
        "headers": random.choice((headers, None, 7, make_object(random, depth - 1))),
    }
    if kind == 3:
        given = {"status": given["status_code"], "_body": given["content"], "headers": headers}
    return types.SimpleNamespace(**given)


class _Stream(httpx.SyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Any:
        yield self._body


def make_envelope(random: Random, depth: int) -> Any:
    """Return an envelope that was built of wrong types."""
    shape = load_catalog("ltp").shape
    names = ("code", "message", "data", "shape", "http_status", "recorded", "evidence", "succeeded")
    given: dict[str, Any] = {
        "code": 401009, "message": "clientOrderId already exists", "data": None, "shape": shape
    }  # fmt: skip
    for name in random.sample((*names, "items"), random.randint(0, 3)):
        given[name] = make_part(random, name, depth)
    return Envelope(**given)


def make_mock(random: Random, _: int) -> Any:
    """Return a mock of something."""
    kind = random.choice((mock.Mock, mock.MagicMock, mock.AsyncMock, mock.NonCallableMock))
    spec = random.choice((None, dict, str, int, Exception, httpx.Response, Envelope, list, bytes))
    found = kind(spec=spec) if spec else kind()
    for name in random.sample(("code", "status_code", "content", "message"), random.randint(0, 2)):
        with contextlib.suppress(AttributeError):
            setattr(found, name, make_part(random, name, 0))
    return found


def make_gone(random: Random, _: int) -> Any:
    """Return what is gone, released, closed or never begun."""
    view = memoryview(b"{}")
    view.release()
    return random.choice(_list_gone(view))


def _list_gone(view: Any) -> list[Any]:
    holds_itself: dict[str, Any] = {"code": 401009}
    holds_itself["data"] = holds_itself["message"] = holds_itself
    itself: list[Any] = []
    itself.append(itself)
    odd = enum.Enum("odd", {"A": 401009, "B": (1, 2), "C": "401009"})
    return [
        weakref.proxy(_ItselfForever()), view, memoryview(b"{}")[::-1],
        memoryview(bytearray(8)).cast("d"), (one for one in ()), types.ModuleType("code"), asyncio,
        dict, Envelope, _Endless(), _ItselfForever(), _NewForever(), _NewErrorForever(),
        ctypes.c_int(401009), ctypes.create_string_buffer(8), object(), ..., NotImplemented, len,
        weakref.ref(_ItselfForever), iter([1]), range(3), slice(1), type, holds_itself, itself,
        *odd, odd, HTTPStatus.OK, {"code": odd.A}, json, types.SimpleNamespace(code=odd.B),
        {"code": 401009, "message": None, "data": itself}, {"error": holds_itself}, current,
    ]  # fmt: skip


_MAKERS = (
    make_plain_object, make_error, make_mapping, make_text, make_number, make_response,
    make_envelope, make_mock, make_gone,
)  # fmt: skip


def make_object(random: Random, depth: int = 2) -> Any:
    """Return an object that is not to be trusted."""
    if depth <= 0 or random.random() < 0.15:
        return random.choice(_CODES)
    try:
        return random.choice(_MAKERS)(random, depth)
    except Exception:  # its own members make it impossible
        return random.choice(_CODES)


# -- the plays ---------------------------------------------------------------------------------


def _check_text(error: BaseException) -> None:
    text = str(error)
    text.encode("utf-8")
    assert len(text) < 20_000, len(text)


def read_objects(random: Random) -> None:
    """Read an object; what comes of it can be shown and asked."""
    obj = make_object(random)
    found = read(obj, current().catalog)
    if isinstance(found, Refusal):
        assert found.reason
        _check_text(found.error())
    try:
        envelope = Envelope.of(obj)
    except NotAnEnvelopeError as error:
        _check_text(error)
        return
    # One that was built by hand keeps what it was built of, such as a member of an enum.
    is_plain = type(envelope.code) in (int, str, type(None))
    assert is_plain or envelope is obj or isinstance(envelope.code, int | str), type(envelope.code)
    assert envelope.message is None or type(envelope.message) is str or envelope is obj
    assert envelope.is_success in (True, False)
    repr(envelope).encode("utf-8")


def assert_objects(random: Random) -> None:
    """Assert an object in each way: it passes, or the assertion fails."""
    obj = make_object(random)
    for check in (
        lambda: assert_code(obj, 401009),
        lambda: assert_code(obj, 401112, data={"a": 1}),
        lambda: assert_success(obj, data=[1]),
        lambda: assert_documented(obj),
    ):
        try:
            check()
        except AssertionError as error:
            _check_text(error)
        except Exception as error:
            if getattr(error, "slug", "") != "swapped-arguments":
                raise
    matcher = IsCode(401009, data=None, extra=7)
    assert matcher.__eq__(obj) in (True, False)
    repr(IsCode(401009)).encode()
    matcher.why_not(obj)


def compare_objects(random: Random) -> None:
    """Compare an object by a matcher inside a structure."""
    obj = make_object(random)
    matcher = IsCode(401009, http_status=200)
    from pytest_errcodes.assertions.matcher import compare_structures
    from pytest_errcodes.judging.json_form import to_json
    from pytest_errcodes.judging.rendering import render

    for left, right in (
        (matcher, obj),
        ({"a": [matcher]}, {"a": [obj]}),
        ([obj, matcher], [obj, 1]),
    ):
        found = compare_structures("==", left, right)
        if found is not None:
            render(found).encode("utf-8")
            json.dumps(to_json(found))


def raise_errors(random: Random) -> None:
    """Let a block of ``raises_code`` see an exception: it is that one which leaves it."""
    error = make_error(random, 2)
    try:
        with raises_code(401009, early=True):
            raise error
    except AssertionError as failure:
        if failure is not error:
            _check_text(failure)
    except BaseException as left:
        if left is not error:
            raise


def observe_errors(random: Random) -> None:
    """Observe an exception that ends a test."""
    error = make_error(random, 2)
    for is_caught in (False, True):
        for one in observe_exception(error, __file__, None, is_caught=is_caught):
            one.place.encode("utf-8", "backslashreplace")
    for one in find_codeless(error, __file__, None):
        one.place.encode("utf-8", "backslashreplace")


def store_objects(random: Random) -> None:
    """Write a snapshot of an object."""
    obj = make_object(random)
    with contextlib.suppress(NotAnEnvelopeError):
        EnvelopeSnapshotExtension().serialize(obj).encode("utf-8")


def settle_objects(random: Random) -> None:
    """Read what holds an answer deep inside."""
    inner = make_object(random, 1)
    holder = types.SimpleNamespace(response=inner, body=inner, code=None)
    error = ValueError(inner)
    error.response = inner  # type: ignore[attr-defined]  # any exception takes it
    error.error = inner  # type: ignore[attr-defined]  # as above
    for obj in (holder, error, {"code": inner}, {"code": 401009, "message": inner}, [inner]):
        found = read(obj, current().catalog)
        if isinstance(found, Refusal):
            _check_text(found.error())


PLAYS = (
    read_objects,
    assert_objects,
    compare_objects,
    raise_errors,
    observe_errors,
    store_objects,
    settle_objects,
)
