"""The fields of an envelope in its JSON: those of the object itself, or deeper down by a path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_errcodes.envelope.foreign_objects import ABSENT


def find_field(mapping: Mapping[Any, Any], path: str) -> Any:
    """Return what stands in a field; ``ABSENT`` where it is missing.

    Args:
        mapping: The object.
        path: The name of the field, or a path to it: ``error.code``. A field of that very name
            comes first.
    """
    found = mapping.get(path, ABSENT)
    if found is not ABSENT or "." not in path:
        return found
    value: Any = mapping
    for name in path.split("."):
        value = value.get(name, ABSENT) if isinstance(value, Mapping) else ABSENT
    return value


def put_field(mapping: dict[str, Any], path: str, value: Any) -> None:
    """Put a value into a field, with the objects on the path to it.

    Args:
        mapping: The object.
        path: The name of the field, or a path to it; where it cannot be one, it is a name.
        value: What to put there.
    """
    steps = path.split(".")
    inner: Any = mapping
    for step in steps[:-1]:
        inner = inner.setdefault(step, {}) if isinstance(inner, dict) and all(steps) else None
    if isinstance(inner, dict):
        inner[steps[-1]] = value
    else:
        mapping[path] = value
