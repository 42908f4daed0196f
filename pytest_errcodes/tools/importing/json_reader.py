"""JSON: an OpenAPI document, or data of whatever shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.data_tree import parse
from pytest_errcodes.tools.importing.openapi_document import document_of

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.source_document import Document


def read(source: Source) -> Document:
    """Return the codes that a JSON document holds, at whatever depth.

    Raises:
        ErrcodesUsageError: It is no JSON (``import-source``).
    """
    return document_of(parse(source))
