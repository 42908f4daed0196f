"""Masking of what changes from run to run, so that a snapshot holds only what must stay.

What must stay is that a value is there, of what type it is, and which values are the same. Whatever
the key, a secret shows as ``<secret>`` and a UUID as ``<uuid>``; the rest is told by key, by type
and by pattern.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from syrupy.extensions.amber.serializer import Repr

from pytest_errcodes.snapshot.volatile_values import (
    VOLATILE,
    classify_key,
    classify_match,
    classify_number,
    identify,
)
from pytest_errcodes.text.secrets import (
    MASK,
    find_secrets_inside,
    is_secret,
    looks_secret,
    mask_text,
)
from pytest_errcodes.text.wording import escape, show_value

if TYPE_CHECKING:
    from syrupy.types import PropertyMatcher, PropertyPath

# Two points in time may be equal in one run and differ in the next; ids may not.
_NUMBERED = frozenset({"id", "uuid", "secret"})
#: A value that its key told is looked for in texts if it is no shorter: "7" stands in many.
_SHORTEST_IN_TEXTS = 6
#: Without a digit a shorter one may be a word.
_LONG = 16
_DIGIT = re.compile(r"\d", re.ASCII)
_MARK = re.compile(r"<[a-z]+(?: \d+)?>")
_NOTHING = frozenset({"", "0", "-1"})
#: A mapping of a class of its own may have no end.
_MOST_MEMBERS = 1_000_000


class Masks:
    """The marks of one snapshot, which keep what is the same and what is not.

    Where several ids were masked, each gets a number, and equal ones the same: ``<id 1>``,
    ``<id 2>``. An id or a secret that a key told is masked in texts as well, with the mark it has
    there. Which there are is known only once all was masked, so whoever writes a snapshot masks
    it all again while ``advance`` says so.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._numbers: dict[str, dict[object, int]] = {}
        #: What keys told, as it stands in texts, by its kind; and what finds it there.
        self._told: dict[str, str] = {}
        self._in_texts: re.Pattern[str] | None = None
        self._is_counted = False

    def advance(self) -> bool:
        """Return whether all must be masked again, now that more is known of it."""
        if self._told and self._in_texts is None:
            words = "|".join(map(re.escape, sorted(self._told, key=len, reverse=True)))
            self._in_texts = re.compile(rf"(?<![\w-])(?:{words})(?![\w-]|\.\d)")
            self._counts.clear()
            return True
        if self._is_counted or all(count < 2 for count in self._counts.values()):
            return False
        self._is_counted = True
        return True

    def make_matcher(self, first: PropertyMatcher | None) -> PropertyMatcher:
        """Return a matcher of syrupy that masks what ``first`` leaves as it is."""

        def mask_value(*, data: Any, path: PropertyPath) -> Any:
            chosen = first(data=data, path=path) if first else data
            return self.mask(data, find_key(path, data)) if chosen is data else chosen

        return mask_value

    def mask(self, value: Any, key: str | None = None) -> Any:
        """Return what is written for a value of the data.

        Args:
            value: The value; a container is returned as one that syrupy takes apart.
            key: Name of the field that holds it, directly or in lists; None when there is none.
        """
        if value is None or isinstance(value, bool | Repr):
            return value
        if key and is_secret(key, value):
            return self._mask_secret(value)
        kind = classify_key(key) if key else None
        if isinstance(value, str):
            return self._mask_string(value, kind)
        if isinstance(value, int | float | Decimal):
            return self._mask_number(value, kind)
        if isinstance(value, UUID | dt.date | dt.time):
            return self._mask_typed(value, kind)
        return self._mask_object(value)

    def mask_within(self, text: str) -> str:
        """Return ``text`` with what is secret or changes in it masked."""
        text = mask_text(text)
        if self._in_texts is not None:
            text = self._in_texts.sub(self._replace_told, text)
        return VOLATILE.sub(self._replace_volatile, text)

    def _mask_secret(self, value: Any) -> Any:
        if isinstance(value, Mapping | list | tuple):
            return Repr(MASK) if value else value
        if isinstance(value, str | int) and not isinstance(value, bool):
            return self._mark_told("secret", value) if value != "" else value
        return Repr(MASK)

    def _mask_string(self, text: str, kind: str | None) -> Any:
        if text.strip() in _NOTHING:
            return text
        found = VOLATILE.fullmatch(text)
        if kind and not (found and found["uuid"]):
            return self._mark_told(kind, text)
        masked = self.mask_within(text)
        if masked != text and _MARK.fullmatch(masked):
            return Repr(masked)
        if all(line.isprintable() for line in masked.split("\n")):
            return masked
        # Lines would be written as they are: no file takes a lone surrogate, no diff a return.
        return Repr(escape(repr(masked)))

    def _mask_number(self, number: float | Decimal, kind: str | None) -> Any:
        try:
            return self._judge_number(number, kind)
        except Exception:  # noqa: BLE001  # a number of a derived class may raise anything
            return Repr(self.mask_within(show_value(number)))

    def _judge_number(self, number: float | Decimal, kind: str | None) -> Any:
        if isinstance(number, Decimal):
            is_told = number.is_finite() and number > 0
            return self._mark_told(kind, number) if kind and is_told else number
        if kind and number > 0:
            return self._mark_told(kind, number)
        kind = classify_number(number)
        return self._mark(kind, number) if kind else number

    def _mask_typed(self, value: UUID | dt.date | dt.time, kind: str | None) -> Any:
        if isinstance(value, UUID):
            kind = "uuid"
        elif isinstance(value, dt.datetime):
            kind = kind or "timestamp"
        elif isinstance(value, dt.date):
            kind = kind or "date"
        return self._mark(kind, value) if kind else value

    def _mask_object(self, value: Any) -> Any:
        """Return what syrupy takes apart, or the masked repr of what it would not."""
        try:
            parts = _take_apart(value)
            if parts is not None:
                return self._mask_members(parts)
        except Exception:  # noqa: BLE001, S110  # a foreign object may raise anything
            pass
        return Repr(self.mask_within(show_value(value)))

    def _mask_members(self, parts: Any) -> Any:
        """Return a container, in which is masked what only the members beside it tell."""
        hidden = find_secrets_inside(parts)
        if isinstance(parts, Mapping):
            told = [key for key in hidden if not isinstance(key, str) or not looks_secret(key)]
            return {**parts, **{key: self._mask_secret(parts[key]) for key in told}}
        if hidden and type(parts) in (list, tuple):
            return type(parts)([parts[0], self._mask_secret(parts[1])])
        return parts

    def _replace_told(self, found: re.Match[str]) -> str:
        return self._make_mark(self._told[found[0]], found[0])

    def _replace_volatile(self, found: re.Match[str]) -> str:
        kind = classify_match(found)
        return self._make_mark(kind, found[0]) if kind else found[0]

    def _mark_told(self, kind: str, value: object) -> Repr:
        """Return the mark of a value that its key told, and look for it in texts from now on."""
        if kind in _NUMBERED and self._in_texts is None and isinstance(value, str | int):
            text = str(value) if isinstance(value, str) else show_value(value)
            is_word = kind != "secret" and len(text) < _LONG and not _DIGIT.search(text)
            if len(text) >= _SHORTEST_IN_TEXTS and not is_word:
                self._told.setdefault(text, kind)
        return self._mark(kind, value)

    def _mark(self, kind: str, value: object) -> Repr:
        """Return the mark of a whole value, which says of what type it is unless it is a text."""
        mark = self._make_mark(kind, value)
        if isinstance(value, str) or kind == "date":
            return Repr(mark)
        is_number = isinstance(value, int | float | Decimal)
        return Repr(f"{mark} ({'number' if is_number else type(value).__name__})")

    def _make_mark(self, kind: str, value: object) -> str:
        if kind not in _NUMBERED:
            return f"<{kind}>"
        if not self._is_counted:
            self._counts[kind] += 1
        elif self._counts[kind] > 1:
            numbers = self._numbers.setdefault(kind, {})
            return f"<{kind} {numbers.setdefault(identify(value), len(numbers) + 1)}>"
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
        return data if _take_apart(data) is not None else Repr(escape(repr(data)))

    return matcher


def find_key(path: PropertyPath, data: Any) -> str | None:
    """Return the name of the field that holds ``data``, directly or in lists."""
    for name, _ in reversed(path):
        # The elements of a set are their own names in a path.
        if isinstance(name, str) and name is not data:
            return name
    return None


def _take_apart(value: Any) -> Any:
    """Return a container whose parts are written one by one; None for any other value.

    Models are mappings here, since what syrupy makes of them depends on its release.
    """
    cls: Any = type(value)
    if isinstance(value, dict):
        return value
    if isinstance(value, Mapping):
        names = list(islice(value, _MOST_MEMBERS + 1))
        if len(names) > _MOST_MEMBERS:
            raise OverflowError(len(names))  # it has no end: its beginning is shown
        return {name: value[name] for name in names}
    for listing in ("model_fields", "__attrs_attrs__", "__dataclass_fields__"):
        if fields := getattr(cls, listing, None):
            names = [field if isinstance(field, str) else field.name for field in fields]
            return {name: getattr(value, name) for name in names}
    if isinstance(value, list | tuple | set | frozenset) or cls.__repr__ is object.__repr__:
        return value
    return None
