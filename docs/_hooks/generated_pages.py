"""Pages of the site that are made from a source kept elsewhere: the codes and the changelog."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.catalog import load_catalog

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from pytest_errcodes.catalog import Catalog, ErrorCode, Section


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to those that MkDocs found in the folder."""
    from mkdocs.structure.files import File

    changelog = Path(config.config_file_path).with_name("CHANGELOG.md")
    files.append(File.generated(config, "codes.md", content=codes_page(load_catalog("ltp"))))
    files.append(File.generated(config, "changelog.md", abs_src_path=str(changelog)))
    return files


def codes_page(catalog: Catalog) -> str:
    """Return the Markdown page that lists every code of ``catalog``, in document order."""
    success = " and ".join(f"`{code}`" for code in catalog.shape.success)
    opening = (
        f"The catalog `{catalog.name}` ({catalog.title}), section by section. {success} mean "
        f"success (“{catalog.shape.success_message}”). `%s` stands for a parameter, and *…* for "
        f"text that follows. Each code is an anchor of this page, as in "
        f"`codes.html#{next(iter(catalog))}`."
    )
    parts = [f"# The {len(catalog)} codes", opening]
    for section in catalog.sections:
        parts += [_heading(section), _table(catalog.select(section.id))]
    return "\n\n".join(parts) + "\n"


def _heading(section: Section) -> str:
    return f"## {section.title} ({section.label}) {{ #{section.id} }}"


def _table(codes: tuple[ErrorCode, ...]) -> str:
    """Return an HTML table: a message may hold any character that Markdown gives a meaning."""
    rows = "\n".join(
        f'<tr><td><code id="{error.code}">{error.code}</code></td><td>{_message(error)}</td></tr>'
        for error in codes
    )
    head = "<tr><th>Code</th><th>Message</th></tr>"
    return f"<table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _message(error: ErrorCode) -> str:
    return escape(error.message) + (" <em>…</em>" if error.template.open_ended else "")
