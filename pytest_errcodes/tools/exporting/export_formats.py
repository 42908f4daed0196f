"""The formats that a catalog can be written in: what each is, and what writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.files.catalog_writing import write_catalog
from pytest_errcodes.catalog.foreign_arguments import take_text
from pytest_errcodes.catalog.given_catalogs import check_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.exporting import (
    csv_writer,
    json_writer,
    markdown_writer,
    openapi_writer,
    python_writer,
    stubs_writer,
    typescript_writer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.catalog.catalog import Catalog


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format that a catalog can be written in.

    Attributes:
        name: What ``--format`` calls it.
        summary: What it is, in a few words.
        write: Returns the text of a catalog, with the line ends of the format.
    """

    name: str
    summary: str
    write: Callable[[Catalog], str]


#: In the order of their names; a writer that is added has a row here.
FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat(
        "csv", "one code a row; what the whole catalog has in common is left out", csv_writer.write
    ),
    ExportFormat("json", "all of the catalog, by a published schema", json_writer.write),
    ExportFormat("markdown", "a table for each section, for people", markdown_writer.write),
    ExportFormat("openapi", "components of an OpenAPI 3.1 document, as JSON", openapi_writer.write),
    ExportFormat(
        "python",
        "a module with an enum, and an exception for each section and code",
        python_writer.write,
    ),
    ExportFormat(
        "stubs",
        "a module whose types know the codes: a wrong one is a type error",
        stubs_writer.write,
    ),
    ExportFormat("toml", "the catalog file that load_catalog reads", write_catalog),
    ExportFormat(
        "typescript",
        "a constant object of the codes, their union, and their messages",
        typescript_writer.write,
    ),
)


def export_catalog(catalog: Catalog, format: str) -> str:  # noqa: A002  # what --format is called
    """Return a catalog as the text of a file in another format.

    Args:
        catalog: The catalog.
        format: ``csv``, ``json``, ``markdown``, ``openapi``, ``python``, ``stubs``, ``toml`` or
            ``typescript``.

    Raises:
        ErrcodesUsageError: There is no such format (``export-format``), or it cannot hold one of
            the codes (``export-code``).
    """
    __tracebackhide__ = True
    check_catalog(catalog, "export_catalog(...)")
    name = take_text("export_catalog(format=...)", format, f"pass one of {_name_formats()}")
    found = next((one for one in FORMATS if one.name == name), None)
    if found is None:
        raise _explain_unknown(name)
    return found.write(catalog)


def _name_formats() -> str:
    return ", ".join(known.name for known in FORMATS)


def _explain_unknown(name: str) -> ErrcodesUsageError:
    """Return the error for a format that is not there, with the nearest one."""
    from pytest_errcodes.text.nearest import suggest

    names = [known.name for known in FORMATS]
    return ErrcodesUsageError(
        "export-format",
        f"no format is named {name!r}; there are {', '.join(names)}",
        suggest(name, names, "write one of them"),
    )
