"""The TOML that nearly all catalogs are written in, read without ``tomllib``.

Importing ``tomllib`` takes longer than reading the embedded catalog, and each run with a route
would wait for it. What is read here are tables, texts, whole numbers, truth values and flat lists,
one a line, as people write them; a file with anything else is for ``tomllib``.
"""

from __future__ import annotations

from typing import Any

_TRUTH = {"true": True, "false": False}
#: More digits than any code or status has; tomllib knows how many an integer may have.
_MOST_DIGITS = 18
#: Stands for a value that is not read here.
_OTHER = object()


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
