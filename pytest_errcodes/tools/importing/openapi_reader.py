"""OpenAPI, in YAML or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.openapi_document import is_openapi, read_tree

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.source_document import Document


def read(source: Source) -> Document:
    """Return the codes of an OpenAPI document, in YAML or JSON.

    Raises:
        ErrcodesUsageError: It is no such document (``import-source``).
    """
    if source.text.lstrip().startswith("{"):
        from pytest_errcodes.tools.importing.data_tree import parse
    else:
        from pytest_errcodes.tools.importing.yaml_reader import parse
    root = parse(source)
    if not is_openapi(root):
        raise ErrcodesUsageError(
            "import-source",
            f"{source.shown} is no OpenAPI document: it has no field openapi or swagger",
            "leave --format out: other data is read for what it is",
        )
    return read_tree(root)
