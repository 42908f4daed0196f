"""Finding all that is wrong with a catalog file, with lines; used only where one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.files.catalog_building import EXAMPLE, build
from pytest_errcodes.catalog.files.catalog_mistakes import CatalogMistake, FieldMistake
from pytest_errcodes.catalog.files.field_mistakes import Path, field_name
from pytest_errcodes.catalog.files.toml_outline import Outline
from pytest_errcodes.catalog.files.toml_reading import decode
from pytest_errcodes.catalog.files.toml_statements import Statement, not_toml, refusal

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog


#: No TOML begins so, and each line of such a file would be a mistake.
_FOREIGN = {"<": "a page of HTML or XML", "{": "JSON"}


def diagnose(data: bytes, base: Catalog | None) -> list[CatalogMistake]:
    """Return every mistake of a file that was refused.

    Args:
        data: What the file holds.
        base: The catalog that it extends, if any.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [CatalogMistake(None, "", "the file is UTF-16", "save it as UTF-8")]
    mistakes = _undecodable(data)
    text = decode(data) if not mistakes else data.decode("utf-8", "replace")
    if not text.strip():
        hint = f"write [sections.trading.codes] and under it {EXAMPLE}"
        return [CatalogMistake(None, "", "the file is empty", hint)]
    if kind := _FOREIGN.get(text.lstrip()[:1]):
        hint = "make a catalog of it with errcodes import"
        return [CatalogMistake(None, "", f"the file is {kind}, and no catalog", hint)]
    outline = Outline(text)
    _, found = build(outline.document, "", "catalog", base)
    mistakes += outline.mistakes
    mistakes += [
        mistake for mistake in found if not (mistake.absence and outline.may_hold(mistake.path))
    ]
    if not outline.mistakes and (error := refusal(text)):  # only the whole is no TOML
        mistakes.append(not_toml(Statement(1, text), (), error))
    return [_locate(outline, mistake) for mistake in mistakes]


def mistake_at(data: bytes, path: Path, message: str, hint: str) -> CatalogMistake:
    """Return a mistake of one field, with its line."""
    return _locate(Outline(decode(data)), FieldMistake(path, message, hint))


def _undecodable(data: bytes) -> list[FieldMistake]:
    """Return a mistake for each line that is not UTF-8."""
    mistakes = []
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            message = f"byte 0x{line[error.start]:02X} at column {error.start + 1} is not UTF-8"
            mistakes.append(FieldMistake((), message, "save the file as UTF-8", line=number))
    return mistakes


def _locate(outline: Outline, mistake: FieldMistake) -> CatalogMistake:
    """Return a mistake with its line, and with that of what was there first."""
    message = mistake.message
    if mistake.first:
        message += f", first on line {outline.line(mistake.first)}"
        if mistake.first[:2] != mistake.path[:2]:
            message += f" in section {mistake.first[1]}"
    line = mistake.line or outline.line(mistake.path)
    is_of_code = len(mistake.path) > 3 and mistake.path[2] == "codes"
    return CatalogMistake(
        line,
        field_name(mistake.path),
        message,
        mistake.hint,
        code=mistake.path[3] if is_of_code else "",
        is_duplicate=is_of_code and len(mistake.path) == 4 and bool(mistake.first),
    )
