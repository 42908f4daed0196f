"""Under which names exceptions and objects have their code, their message, and what they carry."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.field_paths import is_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog import EnvelopeShape

# Words of a name: written as error_code, errorCode and errorcode.
_CODES = (
    "code", "error code", "err code", "ret code", "result code", "return code", "biz code",
    "business code", "api code", "api error code", "server code", "service code", "resp code",
    "response code", "fault code", "reason code", "msg code", "message code", "ecode",
    "errno", "err no", "error no", "error number",
)  # fmt: skip
_MESSAGES = (
    "message", "msg", "error message", "error msg", "err message", "err msg", "ret message",
    "ret msg", "result message", "result msg", "api message",
)  # fmt: skip

#: What an exception or object got from the API, whose code must be the one that it says itself.
ANSWERS = (
    "envelope", "response", "body", "resp", "api_response", "raw_response", "http_response",
    "json_response", "error_response", "response_body", "response_json", "response_data",
    "response_text", "json_body", "body_json", "http_body", "raw_body", "error_body",
)  # fmt: skip
#: What may be the answer of the API, or anything else.
PERHAPS_ANSWERS = (
    "error", "err", "data", "json", "json_data", "payload", "raw", "details", "detail",
    "error_data", "error_json", "result", "content", "text", "info", "extra",
)  # fmt: skip

#: What holds the HTTP status of an exception or object.
HTTP_STATUSES = ("http_status", "status_code", "http_code", "httpStatus", "statusCode", "status")


def _write(words: str) -> tuple[str, ...]:
    """Return a name in each of the ways in which it is written."""
    first, *others = words.split()
    camel = first + "".join(word.capitalize() for word in others)
    return ("_".join((first, *others)), camel, first + "".join(others))


def _spell(name: str) -> tuple[str, ...]:
    """Return a field's name as it is, in snake_case and in camelCase: ``retCode``, ``ret_code``."""
    words: list[str] = []
    for letter, before in zip(name, f"_{name}", strict=False):
        if letter in "_-. ":
            continue
        starts = before in "_-. " or (letter.isupper() and not before.isupper())
        if starts:
            words.append("")
        words[-1] += letter.lower()
    snake = "_".join(words)
    camel = "".join(words[:1] + [word.capitalize() for word in words[1:]])
    return tuple(dict.fromkeys((name, snake, camel)))


_USUAL_CODES = tuple(dict.fromkeys(name for words in _CODES for name in _write(words)))
_USUAL_MESSAGES = tuple(dict.fromkeys(name for words in _MESSAGES for name in _write(words)))
#: Names that mean something else where a base class of Python's has them.
OF_OS_ERRORS = frozenset(_write("errno"))


@lru_cache(maxsize=64)
def list_own_names(field: str) -> tuple[str, ...]:
    """Return the names of an attribute that holds a field of a shape, the exact one first."""
    return _spell(field) if field.strip() else ()


@lru_cache(maxsize=64)
def list_code_names(shapes: tuple[EnvelopeShape, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names of attributes that hold a code: those of the shapes, and all in order."""
    own = [list_own_names(shape.code) for shape in shapes]
    return frozenset(name for names in own for name in names), _join(own, _USUAL_CODES)


@lru_cache(maxsize=64)
def list_last_names(shapes: tuple[EnvelopeShape, ...]) -> tuple[str, ...]:
    """Return the names of attributes that are called as the end of the path to a code.

    Of ``error.type`` an exception may have kept ``type``, which may as well be anything else.
    """
    paths = [shape.code.split(".") for shape in shapes if "." in shape.code]
    return _join((_spell(path[-1]) for path in paths if not is_place(path[-1])), ())


@lru_cache(maxsize=64)
def list_message_names(shapes: tuple[EnvelopeShape, ...]) -> tuple[str, ...]:
    """Return the names of attributes that hold a message, in the same order."""
    return _join(
        (list_own_names(name) for shape in shapes for name in shape.message_fields), _USUAL_MESSAGES
    )


def _join(own: Iterable[tuple[str, ...]], usual: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(name for names in own for name in names), *usual)))
