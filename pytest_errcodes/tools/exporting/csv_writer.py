"""CSV: one code a row, for spreadsheets and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.exporting.json_writer import split_messages

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import ErrorCode

COLUMNS = (
    "code",
    "message",
    "section",
    "section_title",
    "section_label",
    "http_status",
    "open_ended",
    "tags",
    "description",
    "solution",
    "exception",
)


def write(catalog: Catalog) -> str:
    """Return the codes as RFC 4180 has it: every text to the letter, rows that end with CR LF.

    A cell that a spreadsheet would take for a formula is no exception: whatever hid that would
    change the message.
    """
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(one) for code in catalog.values() for one in split_messages(code))
    return text.getvalue()


def _row(code: ErrorCode) -> tuple[object, ...]:
    section = code.section
    return (
        code.code,
        code.message,
        section.id,
        section.title,
        section.label,
        code.http_status,
        "true" if code.open_ended else "false",
        join_tags(code.tags),
        code.description,
        code.solution,
        code.exception,
    )


def join_tags(tags: tuple[str, ...]) -> str:
    """Return tags in one cell, ``retryable, final``; one is quoted where it needs to be."""
    return ", ".join(_quote_tag(tag) if _is_odd(tag) else tag for tag in tags)


def _is_odd(tag: str) -> bool:
    """Whether a tag would not be read back as it is, between commas with spaces."""
    return tag != tag.strip() or not tag.isprintable() or any(mark in tag for mark in ',"')


def _quote_tag(tag: str) -> str:
    doubled = tag.replace('"', '""')
    return f'"{doubled}"'
