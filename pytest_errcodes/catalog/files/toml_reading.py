"""Reading TOML where all is well; where it is not, ``diagnosis`` finds out why.

Importing ``tomllib`` takes longer than reading the embedded catalog, and each run with a route
would wait for it. So tables, texts, whole numbers, truth values and flat lists, one a line, as
people write them, are read here; a file with anything else is for ``tomllib``.
"""

from __future__ import annotations

import re
from typing import Any

# TOML allows no control character but the tab. Escapes are left to tomllib.
_CONTROL = r"\x00-\x08\x0a-\x1f\x7f"
_TEXT = rf'"[^"\\{_CONTROL}]*"'
_VALUE = rf"{_TEXT}|true|false|[1-9][0-9]{{2}}|\[(?:{_TEXT}(?:, ?{_TEXT})*)?\]"
_CODES = re.compile(r"^[ \t]*\[sections\.([A-Za-z0-9_-]+)\.codes\][ \t]*\n", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_LINE = re.compile(
    rf"^[ \t]*(?:([A-Za-z0-9_-]+|{_TEXT})[ \t]*=[ \t]*"
    rf"(?:({_TEXT})|\{{(.*)\}})[ \t]*|(?:\#[^{_CONTROL}]*)?|(.*))$",
    re.MULTILINE,
)
#: A key of more parts is refused: tomllib's time grows with the square of their number.
MOST_PARTS = 100
LONG_KEY = f"Key of more than {MOST_PARTS} parts"
_PART = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
#: Compiled where a file has so many dots: few have.
_LONG_KEY = rf"(?<![A-Za-z0-9_\"'-])(?:{_PART}[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}"
#: One field of a code, with what parts it from the one before.
_FIELD = rf"((?:^ ?|, ?)([a-z_]+) = ({_VALUE}))"
_TRUTH = {"true": True, "false": False}
#: More digits than any code or status has; tomllib knows how many an integer may have.
_MOST_DIGITS = 18
#: Stands for a value that is not read here.
_OTHER = object()


def decode(data: bytes) -> str:
    """Return the text of a file as TOML counts its lines.

    Raises:
        UnicodeDecodeError: It is not UTF-8.
    """
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def parse_toml(text: str) -> dict[str, Any]:
    """Return what TOML writes.

    Raises:
        ValueError: It is no TOML, a key has more than 100 parts, which would take minutes to read,
            or an integer more than 4,300 digits.
        RecursionError: It is nested too deeply.
    """
    import tomllib

    if text.count(".") >= MOST_PARTS and (key := re.search(_LONG_KEY, text)):
        line = text.count("\n", 0, key.start()) + 1
        column = key.start() - text.rfind("\n", 0, key.start())
        raise ValueError(f"{LONG_KEY} (at line {line}, column {column})")
    return tomllib.loads(text)


def read(data: bytes) -> dict[str, Any] | None:
    """Return what a file holds, or None where it is no TOML."""
    try:
        text = decode(data)
        document = _read_by_line(text)
        return parse_toml(text) if document is None else document
    except (ValueError, RecursionError):  # also an integer too long for Python, a list too deep
        return None


def _read_by_line(text: str) -> dict[str, Any] | None:
    """Return what a file holds whose codes stand one a line; None where that is in doubt.

    ``tomllib`` needs 0.8 s for 100,000 codes, and 2.2 s if they have fields, so it gets the file
    without them, if it gets it at all: they are read here, line by line. The headers stay in the
    file, so that whatever is odd about them is still seen.
    """
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
    tables = "".join((*rest, text[end:]))
    document = read_plain_toml(tables)
    if document is None:
        try:
            document = parse_toml(tables)
        except (ValueError, RecursionError):
            return None
    for section, codes in found.items():
        table_of_codes = document["sections"][section]["codes"]
        if table_of_codes:
            return None
        table_of_codes.update(codes)
    return document


def _read_codes(lines: str) -> dict[str, Any] | None:
    """Return the codes that ``lines`` document, in order.

    None where something stands there twice, or a line is neither a code as people write it nor a
    comment: that is for ``tomllib`` to read.
    """
    codes: dict[str, Any] = {}
    count = 0
    for key, message, fields, other in _LINE.findall(lines):
        if key:
            value = message[1:-1] if message else _read_fields(fields)
            codes[key.strip('"')] = value
            count += 1
            if value is None or len(codes) != count:
                return None
        elif other:
            return None
    return codes


def _read_fields(text: str) -> dict[str, Any] | None:
    """Return the fields of a code that stand between braces.

    None where one is there twice, or anything else than such fields is.
    """
    fields: dict[str, Any] = {}
    length = 0
    for whole, name, value in re.findall(_FIELD, text):
        if name in fields:
            return None
        length += len(whole)
        if value[0] == '"':
            fields[name] = value[1:-1]
        elif value[0] == "[":
            fields[name] = [tag[1:-1] for tag in re.findall(_TEXT, value)]
        else:
            fields[name] = value == "true" if value[0] in "tf" else int(value)
    return fields if length == len(text.removesuffix(" ")) else None


def read_plain_toml(text: str) -> dict[str, Any] | None:
    """Return what a text writes; None where it writes anything else than what is read here.

    Args:
        text: The text, whose lines end in a line feed alone.
    """
    document: dict[str, Any] = {}
    table = document
    begun: set[str] = set()
    for line in text.split("\n"):
        line = line.strip(" ")  # noqa: PLW2901  # the line that counts
        if not line.isprintable():  # control characters, of which TOML allows few
            return None
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            found = _find_table(document, line)
            if found is None or line in begun:
                return None
            begun.add(line)
            table = found
            continue
        key, _, written = line.partition(" = ")
        value = _read_value(written)
        if value is _OTHER or key in table or not _is_bare(key):
            return None
        table[key] = value
    return document


def _find_table(document: dict[str, Any], header: str) -> dict[str, Any] | None:
    """Return the table that a header begins; None where that is in doubt."""
    if header[-1] != "]":
        return None
    table = document
    for part in header[1:-1].split("."):
        if not _is_bare(part):
            return None
        table = table.setdefault(part, {})
        if type(table) is not dict:
            return None
    return table


def _is_bare(key: str) -> bool:
    """Return whether a key needs no quotes."""
    return key.isascii() and key.replace("_", "a").replace("-", "a").isalnum()


def _read_value(written: str) -> Any:
    if written[:1] == "[" and written[-1] == "]":
        inner = written[1:-1]
        values = [_read_scalar(one) for one in inner.split(", ")] if inner else []
        return _OTHER if _OTHER in values else values
    return _read_scalar(written)


def _read_scalar(written: str) -> Any:
    if written[:1] == '"' and written[-1] == '"' and len(written) > 1:
        text = written[1:-1]
        return _OTHER if '"' in text or "\\" in text else text
    if written in _TRUTH:
        return _TRUTH[written]
    is_number = written.isdecimal() and written.isascii() and len(written) <= _MOST_DIGITS
    return int(written) if is_number and (written[0] != "0" or written == "0") else _OTHER
