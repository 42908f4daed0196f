"""Reading back what ``export_catalog`` wrote, to the letter and without guessing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.tools.importing.exported_catalog import Export


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
