"""What is a code among the values of fields and attributes, and what a value is called."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, Code, EnvelopeShape

_MOST_VALUES = 2_000


def find_code(value: Any, shape: EnvelopeShape, catalog: Catalog) -> Code | None:
    """Return a value as a plain integer or text, if it may be a code; a member of an enum its own.

    Where codes may be written both ways, or the shape writes them otherwise than the catalog, it
    is written as the catalog writes its codes.
    """
    kind = type(value)
    if kind is int or kind is str:
        code: Code = value
    else:
        if isinstance(value, enum.Enum) and not isinstance(value, int | str):
            value = value.value
        if isinstance(value, bool) or not isinstance(value, int | str):
            return None
        code = int.__int__(value) if isinstance(value, int) else str.__str__(value)
    if is_of_catalog(shape, catalog):
        return code
    from pytest_errcodes.catalog.model import other_spelling

    other = other_spelling(code)
    if code not in catalog and other in catalog:
        return other
    is_text = isinstance(code, str)
    writes_integers = isinstance(next(iter(catalog), 0), int)
    return other if code not in catalog and is_text and writes_integers else code


def is_of_catalog(shape: EnvelopeShape, catalog: Catalog) -> bool:
    """Return whether a shape writes codes of one type, and the catalog writes them so."""
    return shape.code_type != "either" and shape.code_type == catalog.shape.code_type


def fits_type(code: Code | None, shape: EnvelopeShape, catalog: Catalog) -> bool:
    """Return whether a code that was read is of a type that its shape gives it.

    One that the shape writes otherwise than the catalog was read as the catalog writes it.
    """
    return code is None or shape.allows(code) or not is_of_catalog(shape, catalog)


def is_documented(code: Code | None, catalog: Catalog) -> bool:
    """Return whether a catalog has a code: as an error, or to mean success."""
    return code is not None and (
        code in catalog or any(shape.is_success(code) for shape in catalog.shapes)
    )


def are_same_code(one: Code | None, other: Code | None) -> bool:
    """Return whether two codes are one, in whatever type: 401009 and "401009"."""
    if one is None or other is None:
        return False
    return one == other or spell_code(one) == spell_code(other)


def spell_code(code: Code) -> str:
    """Return a code as a text; one of thousands of digits, which Python does not write, in hex."""
    if isinstance(code, str):
        return code.strip()
    return str(code) if code.bit_length() < 1_000 else hex(code)


def has_code_within(value: Any, code: Code) -> bool:
    """Whether a field that is called like a code holds ``code``, anywhere in a JSON value."""
    from pytest_errcodes.envelope.field_advice import looks_like_code

    waiting = [value]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return False
        one = waiting.pop()
        if isinstance(one, Mapping):
            for name, inner in islice(one.items(), max(0, _MOST_VALUES - len(waiting))):
                is_code = isinstance(name, str) and looks_like_code(name)
                if is_code and isinstance(inner, int | str) and are_same_code(inner, code):
                    return True
                waiting.append(inner)
        elif isinstance(one, list | tuple):
            waiting += one
    return False
