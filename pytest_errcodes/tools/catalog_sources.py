"""Reading a catalog out of anything: an embedded one, a catalog file, or a source to import."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.files.loading import is_embedded, is_path, load_catalog, parse_catalog
from pytest_errcodes.catalog.model import ErrorCode, other_spelling
from pytest_errcodes.disk.file_reading import is_folder, is_there
from pytest_errcodes.tools.importing import Imported, ImportOptions, import_catalog
from pytest_errcodes.tools.importing.import_source import Source, read_source
from pytest_errcodes.tools.importing.section_headings import WITHOUT_HEADINGS

if TYPE_CHECKING:
    from pytest_errcodes.catalog.model import Section

_CATALOG_FILE = re.compile(r"^[ \t]*\[sections\.[^\]\n]+\.codes\]", re.MULTILINE)


def read_both(old: str, new: str) -> tuple[Imported, Imported]:
    """Return the catalogs that two sources name or document, to be compared, and what was left out.

    A page says nothing of envelopes, tags and much else. Where the other source is a catalog, the
    page is read as saying the same of all that; the success codes that it tells are added. What
    has no headings has the other's sections.

    Args:
        old: Name of an embedded catalog, path of a catalog file, or what ``import_catalog`` reads:
            a saved page, a table, a folder of source, ``-`` for standard input. What holds a
            catalog file under another name is read as one.
        new: Likewise.

    Raises:
        CatalogError: There is no such catalog, or the file is refused.
        ErrcodesUsageError: A source cannot be imported.
    """
    opened = _open_source(old), _open_source(new)
    base = next((found for found in opened if isinstance(found, Catalog)), None)
    before, after = (_import_source(found, base) for found in opened)
    return _in_sections_of(after, before), _in_sections_of(before, after)


def _open_source(source: str) -> Catalog | Source | Path:
    """Return a catalog, or the text or the folder of source of which one is to be made."""
    if is_catalog(source):
        return load_catalog(source)
    if source != "-" and is_folder(Path(source)):
        return Path(source)
    found = read_source(source)
    if _CATALOG_FILE.search(found.text):
        return parse_catalog(found.text, found.name)
    return found


def _import_source(opened: Catalog | Source | Path, base: Catalog | None) -> Imported:
    if isinstance(opened, Catalog):
        return Imported(opened, ())
    return import_catalog(opened, ImportOptions(base=base))


def _in_sections_of(other: Imported, found: Imported) -> Imported:
    """Return what was found in the sections of ``other`` if it has no headings of its own."""
    catalog, sectioned = found.catalog, other.catalog
    if not _has_no_headings(catalog):
        return found
    codes = [code.replaced(section=_section_in(sectioned, code)) for code in catalog.values()]
    used = {code.section for code in codes}
    sections = [section for section in sectioned.sections if section in used]
    sections += used - set(sections)
    moved = Catalog(
        catalog.name,
        codes,
        sections=sections,
        shapes=catalog.shapes,
        title=catalog.title,
        source=catalog.source,
        http_status=catalog.http_status,
    )
    return Imported(moved, found.remarks)


def _has_no_headings(catalog: Catalog) -> bool:
    return [section.title for section in catalog.sections] == [WITHOUT_HEADINGS]


def _section_in(catalog: Catalog, error_code: ErrorCode) -> Section:
    """Return the section in which a catalog has a code, or would have it; else its own."""
    code = error_code.code
    known = catalog.get(code) or catalog.get(other_spelling(code))
    return known.section if known else catalog.section_for(code) or error_code.section


def is_catalog(source: str) -> bool:
    """Whether ``source`` is a catalog, or means to name one: no source to import."""
    if source.lower().endswith(".toml") or is_embedded(source):
        return True
    named = source == "-" or is_path(source) or bool(Path(source).suffix)
    return not named and not is_there(source)
