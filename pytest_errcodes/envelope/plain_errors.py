"""Exceptions that say a code and a message and hold nothing else to be read: most clients'.

What they say is what ``ObjectReader`` would read, which a test holds; to ask an exception for each
of a hundred names, whether it has it or not, takes ten times as long.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.active.evidence import Evidence
from pytest_errcodes.envelope.attribute_names import (
    ANSWERS,
    HTTP_STATUSES,
    list_code_names,
    list_message_names,
)
from pytest_errcodes.envelope.broken_objects import name_class, write_error
from pytest_errcodes.envelope.foreign_objects import is_foreign_name
from pytest_errcodes.envelope.parts import Reading

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, EnvelopeShape

#: What Python's own exceptions are made from; they have none of the names.
_PYTHONS = frozenset([Exception, BaseException, object])
#: What a class has that answers in a way of its own when it is asked for an attribute.
_TRICKS = ("__getattr__", "__getattribute__", "__dict__", "__class__")
_HTTP_STATUSES = range(100, 600)


class _Names(NamedTuple):
    """The names that are asked for.

    Attributes:
        own: Those of the code and of the message in the default shape.
        all: Those under which an exception may have anything that is read.
    """

    own: frozenset[str]
    all: frozenset[str]


def read_plain_error(
    error: BaseException, shapes: tuple[EnvelopeShape, ...], catalog: Catalog
) -> Reading | None:
    """Return what an exception says whose own attributes are a documented code and a message.

    None for an exception that has more to be read, or that has it otherwise.
    """
    names = _list_own_names(catalog) if shapes is catalog.shapes else _list_names(shapes)
    kind = type(error)
    if names is None or type(kind) is not type:  # a metaclass may say anything
        return None
    held = vars(error)
    # Another type is a __dict__ of its class's own, which may have no end.
    if type(held) is not dict or names.all.intersection(held) != names.own:
        return None
    for base in kind.__mro__:
        if base in _PYTHONS:
            continue
        if not names.all.isdisjoint(vars(base)) or is_foreign_name(base.__qualname__):
            return None
    shape = shapes[0]
    code, message = held[shape.code], held[shape.message]
    if type(code) not in (int, str) or code not in catalog or code in _HTTP_STATUSES:
        return None
    if message is not None and type(message) is not str:
        return None
    evidence = Evidence("attribute", name_class(error), write_error(error))
    return Reading(code, message or None, None, shape, None, error, evidence=evidence)


@lru_cache(maxsize=64)
def _list_own_names(catalog: Catalog) -> _Names | None:
    """Return those of a catalog's shapes: it keeps its hash, and a shape works it out anew."""
    return _list_names(catalog.shapes)


@lru_cache(maxsize=64)
def _list_names(shapes: tuple[EnvelopeShape, ...]) -> _Names | None:
    """Return the names; None where a shape says that the code is found elsewhere."""
    shape, codes = shapes[0], list_code_names(shapes)[1]
    own = frozenset((shape.code, shape.message))
    if any(one.attributes for one in shapes) or shape.message in codes or shape.data in own:
        return None
    data = [one.data for one in shapes if one.data]
    others = (*list_message_names(shapes), *ANSWERS, *HTTP_STATUSES, *data, "data", *_TRICKS)
    names = frozenset((*codes, *others))
    # What each exception has, such as ``args``, would be read as well.
    has_all = names.intersection(dir(Exception)).difference(_TRICKS)
    return None if has_all else _Names(own, names)
