"""Finding all that is wrong with a catalog file, with lines; used only where one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.files.fault import Fault
from pytest_errcodes.catalog.files.faults import Path, field_name
from pytest_errcodes.catalog.files.lines import Statement
from pytest_errcodes.catalog.files.outline import Outline
from pytest_errcodes.catalog.files.problems import CatalogProblem
from pytest_errcodes.catalog.files.refusal import not_toml, refusal
from pytest_errcodes.catalog.files.toml import decode
from pytest_errcodes.catalog.files.validation import EXAMPLE, build

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog


#: No TOML begins so, and each line of such a file would be a fault.
_FOREIGN = {"<": "a page of HTML or XML", "{": "JSON"}


def diagnose(data: bytes, base: Catalog | None = None) -> list[CatalogProblem]:
    """Return every problem of a file that was refused.

    Args:
        data: What the file holds.
        base: The catalog that it extends, if any.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [CatalogProblem(None, "", "the file is UTF-16", "save it as UTF-8")]
    faults = _undecodable(data)
    text = decode(data) if not faults else data.decode("utf-8", "replace")
    if not text.strip():
        hint = f"write [sections.trading.codes] and under it {EXAMPLE}"
        return [CatalogProblem(None, "", "the file is empty", hint)]
    if kind := _FOREIGN.get(text.lstrip()[:1]):
        hint = "make a catalog of it with errcodes import"
        return [CatalogProblem(None, "", f"the file is {kind}, and no catalog", hint)]
    outline = Outline(text)
    _, found = build(outline.document, "", "catalog", base)
    faults += outline.faults
    faults += [fault for fault in found if not (fault.absence and outline.may_hold(fault.path))]
    if not outline.faults and (error := refusal(text)):  # sound statements, but not together
        faults.append(not_toml(Statement(1, text), (), error))
    return [_located(outline, fault) for fault in faults]


def problem_at(data: bytes, path: Path, message: str, hint: str) -> CatalogProblem:
    """Return a problem of one field, with its line."""
    return _located(Outline(decode(data)), Fault(path, message, hint))


def _undecodable(data: bytes) -> list[Fault]:
    """Return a fault for each line that is not UTF-8."""
    faults = []
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            message = f"byte 0x{line[error.start]:02X} at column {error.start + 1} is not UTF-8"
            faults.append(Fault((), message, "save the file as UTF-8", line=number))
    return faults


def _located(outline: Outline, fault: Fault) -> CatalogProblem:
    """Return a fault with its line, and with that of what was there first."""
    message = fault.message
    if fault.first:
        message += f", first on line {outline.line(fault.first)}"
        if fault.first[:2] != fault.path[:2]:
            message += f" in section {fault.first[1]}"
    line = fault.line or outline.line(fault.path)
    is_of_code = len(fault.path) > 3 and fault.path[2] == "codes"
    return CatalogProblem(
        line,
        field_name(fault.path),
        message,
        fault.hint,
        code=fault.path[3] if is_of_code else "",
        is_duplicate=is_of_code and len(fault.path) == 4 and bool(fault.first),
    )
