"""Importing what is a catalog already: a catalog file, or what ``export_catalog`` wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.files.loading import load_catalog
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_errcodes.tools.importing.exported_catalog import Export
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


def decode_export(data: bytes) -> str | None:
    """Return the text of a file that begins as an exported one does; None for any other.

    Its texts may hold what is found in no other text file, such as NUL.
    """
    from pytest_errcodes.tools.exporting.csv_writer import COLUMNS
    from pytest_errcodes.tools.exporting.json_writer import SCHEMA

    head = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    begins = (",".join(COLUMNS).encode(), b"---\nerrcodes:", b"---\r\nerrcodes:")
    if not head.startswith(begins) and SCHEMA.encode() not in head:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def read_export(text: str, base: Catalog | None) -> Export | None:
    """Return what an exported file says; None if the text is no such file.

    Args:
        text: The file, with its line ends as they are.
        base: What says name, title, HTTP status and envelope where the format has no place for
            them; without it, a CSV file is read like any other table.
    """
    if text.startswith("---"):
        from pytest_errcodes.tools.importing.exported_tables import read_markdown

        return read_markdown(text)
    if text.lstrip().startswith("{"):
        from pytest_errcodes.tools.importing.exported_catalog import read_json

        return read_json(text)
    if base is not None:
        from pytest_errcodes.tools.importing.exported_tables import read_csv

        return read_csv(text, base)
    return None
