"""Reading TOML where all is well; where it is not, ``diagnosis`` finds out why."""

from __future__ import annotations

import re
from typing import Any

# What TOML allows in a basic string, escapes aside: no control character but the tab.
_PLAIN = r'"([^"\\\x00-\x08\x0a-\x1f\x7f]*)"'
_CODES = re.compile(r"^\[sections\.([A-Za-z0-9_-]+)\.codes\][ \t]*\n", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_LINE = re.compile(
    rf"^(?:(?:([A-Za-z0-9_-]+)|{_PLAIN})[ \t]*(=)[ \t]*{_PLAIN}[ \t]*|(.*))$", re.MULTILINE
)


def decode(data: bytes) -> str:
    """Return the text of a file as TOML counts its lines.

    Raises:
        UnicodeDecodeError: It is not UTF-8.
    """
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def read(data: bytes) -> dict[str, Any] | None:
    """Return what a file holds, or None where it is no TOML."""
    import tomllib

    try:
        text = decode(data)
        try:
            document = _read_by_line(text)
        except ValueError:
            document = None
        return tomllib.loads(text) if document is None else document
    except (ValueError, RecursionError):  # also an integer too long for Python, a list too deep
        return None


def _read_by_line(text: str) -> dict[str, Any] | None:
    """Return what a file holds whose codes stand one a line; None where that is in doubt.

    ``tomllib`` needs 0.8 s for 100,000 codes, so it gets the file without them: every line of
    the codes that is ``code = "message"`` is read here, every other one by itself. The headers
    stay in the file, so that whatever is odd about them is still seen.

    Raises:
        ValueError: The rest of the file is no TOML, or a line is none by itself.
    """
    import tomllib

    if '"""' in text or "'''" in text:
        return None
    rest = []
    found: dict[str, dict[str, Any]] = {}
    end = 0
    for header in _CODES.finditer(text):
        rest.append(text[end : header.end()])
        table = _TABLE.search(text, header.end())
        end = table.start() if table else len(text)
        codes = _read_codes(text[header.end() : end])
        if codes is None:
            return None
        found[header[1]] = codes
    document = tomllib.loads("".join((*rest, text[end:])))
    for section, codes in found.items():
        table_of_codes = document["sections"][section]["codes"]
        if table_of_codes:
            return None
        table_of_codes.update(codes)
    return document


def _read_codes(lines: str) -> dict[str, Any] | None:
    """Return the codes that ``lines`` document, in order; None where one stands there twice."""
    import tomllib

    codes: dict[str, Any] = {}
    count = 0
    for bare, quoted, equals, message, other in _LINE.findall(lines):
        if equals:
            codes[bare or quoted] = message
            count += 1
        elif other.lstrip(" \t")[:1] not in ("", "#"):
            fields = tomllib.loads(other)
            codes.update(fields)
            count += len(fields)
        if len(codes) != count:
            return None
    return codes
