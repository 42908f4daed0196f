"""Copies of values from outside, to be shown: their secrets masked, and no more than is read.

A value may hold itself, or millions of values, or be of a class whose iteration never ends.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from pytest_errcodes.text.secrets import (
    MASK,
    find_secrets_inside,
    find_told,
    is_secret,
    mask_text,
)
from pytest_errcodes.text.true_kinds import is_mapping, is_one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: So much more is looked at than is shown, for what tells behind a value that it is secret.
_BEYOND = 300
_DEEPEST = 100
#: A mapping of others may have no end.
_MOST_MEMBERS = 100_000
#: Python may take seconds to write longer ones, or refuse to.
_MOST_DIGITS = 4_000
_BITS_OF_A_DIGIT = 3.3219281
_TOO_DEEP = "<nested too deep to show>"
_UNREADABLE = "<cannot be read>"
_LISTS = (list, tuple)
#: What goes through all members to write itself, by ``__iter__`` of a derived class too.
_WHOLE = (set, frozenset, deque)
_FRAMES = {set: "({{{}}})", frozenset: "({{{}}})", deque: "([{}])"}
_get_arguments = vars(BaseException)["args"].__get__


def mask_data(data: Any) -> Any:
    """Return a deep copy of ``data`` with each secret replaced by ``<secret>``.

    Mappings become dicts; lists and tuples stay what they are; strings pass through
    ``mask_text``. None and booleans are kept: they say whether a secret was there. What is too
    deep, holds itself, or has no end is only named.
    """
    try:
        return _Copier(None).copy(data, ())
    except Exception:  # noqa: BLE001  # a foreign container may raise anything
        return _UNREADABLE


def mask_beginning(data: Any, most: int) -> Any:
    """Return the beginning of such a copy, whose repr has at least so many characters.

    Of what takes more, the rest is left out: the time does not grow with the data.
    """
    return _Copier(most).copy(data, ())


def copy_beginning(data: Any, most: int) -> Any:
    """Return the beginning of a copy in which nothing is masked."""
    return _Copier(most, masks=False).copy(data, ())


class _Written:
    """What is shown by a text that stands for it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


class _Copier:
    """Copies one value, its secrets masked; no more of it than was asked for."""

    def __init__(self, most: int | None, *, masks: bool = True) -> None:
        self._left = most
        self._masks = masks
        self._foreign = _MOST_MEMBERS  # of mappings of others, all together

    def copy(self, data: Any, outer: tuple[int, ...]) -> Any:
        """Copy a value; ``outer`` names the containers around it, by their ids.

        Inside a container, what cannot be read is only named.
        """
        if not outer:
            return self._copy(data, outer)
        try:
            return self._copy(data, outer)
        except Exception:  # noqa: BLE001  # a foreign container may raise anything
            return _UNREADABLE

    def _copy(self, data: Any, outer: tuple[int, ...]) -> Any:
        kind = type(data)
        if issubclass(kind, str):
            return self._copy_text(data)
        if len(outer) > _DEEPEST or id(data) in outer:
            return _TOO_DEEP
        if is_mapping(data):
            return self._copy_mapping(data, (*outer, id(data)))
        if kind is list or kind is tuple:
            return self._copy_list(data, (*outer, id(data)))
        if self._left is None or is_one_of(kind, (type(None), bool, float)):
            self._take(1)
            return data
        return self._copy_other(data, (*outer, id(data)))

    def _copy_text(self, data: Any) -> Any:
        whole = str.__str__(data)
        text = whole if self._left is None else whole[: max(self._left, 0) + _BEYOND]
        shown = mask_text(text) if self._masks else text
        self._take(len(shown) + 2)
        return data if shown == whole else shown

    def _copy_mapping(self, data: Mapping[Any, Any], outer: tuple[int, ...]) -> dict[Any, Any]:
        hidden = find_told(data) if self._masks else ()
        copy = {}
        is_foreign = type(data) is not dict
        for key, value in data.items():
            if self._is_full():
                break
            self._foreign -= is_foreign
            if self._foreign < 0:
                raise OverflowError
            self._take(len(key) + 4 if type(key) is str else 1)
            is_hidden = self._masks and (is_secret(key, value) or key in hidden)
            copy[key] = MASK if is_hidden else self.copy(value, outer)
        return copy

    def _copy_list(self, data: Any, outer: tuple[int, ...]) -> Any:
        hidden = find_secrets_inside(data) if self._masks else ()
        copy = []
        for index, value in enumerate(data):
            if self._is_full():
                break
            self._take(2)
            copy.append(MASK if index in hidden else self.copy(value, outer))
        return tuple(copy) if type(data) is tuple else copy

    def _copy_other(self, data: Any, outer: tuple[int, ...]) -> Any:
        """Copy what Python writes itself, also where a derived class has no way of its own."""
        kind = type(data)
        writer = _find_writer(kind)
        if kind is bytes or kind is bytearray:
            data = data[: max(self._left or 0, 0) + _BEYOND]
            self._take(len(data))
        elif is_one_of(writer, _LISTS):
            return self._copy_list(writer(writer.__iter__(data)), outer)
        elif is_one_of(writer, _WHOLE):
            return self._write_members(data, writer.__iter__(data), _FRAMES[writer], outer)
        elif writer is BaseException:
            return self._write_members(data, _get_arguments(data), "({})", outer)
        elif writer is int and (digits := _count_digits(data)) > _MOST_DIGITS:
            return _Written(f"an integer of {digits:,} digits")
        self._take(1)
        return data

    def _write_members(
        self, data: Any, values: Iterable[Any], frame: str, outer: tuple[int, ...]
    ) -> _Written:
        """Write what an object begins with that is written by its members, as Python does."""
        members = []
        for value in values:
            if self._is_full():
                break
            self._take(2)
            members.append(repr(self.copy(value, outer)))
        text = ", ".join(members)
        if type(data) is set and members:
            return _Written(f"{{{text}}}")
        name: str = type.__dict__["__name__"].__get__(type(data))
        is_empty = frame == "({{{}}})" and not members
        return _Written(name + ("()" if is_empty else frame.format(text)))

    def _take(self, count: int) -> None:
        if self._left is not None:
            self._left -= count

    def _is_full(self) -> bool:
        return self._left is not None and self._left < -_BEYOND


def _count_digits(number: Any) -> int:
    return int(int.bit_length(number) / _BITS_OF_A_DIGIT) + 1


def _find_writer(kind: type) -> Any:
    """Return the class whose ``__repr__`` writes the objects of another."""
    for base in type.mro(kind):
        if "__repr__" in type.__dict__["__dict__"].__get__(base):
            return base
    return object
