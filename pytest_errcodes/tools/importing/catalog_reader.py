"""Importing what is a catalog already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.files.loading import load_catalog
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_errcodes.tools.importing.import_options import ImportOptions


def load(path: Path, options: ImportOptions) -> Catalog:
    """Return the catalog of a TOML file, under the name and title that the options give it.

    A base has nothing to add: a catalog says all that a base could.

    Raises:
        ErrcodesUsageError: The options say how to read a source of another kind
            (``import-option``).
        CatalogError: What it holds is refused.
    """
    others = {
        "--format": options.format,
        "--encoding": options.encoding,
        "--code-column": options.code_column,
        "--message-column": options.message_column,
        "--section": options.section,
        "--code-type": options.code_type,
    }
    given = [option for option, value in others.items() if value is not None]
    if given:
        raise ErrcodesUsageError(
            "import-option",
            f"{path} is a catalog already: {', '.join(given)} would change nothing",
            "give --name and --title alone, or change the file",
        )
    catalog = load_catalog(path)
    if options.name is None and options.title is None:
        return catalog
    title = "" if catalog.title == catalog.name else catalog.title  # then it follows the name
    return Catalog(
        options.name or catalog.name,
        catalog.values(),
        sections=catalog.sections,
        shapes=catalog.shapes,
        title=options.title or title,
        source=catalog.source,
        http_status=catalog.http_status,
        lint_ignore=catalog.lint_ignore,
    )
