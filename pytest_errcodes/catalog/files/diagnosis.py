"""Finding all that is wrong with a catalog file, with lines; used only where one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.files.catalog_building import EXAMPLE, build
from pytest_errcodes.catalog.files.catalog_problems import CatalogProblem, FieldProblem
from pytest_errcodes.catalog.files.field_problems import Path, field_name
from pytest_errcodes.catalog.files.toml_outline import Outline
from pytest_errcodes.catalog.files.toml_reading import decode
from pytest_errcodes.catalog.files.toml_refusals import not_toml, refusal
from pytest_errcodes.catalog.files.toml_statements import Statement

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog


#: No TOML begins so, and each line of such a file would be a problem.
_FOREIGN = {"<": "a page of HTML or XML", "{": "JSON"}


def diagnose(data: bytes, base: Catalog | None = None) -> list[CatalogProblem]:
    """Return every problem of a file that was refused.

    Args:
        data: What the file holds.
        base: The catalog that it extends, if any.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [CatalogProblem(None, "", "the file is UTF-16", "save it as UTF-8")]
    problems = _undecodable(data)
    text = decode(data) if not problems else data.decode("utf-8", "replace")
    if not text.strip():
        hint = f"write [sections.trading.codes] and under it {EXAMPLE}"
        return [CatalogProblem(None, "", "the file is empty", hint)]
    if kind := _FOREIGN.get(text.lstrip()[:1]):
        hint = "make a catalog of it with errcodes import"
        return [CatalogProblem(None, "", f"the file is {kind}, and no catalog", hint)]
    outline = Outline(text)
    _, found = build(outline.document, "", "catalog", base)
    problems += outline.problems
    problems += [
        problem for problem in found if not (problem.absence and outline.may_hold(problem.path))
    ]
    if not outline.problems and (error := refusal(text)):  # each statement is TOML, the file is not
        problems.append(not_toml(Statement(1, text), (), error))
    return [_locate(outline, problem) for problem in problems]


def problem_at(data: bytes, path: Path, message: str, hint: str) -> CatalogProblem:
    """Return a problem of one field, with its line."""
    return _locate(Outline(decode(data)), FieldProblem(path, message, hint))


def _undecodable(data: bytes) -> list[FieldProblem]:
    """Return a problem for each line that is not UTF-8."""
    problems = []
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            message = f"byte 0x{line[error.start]:02X} at column {error.start + 1} is not UTF-8"
            problems.append(FieldProblem((), message, "save the file as UTF-8", line=number))
    return problems


def _locate(outline: Outline, problem: FieldProblem) -> CatalogProblem:
    """Return a problem with its line, and with that of what was there first."""
    message = problem.message
    if problem.first:
        message += f", first on line {outline.line(problem.first)}"
        if problem.first[:2] != problem.path[:2]:
            message += f" in section {problem.first[1]}"
    line = problem.line or outline.line(problem.path)
    is_of_code = len(problem.path) > 3 and problem.path[2] == "codes"
    return CatalogProblem(
        line,
        field_name(problem.path),
        message,
        problem.hint,
        code=problem.path[3] if is_of_code else "",
        is_duplicate=is_of_code and len(problem.path) == 4 and bool(problem.first),
    )
