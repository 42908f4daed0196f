"""What is known of one piece of source: its literals, and what is done with each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.findings import Place

UseKind = Literal[
    "value", "compared", "searched", "bound", "keyword", "argument", "envelope", "stored"
]
#: What is known of the type of a value: ``wire``, it is what the API sent; ``attribute``, the
#: declaration of an attribute may tell; ``text`` or ``integer``; ``unknown``.
ValueType = Literal["wire", "attribute", "text", "integer", "unknown"]


@dataclass(frozen=True, slots=True)
class Use:
    """What source does with a literal.

    Attributes:
        kind: ``compared`` with something for equality, alone or among others; ``searched`` for in
            a text; ``bound`` of a range; passed as a ``keyword`` or as an ``argument`` of one of
            our markers and helpers; the code of an ``envelope`` that is written out; ``stored``
            as a key, a member, an element or a constant; any other ``value``.
        name: What it is compared with or searched for in, what it is passed to, or where it is
            stored.
        other: The type of what it is compared with.
        group: Where the collection begins that it is stored in; 0 for none.
        decides: Whether the program goes one way or another by it, which an assertion does not.
    """

    kind: UseKind = "value"
    name: str = ""
    other: ValueType = "unknown"
    group: int = 0
    decides: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """The function, or else the module, that something stands in.

    Attributes:
        name: Its name, after those of the classes and functions around it; empty for a module.
        line: The line on which it begins.
        catalog: The catalog that a marker ``errcodes(catalog=...)`` names for it; empty if none.
    """

    name: str = ""
    line: int = 0
    catalog: str = ""


MODULE = Scope()


@dataclass(frozen=True, slots=True)
class SourceLiteral:
    """One integer or text that source holds.

    Attributes:
        value: What stands there.
        place: Where it begins.
        use: What is done with it.
        scope: The function it stands in.
    """

    value: Code
    place: Place
    use: Use = Use()
    scope: Scope = MODULE


@dataclass(frozen=True, slots=True)
class CodeRange:
    """A range of integers by which source decides.

    Attributes:
        low: The first of them.
        high: The last of them.
    """

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What one file says.

    Attributes:
        literals: Its integers and texts, in the order of the file.
        ranges: The ranges that its codes are compared with.
        declared: The types that it declares for attributes, by name.
        called: The words of the paths and calls in each function.
        fault: Why it could not be read, or not by its syntax; empty if all is well.
    """

    literals: tuple[SourceLiteral, ...] = ()
    ranges: tuple[CodeRange, ...] = ()
    declared: Mapping[str, frozenset[ValueType]] = field(default_factory=dict)
    called: Mapping[Scope, frozenset[str]] = field(default_factory=dict)
    fault: str = ""

    def keep_for(self, catalog: Catalog) -> SourceFacts:
        """Return the facts without what a marker says is of another catalog."""
        names = ("", catalog.name, catalog.source)
        if all(literal.scope.catalog in names for literal in self.literals):
            return self
        kept = tuple(literal for literal in self.literals if literal.scope.catalog in names)
        return replace(self, literals=kept)
