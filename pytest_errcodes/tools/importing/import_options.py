"""What a user says of a source that the source does not say itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import CodeType


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the source does not say, or says in an unusual way; None to find out.

    Attributes:
        format: Name of the source's format, such as ``markdown``.
        encoding: Name of its encoding; UTF-8 if None.
        code_column: The column of the codes: its name, or its number from 1.
        message_column: The column of the messages, likewise.
        section: Title of the one section that all codes go to.
        name: The catalog's name; None for what the source says, else ``fallback_name``.
        fallback_name: The name of a catalog whose source gives it none; that of the file if None.
        title: The catalog's title for people.
        code_type: What a code is on the wire.
        base: A catalog that says what the source does not: name, title, envelope, ids of
            sections with the same title, tags, whether a message is open-ended, and what
            ``lint`` is not to tell.
    """

    format: str | None = None
    encoding: str | None = None
    code_column: str | None = None
    message_column: str | None = None
    section: str | None = None
    name: str | None = None
    fallback_name: str | None = None
    title: str | None = None
    code_type: CodeType | None = None
    base: Catalog | None = None
