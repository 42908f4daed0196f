"""The fields of an envelope in its JSON: those of the object itself, or deeper down by a path."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

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
        elif isinstance(value, list) and _is_place(name):
            value = value[int(name)] if int(name) < len(value) else ABSENT
        else:
            return ABSENT
    return value


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
        inner = _go_into(inner, step, [] if _is_place(following) else {}) if all(steps) else None
    if not _put(inner, steps[-1], value):
        mapping[path] = value


def _is_place(step: str) -> bool:
    """Whether a step of a path is a place in a list: a small number."""
    return step.isascii() and step.isdigit() and len(step) <= _LONGEST_PLACE


def _go_into(holder: Any, step: str, made: list[Any] | dict[str, Any]) -> Any:
    """Return what stands at a step, made where nothing does; None where that cannot be."""
    if isinstance(holder, dict):
        return holder.setdefault(step, made)
    if isinstance(holder, list) and _is_place(step) and len(holder) > int(step):
        found = holder[int(step)]
        if found is not None:
            return found
    return made if _put(holder, step, made) else None


def _put(holder: Any, step: str, value: Any) -> bool:
    """Put a value into an object, or into a list, which is filled with None up to its place."""
    if isinstance(holder, dict):
        holder[step] = value
    elif isinstance(holder, list) and _is_place(step):
        holder += [None] * (int(step) + 1 - len(holder))
        holder[int(step)] = value
    else:
        return False
    return True
