"""What sample answers tell of codes that were imported: the shape they come in, their message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.model import Section, integer_of
from pytest_errcodes.catalog.placeholders import is_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_errcodes.catalog.model import Code, ErrorCode


def join_samples(
    catalog: Catalog, examples: Mapping[Code, str], shape_names: Mapping[Code, str]
) -> Catalog:
    """Return an imported catalog with what samples tell of its codes.

    Args:
        catalog: The catalog.
        examples: The codes of samples, with their messages.
        shape_names: The further shapes in which some of them came; empty for the default one.
    """
    by_kind = _group_by_kind(shape_names)
    codes: list[ErrorCode] = []
    sections: dict[Section, None] = {}
    for code, entry in catalog.items():
        shape = shape_names.get(code, by_kind.get(_is_number(code), ""))
        section = entry.section
        if shape and section.shape != shape:
            section = Section(f"{section.id}-{shape}", section.title, section.label, shape)
        sections[section] = None
        message = examples.get(code, "")
        told = message if _is_better(message, entry) else entry.message
        codes.append(entry.replaced(message=told, section=section))
    ordered = list(sections)
    codes.sort(key=lambda one: ordered.index(one.section))
    return Catalog(
        catalog.name,
        codes,
        sections=ordered,
        shapes=catalog.shapes,
        title=catalog.title,
        http_status=catalog.http_status,
    )


def _group_by_kind(shape_names: Mapping[Code, str]) -> dict[bool, str]:
    """Return the one shape in which numbers came, and that of words, where each has one."""
    found: dict[bool, set[str]] = {}
    for code, name in shape_names.items():
        found.setdefault(_is_number(code), set()).add(name)
    return {kind: names.pop() for kind, names in found.items() if len(names) == 1}


def _is_number(code: Code) -> bool:
    return integer_of(str(code)) is not None


def _is_better(message: str, entry: ErrorCode) -> bool:
    """Return whether a message came where the import had but the name of a class."""
    return (
        bool(message)
        and entry.message == entry.exception.rpartition(".")[2]
        and is_plain(message, entry.style)
    )
