"""The JSON value in the body of an answer, or what is wrong with the body."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from pytest_errcodes.envelope.refusal import Refused

if TYPE_CHECKING:
    from pytest_errcodes.envelope.refusal import Origin


class _NotANumberError(ValueError):
    """NaN or an infinity, which Python's JSON reader lets through and JSON does not know."""


def _refuse_constant(name: str) -> NoReturn:
    raise _NotANumberError(name)


_JSON = json.JSONDecoder(parse_constant=_refuse_constant)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]+)", re.IGNORECASE)
_UTF8 = ("utf-8", "utf8", "utf-8-sig")
_KINDS = {list: "a list", str: "a string", int: "a number", float: "a number"}


def parse_object(body: str | bytes | bytearray, origin: Origin) -> dict[str, Any]:
    """Return the JSON object that a body holds.

    Raises:
        Refused: It holds none; the reason tells a page of HTML from JSON that was cut off.
    """
    value = parse_value(body, origin)
    if isinstance(value, dict):
        return value
    kind = _KINDS.get(type(value)) or json.dumps(value)
    return origin.refuse(f"the JSON is {kind}, not an object")


def parse_value(body: str | bytes | bytearray, origin: Origin) -> Any:
    """Return the JSON value of a body: in UTF-8, else in the charset that its header names.

    Clients do the same: JSON is UTF-8, whatever its header says, unless it cannot be.
    """
    if isinstance(body, str):
        return _parse(body, origin)
    charset = find_charset(origin.content_type)
    try:
        text = body.decode(json.detect_encoding(body))
    except UnicodeDecodeError:
        text = _decode(body, charset, origin)
    try:
        return _parse(text, origin)
    except Refused:
        # Some charsets are written in the bytes of ASCII: iso-2022-jp, utf-7.
        if not charset or charset.lower() in _UTF8:
            raise
        try:
            return _parse(body.decode(charset), origin)
        except (LookupError, UnicodeError, Refused):
            pass
        raise


def find_charset(content_type: str) -> str:
    """Return the charset that a content type names; empty if it names none."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def _decode(body: bytes | bytearray, charset: str, origin: Origin) -> str:
    """Return a body that is not in UTF-8 as text."""
    if charset and charset.lower() not in _UTF8:
        try:
            return body.decode(charset)
        except LookupError:
            hint = f"Python does not know the charset {charset!r}, which its header names"
        except UnicodeError:
            hint = f"its header names the charset {charset!r}, which it is not in either"
    else:
        hint = ""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = body[error.start]
        reason = f"the body is not UTF-8: byte 0x{byte:02x} at offset {error.start:,}"
        return origin.refuse(reason, hint)


def _parse(text: str, origin: Origin) -> Any:
    text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        origin.refuse("the body is empty")
    try:
        return _JSON.decode(text)
    except json.JSONDecodeError as error:
        reason, hint = _explain(text, error)
    except _NotANumberError as error:
        reason, hint = f"the body holds {error}, which JSON does not know", ""
    except RecursionError:
        reason, hint = "the JSON is nested too deep to read", ""
    except ValueError:
        reason, hint = "the JSON holds an integer with more digits than Python reads", ""
    return origin.refuse(reason, hint)


def _explain(text: str, error: json.JSONDecodeError) -> tuple[str, str]:
    """Return why a text is no JSON, and what to do about it."""
    start = text[:1_000].lstrip().lower()
    if start.startswith("<"):
        if "html" in start:
            hint = "something before the API answered: look at the URL, the proxy, the gateway"
            return "the body is an HTML page, not JSON", hint
        return "the body is XML, not JSON", ""
    rest = text[error.pos : error.pos + 6].rstrip()
    if any(word.startswith(rest) for word in ("true", "false", "null")) or error.msg.startswith(
        "Unterminated string"
    ):
        return f"the JSON is cut off after {len(text):,} characters", ""
    return f"the body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}", ""
