"""The source of a piece of running code, as a syntax tree, and the place in it that ran last."""

from __future__ import annotations

import ast
import linecache
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from importlib.util import decode_source
from itertools import islice
from types import CodeType
from typing import Any, NamedTuple, TypeAlias

from pytest_errcodes.disk.file_reading import UnreadableFileError, read_real_file

#: What has statements of its own: a module, a class or a function.
Scope: TypeAlias = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LINES = 2  # where the lines stand in an entry of linecache


class Spot(NamedTuple):
    """A piece of source. Where an interpreter keeps no columns, they are None.

    Attributes:
        line: Where it begins, counted from 1.
        end_line: Where it ends.
        column: Where it begins in its line, in bytes of UTF-8.
        end_column: Where it ends, likewise.
    """

    line: int
    end_line: int
    column: int | None
    end_column: int | None

    def is_in(self, node: ast.AST) -> bool:
        """Return whether all of it stands in a node that has a place; decorators belong to it."""
        start, end = _find_extent(node)
        if self.column is None or self.end_column is None:
            return start[0] <= self.line <= end[0]
        return start <= (self.line, self.column) and (self.end_line, self.end_column) <= end


def _find_extent(node: ast.AST) -> tuple[tuple[int, int], tuple[int, int]]:
    place: ast.expr = node  # type: ignore[assignment]  # whatever has a place
    first = place
    if isinstance(node, _DEFINITIONS) and node.decorator_list:
        first = node.decorator_list[0]
    ends = place.end_lineno or place.lineno, place.end_col_offset or place.col_offset
    return (first.lineno, first.col_offset), ends


def is_made_up(code: CodeType) -> bool:
    """Return whether code is of no file: made by ``exec``, as some decorators make functions."""
    return code.co_filename.startswith("<")


def find_spot(code: CodeType, instruction: int) -> Spot | None:
    """Return where an instruction stands in the source; None if the code does not tell.

    Args:
        code: The code.
        instruction: Where the instruction is in it, in bytes, as ``tb_lasti`` says.
    """
    place = next(islice(code.co_positions(), instruction // 2, None), None)
    return None if place is None else make_spot(*place)


def make_spot(
    line: int | None, end_line: int | None, column: int | None, end_column: int | None
) -> Spot | None:
    """Return the spot of one entry of ``co_positions``; None for an entry without a place."""
    return None if line is None else Spot(line, end_line or line, column, end_column)


def read_scope(code: CodeType) -> Scope | None:
    """Return the definition that code was made of, with the lines of its file; None without one.

    Statements at its end that compile to no code, such as ``pass``, may be missing.
    """
    return _read_scope(code, code.co_filename)


@lru_cache(maxsize=256)
def _read_scope(code: CodeType, path: str) -> Scope | None:
    """Return the definition; equal codes may be of two files, of which one cannot be read."""
    lines = read_lines(path)
    if code.co_name == "<module>":
        return _parse("".join(lines))
    first = code.co_firstlineno
    piece = lines[first - 1 : _find_last_line(code)]
    if not piece:
        return None
    # Indented source parses under an `if` of ours, and keeps its columns there.
    is_indented = piece[0][:1].isspace()
    tree = _parse("".join(["if 1:\n", *piece] if is_indented else piece))
    if tree is None:  # cut off within what compiles to no code, such as ``if False:``
        tree, shift = _parse("".join(lines)), 0
    else:
        shift = first - 1 - is_indented
    for node in ast.walk(tree) if tree else ():
        if not isinstance(node, _DEFINITIONS) or node.name != code.co_name:
            continue
        if _find_extent(node)[0][0] + shift == first:
            return ast.increment_lineno(node, shift) if shift else node
    return None


def read_source(code: CodeType) -> str:
    """Return the lines in which code stands; empty if they cannot be read."""
    lines = read_lines(code.co_filename)
    return "".join(lines[code.co_firstlineno - 1 : _find_last_line(code)])


def read_lines(path: str) -> list[str]:
    """Return the lines of a source file, each with its end; none if it cannot be read."""
    # Not by open(): a fixture may have put another file system in its place.
    try:
        return _read_lines(path, SourceFileLoader("source", path).path_stats(path)["mtime"])
    except (OSError, SyntaxError, UnicodeError, ValueError, UnreadableFileError):
        # Source of no file, such as a notebook's: who compiles it leaves it where tracebacks look.
        entry: Any = linecache.cache.get(path, ())
        return list(entry[_LINES]) if len(entry) > _LINES else []


@lru_cache(maxsize=8)
def _read_lines(path: str, changed: float) -> list[str]:  # noqa: ARG001  # one entry for each edition
    text = decode_source(read_real_file(path))
    return [f"{line}\n" for line in text.split("\n")]  # not splitlines(): Python ends no line at \f


def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _find_last_line(code: CodeType) -> int:
    last = max((place[1] or 0 for place in code.co_positions()), default=0)
    return max([last, *(_find_last_line(one) for one in list_nested_codes(code))])


def list_nested_codes(code: CodeType) -> list[CodeType]:
    """Return the code of what is defined in a piece of code, not of what is defined in that."""
    return [one for one in code.co_consts if isinstance(one, CodeType)]
