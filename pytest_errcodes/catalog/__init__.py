"""The documented codes of an API: model, message templates, selectors and catalog files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.files.catalog_mistakes import CatalogError, CatalogMistake
    from pytest_errcodes.catalog.files.catalog_writing import write_catalog
    from pytest_errcodes.catalog.files.loading import load_catalog, parse_catalog
    from pytest_errcodes.catalog.message_template import MessageTemplate
    from pytest_errcodes.catalog.model import Code, ErrorCode, Section
    from pytest_errcodes.catalog.unknown import UnknownCodeError

__all__ = [
    "Catalog",
    "CatalogError",
    "CatalogMistake",
    "Code",
    "EnvelopeShape",
    "ErrorCode",
    "MessageTemplate",
    "Section",
    "UnknownCodeError",
    "load_catalog",
    "parse_catalog",
    "write_catalog",
]

_HOMES = {
    "Catalog": "catalog",
    "CatalogError": "files.catalog_mistakes",
    "CatalogMistake": "files.catalog_mistakes",
    "Code": "model",
    "EnvelopeShape": "envelope_shape",
    "ErrorCode": "model",
    "MessageTemplate": "message_template",
    "Section": "model",
    "UnknownCodeError": "unknown",
    "load_catalog": "files.loading",
    "parse_catalog": "files.loading",
    "write_catalog": "files.catalog_writing",
}


def __getattr__(name: str) -> object:
    from pytest_errcodes._lazy import import_late

    return import_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__
