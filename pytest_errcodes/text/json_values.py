"""Any value as JSON can hold it: short, without secrets, whatever it was."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from pytest_errcodes.text.secrets import MASK, find_secrets_inside, mask_text
from pytest_errcodes.text.true_kinds import is_mapping
from pytest_errcodes.text.wording import join_lines, shorten, show_code, show_value

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_BITS = 128
_MOST_VALUES = 200
_DEEPEST = 20
_LONGEST = 200
# More than is kept, so that a secret is found whole; a text may have 50 MB.
_MOST_MASKED = 4_000
_CUT = "…"


def json_value(value: object) -> Any:
    """Return a value as JSON can hold it.

    Texts are masked and cut, of large containers the first members are kept, numbers that JSON
    does not know, or of hundreds of digits, and objects of all other types become texts.
    """
    return _Writer().write(value, _DEEPEST)


def json_text(text: str) -> str:
    """Return the beginning of a text: secrets masked, what does not print in its lines escaped."""
    return join_lines(shorten(mask_text(text[:_MOST_MASKED]), _LONGEST).split("\n"))


class _Writer:
    """Writes one value; no more than so many inside it, since each may be a container again."""

    def __init__(self) -> None:
        self._left = _MOST_VALUES

    def write(self, value: Any, depth: int) -> Any:
        kind = type(value)  # its __class__ may say anything
        try:
            if value is None or kind is bool:
                return value
            if issubclass(kind, str):
                return json_text(str.__str__(value))
            if issubclass(kind, int | float):
                return _write_number(value)
            if is_mapping(value):
                return self._write_mapping(value, depth)
            if kind is list or kind is tuple:
                return self._write_list(value, depth)
        except Exception:  # noqa: BLE001, S110  # a foreign container may raise anything
            pass
        return json_text(show_value(value, _LONGEST))

    def _write_mapping(self, mapping: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        written: dict[str, Any] = {}
        hidden = find_secrets_inside(mapping, _MOST_VALUES)
        for key, value in mapping.items():
            if not self._take(depth):
                written[_CUT] = _CUT
                break
            name = json_text(str.__str__(key) if issubclass(type(key), str) else show_value(key))
            written[name] = MASK if key in hidden else self.write(value, depth - 1)
        return written

    def _write_list(self, values: list[Any] | tuple[Any, ...], depth: int) -> list[Any]:
        written: list[Any] = []
        hidden = find_secrets_inside(values)
        for index, value in enumerate(values):
            if not self._take(depth):
                written.append(_CUT)
                break
            written.append(MASK if index in hidden else self.write(value, depth - 1))
        return written

    def _take(self, depth: int) -> bool:
        self._left -= 1
        return depth > 0 and self._left >= 0


def _write_number(number: float) -> int | float | str:
    if isinstance(number, int):
        number = int.__int__(number)
        return number if number.bit_length() <= _MOST_BITS else show_code(number)
    number = float.__float__(number)
    return number if math.isfinite(number) else str(number)
