"""What to do about JSON and objects whose code stands elsewhere."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.envelope.broken_objects import get_attribute, name_class
from pytest_errcodes.text.true_kinds import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_FIELDS = 3
_DEEPEST = 3
_MOST_MEMBERS = 50
#: A mapping of others may have no end, and so may those in it.
_MOST_MAPPINGS = 100
_GIVE = "give it an attribute 'code', 'envelope' or 'response'"


def advise_on_fields(mapping: Mapping[Any, Any]) -> str:
    """Return a hint when fields look like the code under another name, nested ones as a path."""
    found = _find_paths(mapping, "", 0, iter(range(_MOST_MAPPINGS)))
    paths = list(dict.fromkeys(found))[:_MOST_FIELDS]
    if not paths:
        return ""
    setting = f'[envelope] code = "{paths[0]}"'
    if len(paths) == 1:
        return f"if {paths[0]!r} is the code, the catalog must say so: {setting}"
    listed = " or ".join(map(repr, paths))
    return f"if {listed} is the code, the catalog must say so: {setting}"


def _find_paths(
    mapping: Mapping[Any, Any], prefix: str, depth: int, left: Iterator[int]
) -> Iterator[str]:
    """Yield the paths of what looks like a code, the shortest first; ``left`` counts mappings."""
    if next(left, None) is None:
        return
    first = islice(mapping.items(), _MOST_MEMBERS)
    members = [(name, value) for name, value in first if isinstance(name, str)]
    for name, value in members:
        if looks_like_code(name) and not (is_a(value, Mapping) or is_a(value, list)):
            yield prefix + name
    for name, value in members:
        if is_a(value, Mapping) and depth < _DEEPEST:
            yield from _find_paths(value, f"{prefix}{name}.", depth + 1, left)


def looks_like_code(name: str) -> bool:
    """Whether a field or attribute is called as if it held a code."""
    lowered = name.lower()
    return "code" in lowered or lowered.replace("_", "") in ("errno", "errorno", "errornumber")


def advise_on_object(obj: object) -> str:
    """Return a hint for an object that has no code."""
    if inspect.isawaitable(obj):
        return "await it first"
    if name_class(obj) in ("ExceptionInfo", "RaisesCode", "RaisesExc", "RaisesGroup"):
        return "pass its .value, after the with block"
    if type(obj) in (tuple, int):
        return _advise_on_parts(obj)
    names = [name for name in _list_attributes(obj) if looks_like_code(name)]
    if names and not isinstance(obj, type):
        name = names[0]
        setting = f'[envelope] attributes = ["{name}"]'
        return f"if {name!r} holds the code, the catalog must say so: {setting}"
    return _GIVE if isinstance(obj, BaseException) else ""


def _advise_on_parts(obj: object) -> str:
    """Return a hint for a code that a client returns by itself, or in a tuple."""
    from pytest_errcodes.active.context import current

    shape = current().catalog.shape
    if "." in f"{shape.code}{shape.message}":
        return "a form of the client's own is read by the hook pytest_errcodes_envelope"
    named = f"SimpleNamespace({shape.code}=result)"  # needs no message, as a mapping does
    if type(obj) is tuple:
        message = f', "{shape.message}": result[1]' if shape.message else ""
        named = f'{{"{shape.code}": result[0]{message}}}'
    return f"where it is what the client returned, name its parts: {named}"


def find_held_exception(obj: object) -> str:
    """Return the attribute in which an object holds an exception that it caught; empty for none."""
    for name in ("value", "exception"):
        held = get_attribute(obj, name)
        if held is not ABSENT and isinstance(held, BaseException):
            return name
    return ""


def _list_attributes(obj: object) -> list[str]:
    """Return the names of an object's own attributes that hold a number or a text."""
    try:
        own = vars(obj)
    except Exception:  # noqa: BLE001  # it has none, or its __dict__ raises anything
        return []
    if type(own) is not dict:  # one of its class's own, which may have no end
        return []
    return [
        name
        for name, value in own.items()
        if isinstance(value, int | str) and not isinstance(value, bool)
    ]
