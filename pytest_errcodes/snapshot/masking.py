"""Masking of what changes from run to run, so that a snapshot holds only what must stay.

Whatever the key, a secret shows as ``<secret>`` and a UUID as ``<uuid>``; the rest is told by
key, by type and by pattern. Numbers without a telling key are taken for points in time when they
fall between 2014 and 2039, and for ids from 16 digits on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from syrupy.extensions.amber.serializer import Repr

from pytest_errcodes.text.secrets import MASK, looks_secret, mask_text
from pytest_errcodes.text.wording import escape, show_value

if TYPE_CHECKING:
    from syrupy.types import PropertyMatcher, PropertyPath

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
# Two points in time may be equal in one run and differ in the next; ids may not.
_NUMBERED = frozenset({"id", "uuid"})

_VOLATILE = re.compile(
    r"(?P<uuid>(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z]))"
    r"|(?P<timestamp>(?<!\d)\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?"
    r"(?:Z|[ ]?[+-]\d\d:?\d\d)?(?!\d)"
    r"|(?<!\d)\d{8}T\d{6}(?:[.,]\d+)?Z?(?!\d))"
    r"|(?P<epoch>(?<![\w.])(?P<whole>\d{10}|\d{13}|\d{16})(?:\.\d{1,9})?(?!\w|\.\d))"
    r"|(?P<id>(?<![\d.])\d{16,}(?!\d|\.\d)|(?<!\w)(?=\d*[A-Fa-f])(?=[A-Fa-f]*\d)"
    r"(?:[0-9A-Fa-f]{24}|[0-9A-Fa-f]{32})(?!\w))",
    re.ASCII,
)
_PLACEHOLDER = re.compile(r"<[a-z]+(?: \d+)?>")
_EARLIEST, _LATEST = 1_400_000_000, 2_200_000_000
_UNITS = (1, 1_000, 1_000_000)
_SHORTEST_ID = 10**15
_NOTHING = frozenset({"", "0", "-1"})


class Masks:
    """The placeholders of one snapshot.

    An id that stands in it once is ``<id>``; those that come again get a number, so that the
    same id can be told from another one: ``<id 1>``, ``<id 2>``. Which ones do is known only
    once everything was masked, so whoever finds ``repeated`` true sets ``numbered`` and masks
    it all again.
    """

    def __init__(self) -> None:
        self.numbered = False
        self._counts: Counter[tuple[str, object]] = Counter()
        self._numbers: dict[str, dict[object, int]] = {}

    @property
    def repeated(self) -> bool:
        """Whether an id or a UUID was masked more than once."""
        return any(count > 1 for count in self._counts.values())

    def matcher(self, first: PropertyMatcher | None) -> PropertyMatcher:
        """Return a matcher of syrupy that masks what ``first`` leaves as it is."""

        def masked(*, data: Any, path: PropertyPath) -> Any:
            chosen = first(data=data, path=path) if first else data
            return self.value(data, key_of(path, data)) if chosen is data else chosen

        return masked

    def value(self, value: Any, key: str | None = None) -> Any:
        """Return what is written for a value of the data.

        Args:
            value: The value; a container is returned as one that syrupy takes apart.
            key: Name of the field that holds it, directly or in lists; None when there is none.
        """
        if value is None or isinstance(value, bool | Repr):
            return value
        if key and looks_secret(key):
            empty = isinstance(value, str | Mapping | list | tuple) and not value
            return value if empty else Repr(MASK)
        kind = _kind_of_key(key) if key else None
        if isinstance(value, str):
            return self._string(value, kind)
        if isinstance(value, int | float | Decimal):
            return self._number(value, kind)
        if isinstance(value, UUID | dt.date | dt.time):
            return self._typed(value, kind)
        return self._object(value)

    def text(self, text: str) -> str:
        """Return ``text`` with what is secret or changes in it masked."""
        return _VOLATILE.sub(self._volatile, mask_text(text))

    def _string(self, text: str, kind: str | None) -> Any:
        if text.strip() in _NOTHING:
            return text
        found = _VOLATILE.fullmatch(text)
        if kind and not (found and found["uuid"]):
            return Repr(self._placeholder(kind, text))
        masked = self.text(text)
        if masked != text and _PLACEHOLDER.fullmatch(masked):
            return Repr(masked)
        if all(line.isprintable() for line in masked.split("\n")):
            return masked
        # Lines would be written as they are: no file takes a lone surrogate, no diff a return.
        return Repr(escape(repr(masked)))

    def _number(self, number: float | Decimal, kind: str | None) -> Any:
        if isinstance(number, Decimal):
            is_told = number.is_finite() and number > 0
            return Repr(self._placeholder(kind, number)) if kind and is_told else number
        if kind and number > 0:
            return Repr(self._placeholder(kind, number))
        if _is_epoch(number):
            return Repr(self._placeholder("timestamp", number))
        if isinstance(number, int) and abs(number) >= _SHORTEST_ID:
            return Repr(self._placeholder("id", number))
        return number

    def _typed(self, value: UUID | dt.date | dt.time, kind: str | None) -> Any:
        if isinstance(value, UUID):
            kind = "uuid"
        elif isinstance(value, dt.datetime):
            kind = kind or "timestamp"
        elif isinstance(value, dt.date):
            kind = kind or "date"
        return Repr(self._placeholder(kind, str(value))) if kind else value

    def _object(self, value: Any) -> Any:
        """Return what syrupy takes apart, or the masked repr of what it would not."""
        parts = _parts(value)
        return Repr(self.text(show_value(value))) if parts is None else parts

    def _volatile(self, found: re.Match[str]) -> str:
        if found["uuid"]:
            return self._placeholder("uuid", found[0])
        if found["timestamp"]:
            return self._placeholder("timestamp", found[0])
        if found["whole"] and _is_epoch(int(found["whole"])):
            return self._placeholder("timestamp", found[0])
        is_id = found["id"] or (len(found[0]) == len(found["whole"]) == 16)
        return self._placeholder("id", found[0]) if is_id else found[0]

    def _placeholder(self, kind: str, value: object) -> str:
        if kind not in _NUMBERED:
            return f"<{kind}>"
        identity = _identity(value)
        if not self.numbered:
            self._counts[kind, identity] += 1
        elif self._counts[kind, identity] > 1:
            numbers = self._numbers.setdefault(kind, {})
            return f"<{kind} {numbers.setdefault(identity, len(numbers) + 1)}>"
        return f"<{kind}>"


def unmasked(*names: str) -> PropertyMatcher:
    """Return a matcher of syrupy that keeps values visible: ``matcher=unmasked("orderId")``.

    What it names is written as it is, even if it looks like a secret.

    Args:
        names: Keys, wherever they stand, or whole paths from the data on, such as
            ``order.fills.tradeId``; the indexes of lists are no part of a path.
    """

    def matcher(*, data: Any, path: PropertyPath) -> Any:
        keys = [str(name) for name, _ in path if isinstance(name, str)]
        if not keys or not {keys[-1], ".".join(keys)}.intersection(names):
            return data
        return data if _parts(data) is not None else Repr(escape(repr(data)))

    return matcher


def key_of(path: PropertyPath, data: Any) -> str | None:
    """Return the name of the field that holds ``data``, directly or in lists."""
    for name, _ in reversed(path):
        # The elements of a set are their own names in a path.
        if isinstance(name, str) and name is not data:
            return name
    return None


def _kind_of_key(key: str) -> str | None:
    found = _LAST_WORD.search(key[-_LONGEST_KEY:].replace("IDs", "Ids"))
    word = found[0].lower() if found else ""
    return "id" if word.endswith(_COMPOUNDS) else _KINDS.get(word)


def _is_epoch(number: float) -> bool:
    return any(_EARLIEST * unit <= number < _LATEST * unit for unit in _UNITS)


def _parts(value: Any) -> Any:
    """Return a container whose parts are written one by one; None for any other value.

    Models are mappings here, since what syrupy makes of them depends on its release.
    """
    cls: Any = type(value)
    if isinstance(value, Mapping):
        return value if isinstance(value, dict) else dict(value)
    for listing in ("model_fields", "__attrs_attrs__", "__dataclass_fields__"):
        if fields := getattr(cls, listing, None):
            names = [field if isinstance(field, str) else field.name for field in fields]
            return {name: getattr(value, name) for name in names}
    if isinstance(value, list | tuple | set | frozenset) or cls.__repr__ is object.__repr__:
        return value
    return None


def _identity(value: object) -> object:
    """Return what makes two ids the same: 123 and "123" are."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 40:
        return int(value)
    return value.lower() if isinstance(value, str) else value
