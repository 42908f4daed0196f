"""Codes in source that are compared with a value of another type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import other_spelling
from pytest_errcodes.tools.findings import Finding, Rule
from pytest_errcodes.tools.scanning.known_codes import find_documented, is_success, names_code
from pytest_errcodes.tools.scanning.source_names import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.tools.scanning.source_facts import SourceFacts, SourceLiteral, ValueType

CODE_TYPE = Rule(
    "code-type", "error", "A code compared with a value of another type, which is never equal."
)

_NOUNS = {"integer": "an integer", "text": "a text"}
_WIRE = {"integer": "integers", "string": "texts", "either": "integers or texts"}


def code_types(
    facts: SourceFacts, catalog: Catalog, declared: Mapping[str, frozenset[ValueType]]
) -> Iterator[Finding]:
    """Yield a finding for each documented code that can never equal what it is compared with.

    Args:
        facts: What one file says.
        catalog: What says of which type the codes are that the API sends.
        declared: The types that source declares for names, in all files.
    """
    for literal in facts.literals:
        use, value = literal.use, literal.value
        if use.kind != "compared" or not names_code(catalog, use.name):
            continue
        if find_documented(catalog, value) is None and not is_success(catalog, value):
            continue
        other = use.other
        if other == "attribute":
            other = _look_up_type(use.name, literal, declared)
        if other in _NOUNS and other != _type_of(literal):
            yield _never_equal(literal, _NOUNS[other])
        elif other == "wire" and not _is_sent(literal, catalog):
            yield _wrong_on_the_wire(literal, catalog)


def _type_of(literal: SourceLiteral) -> ValueType:
    return "integer" if isinstance(literal.value, int) else "text"


def _look_up_type(
    name: str, literal: SourceLiteral, declared: Mapping[str, frozenset[ValueType]]
) -> ValueType:
    """Return the type of an attribute: what source says of all that has its name."""
    types = declared.get(name, frozenset())
    if not types:
        return "wire"
    if len(types) > 1 or _type_of(literal) in types:
        return "unknown"
    return next(iter(types))


def _is_sent(literal: SourceLiteral, catalog: Catalog) -> bool:
    """Whether the API sends codes of a literal's type: in its default shape, or in one meant here.

    Another shape is meant where its name, or ``ws`` for ``websocket``, stands in the path of the
    file or in the name of the function or class, and for the codes of a section of that name.
    """
    if catalog.shape.allows(literal.value):
        return True
    around = {*words_of(literal.place.file), *words_of(literal.scope.name)}
    found = find_documented(catalog, literal.value)
    if found is not None:
        around.add(found.section.id)
    return any(_names(shape) & around for shape in _others(literal, catalog))


def _others(literal: SourceLiteral, catalog: Catalog) -> list[EnvelopeShape]:
    """Return the further shapes in which a literal could come."""
    return [shape for shape in catalog.shapes[1:] if shape.allows(literal.value)]


def _names(shape: EnvelopeShape) -> set[str]:
    """Return the words that name a shape."""
    words = {shape.name.lower(), *words_of(shape.name)}
    if words & {"websocket", "socket", "ws"}:
        words |= {"websocket", "websockets", "ws", "socket", "stream"}
    return words


def _never_equal(literal: SourceLiteral, noun: str) -> Finding:
    """Say what can be known without the catalog."""
    own = _NOUNS[_type_of(literal)]
    message = f"{literal.use.name} is {noun} here, and never equals {own}: {literal.value!r}"
    hint = f"write {other_spelling(literal.value)!r}"
    return Finding(CODE_TYPE, message, hint, literal.place, (literal.value,))


def _wrong_on_the_wire(literal: SourceLiteral, catalog: Catalog) -> Finding:
    """Say what the API sends."""
    own = _NOUNS[_type_of(literal)]
    sent = _WIRE[catalog.shape.code_type]
    message = f"the codes of catalog {catalog.name!r} are {sent}, and never equal {own}"
    others = " or ".join(shape.name for shape in _others(literal, catalog))
    hint = f"write {other_spelling(literal.value)!r} for {literal.value!r}"
    if others:
        hint += f"; only its shape {others} may bring {own}"
    return Finding(
        CODE_TYPE, f"{message}: {literal.value!r}", hint, literal.place, (literal.value,)
    )
