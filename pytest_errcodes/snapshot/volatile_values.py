"""What changes from run to run: ids, UUIDs and points in time, by their keys and their patterns.

Numbers without a telling key are taken for points in time when they fall between 2014 and 2039,
and for ids from 16 digits on.
"""

from __future__ import annotations

import re
from decimal import Decimal
from uuid import UUID

_LAST_WORD = re.compile(r"(?:[A-Z]+|[A-Z]?[a-z]+)(?=[^A-Za-z]*\Z)")
_LONGEST_KEY = 64
_KINDS = {
    **dict.fromkeys(("id", "ids", "uid", "uids", "uuid", "uuids", "guid", "guids"), "id"),
    **dict.fromkeys(("at", "datetime", "time", "times", "timestamp", "ts"), "timestamp"),
    "nonce": "nonce",
}
#: What has ids, where a key joins its words without a mark: ``orderid``, but not ``paid``.
_WITH_IDS = (
    "account", "client", "message", "order", "portfolio", "position", "request", "session",
    "trace", "trade", "transaction", "user",
)  # fmt: skip
_COMPOUNDS = tuple(noun + ending for noun in _WITH_IDS for ending in ("id", "ids"))
_PLAIN_NUMBER = re.compile(r"[1-9]\d{0,39}", re.ASCII)
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f-]{24,}")

#: What changes, in a text; ``classify_match`` tells of what kind it is.
VOLATILE = re.compile(
    r"(?P<uuid>(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z]))"
    r"|(?P<timestamp>(?<!\d)\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?"
    r"(?:Z|[ ]?[+-]\d\d:?\d\d)?(?!\d)"
    r"|(?<!\d)\d{8}T\d{6}(?:[.,]\d+)?Z?(?!\d))"
    r"|(?P<epoch>(?<![\w.])(?P<whole>\d{10}|\d{13}|\d{16})(?:\.\d{1,9})?(?!\w|\.\d))"
    r"|(?P<id>(?<![\d.])\d{16,}(?!\d|\.\d)|(?<!\w)(?=\d*[A-Fa-f])(?=[A-Fa-f]*\d)"
    r"(?:[0-9A-Fa-f]{24}|[0-9A-Fa-f]{32})(?!\w))",
    re.ASCII,
)
_EARLIEST, _LATEST = 1_400_000_000, 2_200_000_000
_UNITS = (1, 1_000, 1_000_000)
_SHORTEST_ID = 10**15


def classify_key(key: str) -> str | None:
    """Return what the values of a key are: ``id``, ``timestamp``, ``nonce``; None for the rest."""
    found = _LAST_WORD.search(key[-_LONGEST_KEY:].replace("IDs", "Ids"))
    word = found[0].lower() if found else ""
    return "id" if word.endswith(_COMPOUNDS) else _KINDS.get(word)


def classify_match(found: re.Match[str]) -> str | None:
    """Return of what kind a match of ``VOLATILE`` is; None for a plain number."""
    if found.lastgroup != "epoch":
        return found.lastgroup
    if _is_epoch(int(found["whole"])):
        return "timestamp"
    return "id" if len(found[0]) == len(found["whole"]) == len(str(_SHORTEST_ID)) else None


def classify_number(number: float) -> str | None:
    """Return of what kind a number is that no key tells of; None for a plain one."""
    if _is_epoch(number):
        return "timestamp"
    return "id" if isinstance(number, int) and abs(number) >= _SHORTEST_ID else None


def _is_epoch(number: float) -> bool:
    return any(_EARLIEST * unit <= number < _LATEST * unit for unit in _UNITS)


def identify(value: object) -> object:
    """Return what makes two ids the same: 123 and "123" are, "007" and "7" are not."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, UUID) else value
    if _PLAIN_NUMBER.fullmatch(value):
        return int(value)
    return value.lower() if _HEXADECIMAL.fullmatch(value) else value
