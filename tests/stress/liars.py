"""Objects of real libraries, and of classes whose special methods raise or lie, in one go each.

One object is made, and passes by all that reads it: quick enough for a million.
"""

from __future__ import annotations

import array
import collections
import contextlib
import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import functools
import json
import pathlib
import re
import threading
import types
import uuid
import weakref
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import attrs
import httpx
import pydantic

from pytest_errcodes import Envelope, IsCode, NotAnEnvelopeError, raises_code
from pytest_errcodes.assertions.asserts import assert_code, assert_documented, assert_success
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.exception_codes import find_codeless, observe_exception
from pytest_errcodes.text.json_values import json_value
from pytest_errcodes.text.value_copies import mask_data
from pytest_errcodes.text.wording import show_argument, show_name, show_value

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


class LeavingError(BaseException):
    """What is no ``Exception``, as a cancelled task raises it: it ends what runs."""


class _Textless(Exception):
    def __str__(self) -> str:
        raise ValueError

    __repr__ = __str__


_RAISED: tuple[Callable[[], BaseException], ...] = (
    lambda: RuntimeError("\x1b[31m\r\n\ud800"), lambda: KeyError(10**5_000), RecursionError,
    lambda: AttributeError(name="code"), lambda: ValueError(b"\xff"), lambda: OSError(2, "x\ud800"),
    lambda: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"), StopIteration, MemoryError,
    lambda: ExceptionGroup("\u202e", [ValueError()]), lambda: AssertionError("a\nb"),
    lambda: NotAnEnvelopeError("x", "y"), lambda: SyntaxError("no", ("f", 1, 1, "x", 1, 2)),
    _Textless, lambda: TypeError(_Textless()), SystemError, NotImplementedError,
)  # fmt: skip
#: What goes through ours, as it ends what runs.
LEAVING = (LeavingError, KeyboardInterrupt, GeneratorExit, SystemExit)
_LEAVING: tuple[Callable[[], BaseException], ...] = (
    LeavingError, KeyboardInterrupt, GeneratorExit, lambda: SystemExit(401009),
)  # fmt: skip


_PARTS = (
    "a", "401009", " ", "\n", "\r", "\t", "\0", "\x1b[2J\x1b]0;x\x07", "\x9b31m", "\u2028",
    "\u202e",
    "\u200b", "\u2066", "\ufeff", "\ud83d", "\udfff", "\U0001f600", "\U000e0041", "é", "İ", "ß",
    "{",
    "}", '"', "'", "\\", "%", "%s", "{0}", "code", ":", "::error::", "<b>", "]]>", "e\u0301" * 9,
    "1 passed", '{"code": 401009}', "token=", "\x7f", "\x80", "x" * 3_000, "\uffff", "\ufdd0",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, 0, -0.0, 401009, "401009", 10**5_000, -(10**4_999), float("nan"), float("inf"),
    decimal.Decimal("sNaN"), decimal.Decimal("1E+99999"), fractions.Fraction(1, 3), 1j, b"\xff\0",
    NotImplemented, ..., (), [], {}, set(), frozenset({1}), range(9), slice(None), object(),
    dt.datetime.max, dt.timedelta.min, uuid.UUID(int=0), pathlib.PurePath("\ud800"),
    re.compile("a"), len, int, type, "x" * 100_000, threading.Lock(), iter(()), (_ for _ in ()),
    types.SimpleNamespace(code=401009), array.array("d", [1.0]), memoryview(b"{}"), 2**63, 5e-324,
    collections.deque([1], 1), collections.Counter("aab"), types.MappingProxyType({"code": 401009}),
    httpx.Headers({"a": "b"}), httpx.URL("https://a.test"), httpx.Response(200), Envelope,
    Exception,
)  # fmt: skip
_ANY_CLASS = (
    "__class__", "__eq__", "__ne__", "__hash__", "__repr__", "__str__", "__bool__", "__len__",
    "__iter__", "__getattr__", "__getattribute__", "__contains__", "__getitem__", "__format__",
    "__int__", "__index__", "__float__", "__bytes__", "__fspath__", "__call__", "__dir__",
    "__dict__",
    "__instancecheck__", "__subclasshook__", "__length_hint__", "__reversed__", "__missing__",
    "__copy__", "__deepcopy__", "__reduce_ex__", "__buffer__", "__enter__", "__aenter__",
    "__await__",
    "__array__", "__rich_repr__", "__iter__", "__next__", "__sizeof__", "__del__x", "__doc__",
    "__module__", "__qualname__x", "__match_args__", "__weakref__x", "__traceback__x", "__notes__",
    "__cause__", "__context__", "__suppress_context__", "__slots__x",
)  # fmt: skip
_OF_METACLASSES = (
    "__instancecheck__", "__eq__", "__hash__", "__getattribute__", "__repr__", "__name__",
    "__module__", "__mro__", "__call__", "__bool__",
)  # fmt: skip
_PLAIN_NAMES = (
    "code", "message", "msg", "data", "keys", "items", "get", "values", "response", "envelope",
    "body", "status_code", "status", "content", "_body", "headers", "text", "json", "args", "errno",
    "value", "exception", "exceptions", "error", "detail", "shape", "equals", "tolist", "errcode",
    "name", "reading", "http_status", "read", "add_note", "with_traceback", "strip", "encode",
    "lower", "split", "startswith", "partition", "decode", "to_dict", "model_dump", "_asdict",
    "_fields", "size", "all", "any", "isprintable", "casefold", "replace", "bit_length",
)  # fmt: skip


class _Leaf(enum.Enum):
    CODE = 401009
    TEXT = "401009"
    ODD = (1, "\x1b[31m")


class _Number(enum.IntEnum):
    CODE = 401009


class _Word(enum.StrEnum):
    CODE = "401009"


class _Pair(NamedTuple):
    code: Any
    message: Any = None


@dataclasses.dataclass
class _Record:
    code: Any
    message: Any = "m"
    data: Any = None


@attrs.define
class _Attrs:
    code: Any
    message: Any = "m"


class _Model(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow", arbitrary_types_allowed=True)
    code: Any
    message: Any = None


class _TypedDict(dict):  # type: ignore[type-arg]  # of anything
    __missing__ = None


class _HalfMapping:
    def __init__(self, fields: Any) -> None:
        self._fields = fields

    def keys(self) -> Any:
        return self._fields.keys()

    def __getitem__(self, key: Any) -> Any:
        return self._fields[key]


def make_text(random: Random, most: int = 6) -> str:
    """Return a text of a few hostile pieces."""
    return "".join(random.choice(_PARTS) for _ in range(random.randint(0, most)))


def make_value(random: Random, depth: int = 3) -> Any:
    """Return a value, or an object that is not to be trusted."""
    choice = random.random()
    if depth <= 0 or choice < 0.3:
        return random.choice(_VALUES)
    if choice < 0.45:
        return make_text(random)
    if choice < 0.75:
        return random.choice(_MAKERS)(random, depth)
    return make_liar(random, depth)


def _make_behaviour(random: Random, depth: int) -> Any:
    """Return a member of a class: what raises, what lies, what never ends, what is no method."""
    kind = random.randint(0, 9)
    if kind < 4:
        make = random.choice(_RAISED if random.random() < 0.97 else _LEAVING)

        def fail(*_: object, **__: object) -> Any:
            raise make()

        return fail if random.random() < 0.6 else property(fail)
    if kind == 4:
        return lambda self, *_, **__: self
    if kind == 5:
        return lambda self, *_, **__: type(self)()
    value = make_value(random, depth - 1)
    if kind == 6:
        return value
    if kind == 7:
        return property(lambda _: value)
    if kind == 8:
        return lambda *_, **__: random.choice(_VALUES)  # another each time
    return lambda *_, **__: value


def make_class(random: Random, base: type, depth: int) -> type:
    """Return a class of which a few members lie, and now and then a metaclass that does."""
    names = random.sample(_ANY_CLASS, random.randint(0, 2))
    names += random.sample(_PLAIN_NAMES, random.randint(0, 3))
    members = {name: _make_behaviour(random, depth) for name in names}
    members.pop("__slots__", None)
    meta = type(base)
    if meta is not type:  # of an abstract class, this one breaks isinstance() for all of Python
        members.pop("__subclasshook__", None)
    if meta is type and random.random() < 0.15:
        lies = random.sample(_OF_METACLASSES, 2)
        meta = type("M", (type,), {name: _make_behaviour(random, 0) for name in lies})
    name = random.choice(("Odd", "\x1b[31m", "a\nb", "E" * 900, "Response", "Ошибка", "dict", ""))
    return meta(name, (base,), members)


_BASES = (
    object, Exception, ValueError, OSError, KeyError, httpx.HTTPError, ExceptionGroup, dict, list,
    tuple, str, bytes, bytearray, int, float, collections.UserDict, collections.OrderedDict,
    types.SimpleNamespace, collections.UserString, decimal.Decimal, _Record, _HalfMapping,
    mock.Mock,
    httpx.Response, pathlib.PurePosixPath, dt.date, set, _Pair, _Model, complex,
)  # fmt: skip


def make_liar(random: Random, depth: int) -> Any:
    """Return an object of a class that lies; what cannot be made is a plain value."""
    base = random.choice(_BASES)
    fields = make_fields(random, depth - 1)
    given = _choose_arguments(random, base, fields, depth)
    try:
        kind = make_class(random, base, depth)
        made = kind(*given)
        if type(made) is not kind:  # its metaclass gives something that belongs to others
            return made
    except BaseException:  # its own members make it impossible
        return random.choice(_VALUES)
    for name, value in fields.items():
        with contextlib.suppress(BaseException):
            setattr(made, name, value)
    return made


def _choose_arguments(
    random: Random, base: type, fields: dict[Any, Any], depth: int
) -> tuple[Any, ...]:
    """Return what an object of a class is made of."""
    text = random.choice(('{"code": 401009}', "{", '{"code": "1", "message": 7}'))
    number = random.choice((401009, 200, -1, 10**300))
    of_bases: dict[type, tuple[Any, ...]] = {
        dict: (fields,), collections.UserDict: (fields,), collections.OrderedDict: (fields,),
        _HalfMapping: (fields,), list: (list(fields.items()),), tuple: (list(fields.items()),),
        set: ([1, "a"],), str: (text,), bytes: (text.encode(),), bytearray: (text.encode(),),
        collections.UserString: (text,), int: (number,), float: (number,), complex: (number,),
        decimal.Decimal: (number,), ExceptionGroup: ("g", [ValueError(fields)]),
        dt.date: (2026, 1, 1), httpx.Response: (200,), _Record: (number,), _Pair: (number,),
    }  # fmt: skip
    if base in of_bases:
        return of_bases[base]
    if not issubclass(base, BaseException):
        return ()
    return tuple(make_value(random, depth - 1) for _ in range(random.randint(0, 3)))


def make_fields(random: Random, depth: int) -> dict[Any, Any]:
    """Return fields of an envelope, most of them with one that is odd."""
    fields: dict[Any, Any] = {"code": 401009, "message": "clientOrderId already exists"}
    for name in random.sample(("code", "message", "data", "msg", "error"), random.randint(0, 2)):
        fields[name] = make_value(random, depth - 1)
    if random.random() < 0.2:
        fields[make_text(random, 2)] = make_value(random, depth - 1)
    if random.random() < 0.1:
        fields.pop(random.choice(tuple(fields)))
    return fields


def make_error(random: Random, depth: int) -> BaseException:
    """Return an exception with odd arguments, notes, causes, members."""
    kind = random.choice((ValueError, Exception, KeyError, OSError, RuntimeError))
    given = [make_value(random, depth - 1) for _ in range(random.randint(0, 3))]
    try:
        error: Any = kind(*given)
    except BaseException:  # OSError looks its first argument up, which may have no hash
        error = ValueError(*given)
    with contextlib.suppress(BaseException):
        made = make_class(random, random.choice((Exception, ValueError)), depth)(*error.args)
        error = made if issubclass(type(made), BaseException) else error
    for name in random.sample(_PLAIN_NAMES, random.randint(0, 2)):
        with contextlib.suppress(BaseException):
            value = make_value(
                random, depth - 1
            )  # Python takes arguments apart, without an end too
            setattr(error, name, (value,) if name == "args" else value)
    if random.random() < 0.2:
        with contextlib.suppress(BaseException):
            error.add_note(make_text(random))
        with contextlib.suppress(BaseException):
            error.__cause__ = random.choice((error, None, ValueError(error)))
    if random.random() < 0.1 and depth > 0:
        with contextlib.suppress(BaseException):
            return BaseExceptionGroup(
                make_text(random) or "g", [error, make_error(random, depth - 1)]
            )
    return error  # type: ignore[no-any-return]  # of one of the classes above


def _make_mock(random: Random, depth: int) -> Any:
    spec = random.choice(
        (None, dict, str, Exception, httpx.Response, Envelope, _Record, _Model, list)
    )
    kind = random.choice((mock.Mock, mock.MagicMock, mock.NonCallableMock, mock.AsyncMock))
    made = mock.create_autospec(spec) if spec and random.random() < 0.05 else kind(spec=spec)
    for name in random.sample(_PLAIN_NAMES, random.randint(0, 2)):
        with contextlib.suppress(BaseException):
            setattr(made, name, make_value(random, depth - 1))
    return made


def _make_deep(random: Random, _: int) -> Any:
    depth = random.choice((50, 500, 10_000))
    value: Any = random.choice((1, "a"))
    kind = random.randint(0, 4)
    for _ in range(depth):
        if kind == 0:
            value = [value]
        elif kind == 1:
            value = {"code": value}
        elif kind == 2:
            value = {"data": (value,)}
        elif kind == 3:
            value = ExceptionGroup("g", [value if isinstance(value, Exception) else ValueError()])
        else:
            value = types.SimpleNamespace(response=value)
    return value


def _make_library_object(random: Random, depth: int) -> Any:
    value = make_value(random, depth - 1)
    kind = random.randint(0, 7)
    with contextlib.suppress(Exception):
        if kind == 0:
            return _Pair(value, make_value(random, depth - 1))
        if kind == 1:
            return _Record(value)
        if kind == 2:
            return _Attrs(value)
        if kind == 3:
            return _Model(code=value)
        if kind == 4:
            return _HalfMapping({"code": value, "message": "m"})
        if kind == 5:
            return types.MappingProxyType({"code": value})
        if kind == 6:
            return functools.partial(len, value)
    return collections.ChainMap({"code": value}, {"message": value})


def _make_gone(random: Random, _: int) -> Any:
    view = memoryview(b'{"code": 1}')
    view.release()
    return random.choice(
        (view, weakref.proxy(_Attrs2()), _Leaf.CODE, _Number.CODE, _Word.CODE, _Leaf)
    )


class _Attrs2:
    code = 401009


def _make_table(random: Random, _: int) -> Any:
    return random.choice(_list_tables())


@functools.cache
def _list_tables() -> list[Any]:
    """Return arrays of numpy, and tables of pandas where that is installed."""
    import numpy as np

    found = [
        np.int64(401009), np.float64("nan"), np.str_("401009"), np.array([1, 2]), np.ma.masked,
        np.array(401009), np.zeros((3, 0)), np.array(["a", None], dtype=object), np.random,
        np.datetime64("NaT", "s"), np.void(b"abc"), np.zeros((2, 3)), np.array(["code"]),
        np.array([(1, 2.0)], dtype=[("code", "i4"), ("b", "f4")]),
    ]  # fmt: skip
    with contextlib.suppress(ImportError):
        import pandas as pd

        found += [
            pd.DataFrame({"code": [401009]}), pd.Series({"code": 401009}), pd.NA, pd.NaT,
            pd.Timestamp(0), pd.Index([1, 2]), pd.Categorical(["a"]), pd.DataFrame(),
            pd.Series({"code": 401009, "message": "m", "data": pd.NA}), pd.Series([1, 2]),
        ]  # fmt: skip
    return found


def _make_mapping(random: Random, depth: int) -> Any:
    return make_fields(random, depth)


def _make_body(random: Random, depth: int) -> Any:
    fields = {"code": 401009, make_text(random, 2): make_text(random), "data": [10**4_000, {}]}
    fields[random.choice(("message", "code"))] = random.choice((None, "401009", make_text(random)))
    text = json.dumps(fields, ensure_ascii=random.random() < 0.5)
    if random.random() < 0.3:
        text = text[: random.randint(0, len(text))] + make_text(random)
    body = text if random.random() < 0.5 else text.encode("utf-8", "surrogatepass")
    if random.random() < 0.3 and isinstance(body, bytes):
        return httpx.Response(random.choice((200, 400)), content=body)
    return body


_MAKERS = (
    make_error, _make_mock, _make_deep, _make_library_object, _make_gone, _make_table,
    _make_mapping,
    _make_body, _make_body, _make_mapping, lambda random, depth: [make_value(random, depth - 1)],
)  # fmt: skip


# -- the plays ---------------------------------------------------------------------------------


def check_text(text: str) -> None:
    """Raise if a text is no valid UTF-8, holds control characters or has no end."""
    assert type(text) is str, type(text)
    text.encode("utf-8")
    assert len(text) < 20_000, len(text)
    for line in text.split("\n"):
        assert line.isprintable(), ascii(line)


def _leaves(error: BaseException) -> bool:
    """Return whether an exception is one of those that end what runs."""
    return isinstance(error, LEAVING)


def _expect(check: Callable[[], object], *kinds: type[BaseException]) -> object:
    """Return what a call returns; None where it raises one of these kinds, with a text."""
    try:
        return check()
    except kinds as error:
        check_text(str(error))
    except BaseException as error:
        if not _leaves(error) and getattr(error, "slug", "") != "swapped-arguments":
            raise
    return None


def read_liar(random: Random) -> None:
    """Read one object, and fail with it in each way."""
    obj = make_value(random)
    envelope = _expect(lambda: Envelope.of(obj), NotAnEnvelopeError)
    if envelope is not None:
        assert isinstance(envelope, Envelope)
        assert type(envelope.code) in (int, str, type(None))
        check_text(_expect(lambda: repr(envelope)) or "")  # type: ignore[arg-type]  # a text
    _expect(lambda: assert_code(obj, 401009), AssertionError)
    _expect(lambda: assert_success(obj, data=1), AssertionError)
    _expect(lambda: assert_documented(obj), AssertionError)
    assert _expect(lambda: IsCode(401009, a=1) == obj) in (True, False, None)
    found = _expect(lambda: IsCode(401009).why_not(obj))
    check_text(found if type(found) is str else "")


def compare_liar(random: Random) -> None:
    """Compare one object with another, as data, as a field, inside a structure."""
    one = make_value(random)
    other = random.choice((one, make_value(random), None, [one], {"a": one}))
    body = {"code": 401009, "message": "clientOrderId already exists", "data": one, "a": one}
    _expect(lambda: assert_code(body, 401009, data=other), AssertionError)
    _expect(lambda: assert_code(body, 401009, message=one), AssertionError, ErrcodesUsageError)
    _expect(lambda: assert_code(body | {"message": one}, 401009), AssertionError)
    matcher = IsCode(401009, a=other)
    assert _expect(lambda: matcher == body) in (True, False, None)
    assert _expect(lambda: [body] == [IsCode(401009)]) in (True, False, None)
    found = _expect(lambda: matcher.why_not(body))
    check_text(found if type(found) is str else "")


def show_liar(random: Random) -> None:
    """Show one object in each way, mask it, write it as JSON."""
    obj = make_value(random)
    for show in (
        lambda: show_value(obj), lambda: show_value({"a": [obj]}, 60), lambda: show_argument(obj),
        lambda: show_name(type(obj)), lambda: show_name(obj),
    ):  # fmt: skip
        shown = _expect(show)
        assert shown is None or (type(shown) is str and shown.isprintable()), ascii(shown)
    written = _expect(lambda: json.dumps(json_value({"a": obj}), ensure_ascii=False))
    check_text(written if type(written) is str else "")
    _expect(lambda: mask_data([obj]))


def raise_liar(random: Random) -> None:
    """Raise an exception in a block: it, or a failure of the test, is what leaves."""
    error = make_error(random, 3)
    try:
        with raises_code(401009, early=True):
            raise error
    except AssertionError as failure:
        if failure is not error:
            check_text(str(failure))
    except BaseException as left:
        if left is not error and not _leaves(left):
            raise
    for is_caught in (False, True):
        seen = _expect(functools.partial(observe_exception, error, "t", is_caught=is_caught))
        for one in seen or ():  # type: ignore[attr-defined]  # a list
            one.place.encode("utf-8", "backslashreplace")
    _expect(lambda: find_codeless(error, "t", None))


PLAYS = (read_liar, compare_liar, show_liar, raise_liar)
