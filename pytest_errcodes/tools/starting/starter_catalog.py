"""The catalog that a project begins with: a shape, and the codes that are known so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.files.catalog_writing import write_catalog
from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.catalog.model import ErrorCode, Section, integer_of
from pytest_errcodes.catalog.placeholders import cover_foreign
from pytest_errcodes.errors import ErrcodesError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle

_STYLES: tuple[PlaceholderStyle, ...] = ("printf", "format", "none")


def make_catalog(
    name: str,
    shapes: tuple[EnvelopeShape, ...],
    examples: Mapping[Code, str],
    http_status: int,
    shape_names: Mapping[Code, str] | None = None,
) -> Catalog:
    """Return a catalog of a few codes: one section, and one for each further shape.

    Args:
        name: Its name.
        shapes: The shapes of its envelopes, the default one first.
        examples: The codes with their messages; what stands for an empty one is made of the code.
        http_status: The HTTP status of an error.
        shape_names: The further shapes in which codes come; the others come in the default one.
    """
    names = shape_names or {}
    sections = {"": Section("errors", "Errors", "")}
    for shape in filter(None, names.values()):
        sections.setdefault(shape, Section(f"errors-{shape}", "Errors", "", shape))
    codes = [
        ErrorCode(
            code,
            message or say_code(code),
            sections[names.get(code, "")],
            style=shapes[0].placeholders,
            http_status=http_status,
        )
        for code, message in examples.items()
    ]
    used = dict.fromkeys(code.section for code in codes)
    ordered = [one for one in sections.values() if one in used]
    codes.sort(key=lambda code: ordered.index(code.section))
    return Catalog(name, codes, sections=ordered, shapes=shapes, http_status=http_status)


def check_catalog(catalog: Catalog, file: str) -> tuple[Catalog, str]:
    """Return a catalog as its file will load, and the text of that file.

    Raises:
        CatalogError: It holds what no catalog may (``catalog-invalid``), such as a success rule
            that no answer can meet.
    """
    text = write_catalog(catalog)
    return parse_catalog(text, file), text


def choose_style(shape: EnvelopeShape, examples: Mapping[Code, str]) -> EnvelopeShape:
    """Return a shape whose style of placeholders finds none in the messages.

    They came from the wire, so that a ``%s`` in them is none.
    """
    for style in _STYLES:
        styled = shape.replaced(placeholders=style)
        try:
            catalog = make_catalog("any", (styled,), examples, 200)
            if not any(map(_seems_template, catalog.values())):
                check_catalog(catalog, "any.toml")
                return styled
        except ErrcodesError:
            continue
    return shape.replaced(placeholders="none")


def _seems_template(code: ErrorCode) -> bool:
    """Return whether a message has a placeholder, or what is one in another style."""
    if code.style == "none":
        return False
    return bool(code.template.placeholders or cover_foreign(code.message, code.style)[1])


def as_code(text: str, shape: EnvelopeShape) -> Code:
    """Return the code that a text is, of the shape's type."""
    number = integer_of(text)
    return text if number is None or shape.code_type == "string" else number


def say_code(code: Code) -> str:
    """Return what stands for a message that is not known: a catalog must have one."""
    words = str(code).replace("_", " ").replace("-", " ").strip()
    return f"Error {code}" if integer_of(str(code)) is not None or not words else words
