"""Right calls of ``pytest_errcodes.catalog``; see ``api.py``."""

from __future__ import annotations

from typing import Literal, assert_type

from pytest_errcodes.catalog import (
    Catalog,
    CatalogError,
    CatalogMistake,
    Code,
    EnvelopeShape,
    ErrorCode,
    MessageTemplate,
    Section,
    UnknownCodeError,
    load_catalog,
    parse_catalog,
    write_catalog,
)


def files(text: str) -> None:
    assert_type(load_catalog("my.toml"), Catalog)
    assert_type(parse_catalog(text), Catalog)
    assert_type(parse_catalog(text.encode(), source="my.toml"), Catalog)
    assert_type(write_catalog(parse_catalog(text)), str)


def parts(code: Code) -> None:
    section = Section("trading", "Trading", "4010xx")
    error_code = ErrorCode(code, "Order exists", section, tags=("final",), http_status=400)
    shape = EnvelopeShape(success=(200, "0"), code_type="either")
    catalog = Catalog("mine", [error_code], sections=[section], shapes=[shape])
    assert_type(catalog[code], ErrorCode)
    assert_type(error_code.code, int | str)
    assert_type(error_code.section, Section)
    assert_type(error_code.section.label, str)
    assert_type(catalog.shapes, tuple[EnvelopeShape, ...])
    assert_type(shape.success, tuple[int | str, ...])
    assert_type(shape.code_type, Literal["integer", "string", "either"])
    assert_type(shape.allows(code), bool)


def templates(template: MessageTemplate) -> None:
    assert_type(template.render("20", 7, 1.5), str)
    assert_type(template.match("text"), tuple[str, ...] | None)
    assert_type(template.placeholders, tuple[str, ...])
    assert_type(template.sample, tuple[str, ...])
    assert_type(MessageTemplate("no %s", "printf", open_ended=True), MessageTemplate)


def mistakes(error: CatalogError, unknown: UnknownCodeError) -> None:
    assert_type(error.mistakes, tuple[CatalogMistake, ...])
    assert_type(error.mistakes[0].line, int | None)
    assert_type(error.mistakes[0].text("my.toml"), str)
    assert_type(error.source, str)
    assert_type(unknown.with_hint("look"), UnknownCodeError)
