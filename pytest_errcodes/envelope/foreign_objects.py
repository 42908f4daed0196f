"""What is known about the objects of other libraries, none of which is imported for it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, NamedTuple

from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.envelope.broken_objects import get_attribute, name_class
from pytest_errcodes.text.true_kinds import is_a
from pytest_errcodes.text.wording import show_name


def name_type(obj: object) -> str:
    """Return the name of the class, after its package: ``httpx.Response``; ``ValueError``."""
    cls = type(obj)
    name = show_name(cls)
    module: object = get_attribute(cls, "__module__")
    if not isinstance(module, str):  # its class says what it likes
        return name
    package = module.partition(".")[0].removeprefix("_")
    return name if package == "builtins" else f"{show_name(package)}.{name}"


class ForeignCode(NamedTuple):
    """An attribute ``code`` that is no business code.

    Attributes:
        owner: The class that defines it.
        meaning: What it is instead.
        status_field: Attribute that holds the HTTP status; empty when there is none.
        hint: Where the business code may be found; empty when nowhere.
    """

    owner: str
    meaning: str
    status_field: str = ""
    hint: str = ""

    @property
    def is_status(self) -> bool:
        """Whether it is the HTTP status."""
        return self.meaning == _STATUS


_STATUS = "the HTTP status"
_READ_THE_BODY = "the envelope is in its body: pass {name}.read() instead"
# By module and class, because the attribute must not be touched: some warn when they are read.
_FOREIGN = {
    ("builtins", "SystemExit"): ForeignCode("SystemExit", "the exit status"),
    ("urllib.error", "HTTPError"): ForeignCode(
        "urllib.error.HTTPError", _STATUS, "code", _READ_THE_BODY.format(name="error")
    ),
    ("urllib.response", "addinfourl"): ForeignCode(
        "urllib.response.addinfourl", _STATUS, "code", _READ_THE_BODY.format(name="response")
    ),
    ("http.client", "HTTPResponse"): ForeignCode(
        "http.client.HTTPResponse", _STATUS, "status", _READ_THE_BODY.format(name="response")
    ),
    ("aiohttp.client_exceptions", "ClientResponseError"): ForeignCode(
        "aiohttp.ClientResponseError",
        _STATUS,
        "status",
        "it has no body: read the response before raise_for_status()",
    ),
    ("werkzeug.exceptions", "HTTPException"): ForeignCode(
        "werkzeug.exceptions.HTTPException", _STATUS, "code"
    ),
    ("tornado.httpclient", "HTTPClientError"): ForeignCode(
        "tornado.httpclient.HTTPClientError",
        _STATUS,
        "code",
        "the envelope is in its body: pass error.response.body instead",
    ),
    ("tornado.httpclient", "HTTPResponse"): ForeignCode(
        "tornado.httpclient.HTTPResponse",
        _STATUS,
        "code",
        "the envelope is in its body: pass response.body instead",
    ),
    ("websockets.exceptions", "ConnectionClosed"): ForeignCode(
        "websockets.exceptions.ConnectionClosed", "the close code of the WebSocket"
    ),
}


_FOREIGN_NAMES = frozenset(name for _, name in _FOREIGN)


def is_foreign_name(name: str) -> bool:
    """Return whether a class is called as one whose ``code`` is known to mean something else."""
    return name in _FOREIGN_NAMES


def find_foreign_code(obj: object) -> ForeignCode | None:
    """Return what the ``code`` of ``obj`` is, if its class is known to mean something else."""
    for cls in type(obj).__mro__:
        if cls.__qualname__ in _FOREIGN_NAMES:  # to ask for the name alone takes half as long
            found = _FOREIGN.get((cls.__module__, cls.__qualname__))
            if found is not None:
                return found
    return None


#: What Python raises by itself where a client goes wrong; a class derived from one may be meant.
_CRASHES = frozenset(
    error.__name__
    for error in (
        ArithmeticError, AttributeError, BufferError, EOFError, FloatingPointError, ImportError,
        IndentationError, IndexError, KeyError, LookupError, MemoryError, ModuleNotFoundError,
        NameError, NotImplementedError, OverflowError, RecursionError, ReferenceError,
        StopAsyncIteration, StopIteration, SyntaxError, SystemError, TabError, TypeError,
        UnboundLocalError, UnicodeDecodeError, UnicodeEncodeError, UnicodeError,
        UnicodeTranslateError, ZeroDivisionError,
    )
)  # fmt: skip
#: Whose exceptions tell of a request that failed, a value that does not fit, or a test.
_NO_CLIENTS = frozenset({
    "aiohttp", "anyio", "asyncio", "attr", "attrs", "cattr", "cattrs", "dataclasses", "enum",
    "h11", "h2", "httpcore", "httpx", "httpx2", "hypothesis", "json", "jsonschema", "marshmallow",
    "mashumaro", "msgspec", "orjson", "pluggy", "pydantic", "pydantic_core", "pydantic_v1",
    "_pytest", "pytest", "pytest_httpx", "re", "requests", "respx", "responses", "simplejson",
    "socket", "ssl", "tenacity", "trio", "typeguard", "ujson", "unittest", "urllib", "urllib3",
    "voluptuous", "websockets", "yaml",
})  # fmt: skip
#: What Python says of a value that it cannot make anything of.
_REFUSED_VALUE = (  # compiled when it is first needed
    r"is not a valid|invalid literal|could not convert|not in (?:list|tuple|range|deque)"
    r"|values? to unpack|is not in|Invalid isoformat|unconverted data|does not match format"
    r"|exceeds? the limit|Out of range"
)


def is_builtin(cls: type) -> bool:
    """Return whether a class is one of Python's own, such as ``RuntimeError``."""
    module = get_attribute(cls, "__module__")  # its metaclass may say anything
    return type(module) is str and module == "builtins"


def has_foreign_text(error: BaseException) -> bool:
    """Return whether the text of an exception is not the client's, so that no number is a code.

    It is Python's or a library's: ``KeyError: 401009``, ``401009 is not a valid ErrorCode``.
    """
    cls = type(error)
    if not issubclass(cls, Exception) or issubclass(cls, BaseExceptionGroup):
        return True
    module = get_attribute(cls, "__module__")  # its metaclass may say anything
    if type(module) is not str:
        return False
    if module == "builtins":
        is_numbered = issubclass(cls, OSError) and get_attribute(error, "errno") is not None
        if is_numbered:  # [Errno 111] Connection refused
            return True
        is_refusal = cls is ValueError and re.search(_REFUSED_VALUE, str(error)[:1_000])
        return name_class(error) in _CRASHES or bool(is_refusal)
    return module.partition(".")[0] in _NO_CLIENTS


class Response(NamedTuple):
    """The parts of an HTTP response that matter here, whatever library made it.

    Attributes:
        http_status: Its HTTP status.
        content_type: Its content type; empty when it has none.
        body: Its body, or None when that cannot be had.
        obstacle: Why the body cannot be had; empty when it can.
        hint: What to do about it.
    """

    http_status: int
    content_type: str
    body: str | bytes | bytearray | None
    obstacle: str = ""
    hint: str = ""


_READ_FIRST = {"urllib3.HTTPResponse": "read it first: response.data"}


def peek_at_error(error: Any) -> Response | None:
    """Return the parts of the response that urllib's error is, and leave its body to be read.

    None for any other error, and for one whose body is read, closed or empty.
    """
    if not issubclass(type(error), OSError):  # which it is
        return None
    if find_foreign_code(error) is not _FOREIGN["urllib.error", "HTTPError"]:
        return None
    try:
        body = error.read()
    except Exception:  # noqa: BLE001  # a connection may break while it is read
        return None
    if type(body) is not bytes or not body:
        return None
    own = vars(error)
    for name in [name for name, value in own.items() if hasattr(value, "_closer")]:
        del own[name]  # a method of the file that was read, which the error has kept
    own["fp"] = own["file"] = BytesIO(body)
    return Response(own["code"], _find_content_type(error), body)


def read_response(obj: object) -> Response | None:
    """Return the parts of an HTTP response; None when ``obj`` does not look like one.

    Looks like one: an HTTP status in ``status_code`` with a body in ``content`` (httpx, httpx2,
    requests), or in ``status`` with the body that aiohttp keeps.
    """
    http_status = get_attribute(obj, "status_code")
    if _is_status(http_status):
        return _read_content(obj, int.__int__(http_status))
    http_status = get_attribute(obj, "status")
    # aiohttp publishes the body that it has read only through a coroutine, which a plain
    # function cannot await; `_body` is where it has kept it since its first release.
    body = get_attribute(obj, "_body")
    if not _is_status(http_status) or not (body is None or issubclass(type(body), bytes)):
        return None
    http_status = int.__int__(http_status)
    if body is None:
        obstacle, hint = (
            f"the body of {name_type(obj)} has not been read",
            _READ_FIRST.get(name_type(obj), "await response.read() first"),
        )
        return Response(http_status, _find_content_type(obj), None, obstacle, hint)
    return Response(http_status, _find_content_type(obj), body)


def _read_content(obj: object, http_status: int) -> Response | None:
    if not hasattr(type(obj), "content") and get_attribute(obj, "content") is ABSENT:
        return None
    content_type = _find_content_type(obj)
    try:
        content = obj.content  # type: ignore[attr-defined]  # duck typing: looked for just above
    except Exception as error:  # noqa: BLE001  # each library raises its own, and none is imported
        obstacle = f"the body of {name_type(obj)} cannot be had ({name_class(error)})"
        hint = "read it first: response.read(), or await response.aread()"
        return Response(http_status, content_type, None, obstacle, hint)
    if is_a(content, str | bytes | bytearray):
        return Response(http_status, content_type, content)
    obstacle = f"the content of {name_type(obj)} is of type {name_class(content)}, not bytes"
    return Response(http_status, content_type, None, obstacle)


def _is_status(value: object) -> bool:
    kind = type(value)
    return issubclass(kind, int) and kind is not bool


def _find_content_type(obj: object) -> str:
    get = get_attribute(get_attribute(obj, "headers"), "get")
    if not callable(get):
        return ""
    try:
        value = get("content-type") or get("Content-Type")
    except Exception:  # noqa: BLE001  # the headers of a foreign object may raise anything
        return ""
    return str.__str__(value) if issubclass(type(value), str) else ""
