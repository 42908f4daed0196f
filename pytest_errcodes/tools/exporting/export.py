"""``export_catalog``: a catalog as the text of any declared format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.exporting import (  # noqa: F401  # each declares its format
    csv_writer,
    json_writer,
    markdown_writer,
    openapi_writer,
    python_writer,
    stubs_writer,
    toml_writer,
    typescript_writer,
)
from pytest_errcodes.tools.exporting.export_formats import DECLARED, ExportFormat

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog

#: The formats, in the order of their names.
FORMATS: tuple[ExportFormat, ...] = tuple(DECLARED[name] for name in sorted(DECLARED))


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
    found = DECLARED.get(format)
    if found is None:
        raise _unknown(format)
    return found.write(catalog)


def _unknown(name: str) -> ErrcodesUsageError:
    from pytest_errcodes.text.nearest import nearest_words

    names = [known.name for known in FORMATS]
    near = nearest_words(name, names)
    return ErrcodesUsageError(
        "export-format",
        f"no format is named {name!r}; there are {', '.join(names)}",
        f"did you mean {near[0]}?" if near else "write one of them",
    )
