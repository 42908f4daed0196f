"""The fields of an envelope in its JSON: those of the object itself, or deeper down by a path."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_errcodes.text.true_kinds import is_a

if TYPE_CHECKING:
    from pytest_errcodes.catalog.envelope_fields import EnvelopeFields

ABSENT: Final = object()
"""Stands for a field or an attribute that is not there; None may well be its value."""

_LONGEST_PLACE = 4


def find_field(mapping: Mapping[Any, Any], path: str) -> Any:
    """Return what stands in a field; ``ABSENT`` where it is missing.

    Args:
        mapping: The object.
        path: The name of the field, or a path to it: ``error.code``, or through a list,
            ``errors.0.code``. A field of that very name comes first.
    """
    found = mapping.get(path, ABSENT)
    if found is not ABSENT or "." not in path:
        return found
    value: Any = mapping
    for name in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(name, ABSENT)
        elif isinstance(value, list) and is_place(name):
            value = value[int(name)] if int(name) < len(value) else ABSENT
        else:
            return ABSENT
    return value


def find_data(mapping: Mapping[Any, Any], shape: EnvelopeFields, *, has_code: bool = True) -> Any:
    """Return the data of an answer; None where there are none.

    Args:
        mapping: The answer.
        shape: Its shape.
        has_code: Whether the answer has a code; the body of one that has none may be all payload.
    """
    if not shape.data:
        return None
    if shape.data == "*":
        own = shape.own_fields(has_code=has_code)
        return {name: value for name, value in mapping.items() if name not in own} or None
    found = find_field(mapping, shape.data)
    if found is ABSENT:
        return None
    if shape.wraps_own and is_a(found, Mapping):
        own = shape.own_data_fields(has_code=has_code)
        return {name: value for name, value in found.items() if name not in own} or None
    return found


class PathEnd(NamedTuple):
    """Where a path ends that leads on.

    Attributes:
        place: The path to the last value that is there; empty for the object itself.
        value: That value.
    """

    place: str
    value: Any


def find_end(mapping: Mapping[Any, Any], path: str) -> PathEnd:
    """Return how far a path leads in an object: to its end, or to what it cannot go through."""
    end = PathEnd("", mapping)
    if mapping.get(path, ABSENT) is not ABSENT:
        return PathEnd(path, mapping[path])
    steps = path.split(".")
    for number in range(1, len(steps) + 1):
        place = ".".join(steps[:number])
        value = find_field(mapping, place)
        if value is ABSENT:
            break
        end = PathEnd(place, value)
    return end


def is_nothing(value: Any) -> bool:
    """Whether a field says nothing: null, false, an empty value, an object of nothing but nulls."""
    if isinstance(value, Mapping):
        return all(one is None for one in value.values())
    return value is None or value is False or (isinstance(value, str | list) and not value)


def put_field(mapping: dict[str, Any], path: str, value: Any) -> None:
    """Put a value into a field, with the objects and lists on the path to it.

    Args:
        mapping: The object.
        path: The name of the field, or a path to it; where it cannot be one, it is a name.
        value: What to put there.
    """
    steps = path.split(".")
    inner: Any = mapping
    for step, following in pairwise(steps):
        inner = _go_into(inner, step, [] if is_place(following) else {}) if all(steps) else None
    if not _put(inner, steps[-1], value):
        mapping[path] = value


def is_place(step: str) -> bool:
    """Whether a step of a path is a place in a list: a small number."""
    return step.isascii() and step.isdigit() and len(step) <= _LONGEST_PLACE


def _go_into(holder: Any, step: str, made: list[Any] | dict[str, Any]) -> Any:
    """Return what stands at a step, made where nothing does; None where that cannot be."""
    if isinstance(holder, dict):
        return holder.setdefault(step, made)
    if isinstance(holder, list) and is_place(step) and len(holder) > int(step):
        found = holder[int(step)]
        if found is not None:
            return found
    return made if _put(holder, step, made) else None


def _put(holder: Any, step: str, value: Any) -> bool:
    """Put a value into an object, or into a list, which is filled with None up to its place."""
    if isinstance(holder, dict):
        holder[step] = value
    elif isinstance(holder, list) and is_place(step):
        holder += [None] * (int(step) + 1 - len(holder))
        holder[int(step)] = value
    else:
        return False
    return True
