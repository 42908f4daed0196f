"""Finding all that is wrong with a catalog file, with lines; used only where one is refused."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from pytest_errcodes.catalog.fault import Fault
from pytest_errcodes.catalog.faults import Path, field_name
from pytest_errcodes.catalog.lines import Statement, statements
from pytest_errcodes.catalog.problems import CatalogProblem
from pytest_errcodes.catalog.toml import decode
from pytest_errcodes.catalog.validation import EXAMPLE, build

# After so many lines that are no TOML the file is likely to be something else altogether.
_ENOUGH = 50
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_LINE_HINT = f"write a line such as {EXAMPLE}"

# What tomllib says, what we say, and the remedy; the first that applies is taken.
_WORDS = (
    ("Expected '=' after a key", "there is no = after the key", _LINE_HINT),
    ("Invalid value", "this is no value", "put a text in double quotes"),
    ("Invalid date", "this is no date", "put a text in double quotes"),
    ("Illegal character '\\n'", "the text is not closed", "end it with a double quote"),
    ("Unterminated string", "the text is not closed", "end it with a double quote"),
    ('Expected "\'"', "the text is not closed", "end it with the quote it begins with"),
    ("Illegal character", "this is a control character", r"write an escape such as \t"),
    ("Found invalid character", "this is a control character", "leave it out"),
    ("Unescaped '\\' in a string", "a backslash begins no escape", r"write \\ for a backslash"),
    ("end of document after a statement", "something follows the value", "give it its own line"),
    ("Duplicate inline table key", "a field is given twice", "keep one of the two"),
    ("Expected ']", "the header is not closed", "end it with ]"),
    ("Cannot", "this changes a table that is complete", "keep the fields of a table together"),
    ("Invalid statement", "no key and no header begins so", _LINE_HINT),
    ("Invalid initial character for a key", "no key begins so", "put the key in double quotes"),
)


def diagnose(data: bytes) -> list[CatalogProblem]:
    """Return every problem of a file that was refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [CatalogProblem(None, "", "the file is UTF-16", "save it as UTF-8")]
    faults = _undecodable(data)
    text = decode(data) if not faults else data.decode("utf-8", "replace")
    if not text.strip():
        hint = f"write [sections.trading.codes] and under it {EXAMPLE}"
        return [CatalogProblem(None, "", "the file is empty", hint)]
    outline = _Outline(text)
    _, found = build(outline.document, "", "catalog")
    faults += outline.faults
    faults += [fault for fault in found if not (fault.absence and outline.may_hold(fault.path))]
    if not outline.faults and (error := _refusal(text)):  # sound statements, but not together
        faults.append(_not_toml(Statement(1, text), (), error))
    return [outline.located(fault) for fault in faults]


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


def _refusal(text: str) -> str:
    """Return what tomllib says of a text that it refuses; empty where it has no words."""
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return str(error) or "unknown"
    return ""


def _not_toml(statement: Statement, path: Path, error: str) -> Fault:
    """Return a fault in our words for what tomllib says of one statement."""
    place = _PLACE.search(error)
    lines = statement.text.split("\n")
    line = int(place[1]) if place else len(lines)
    column = int(place[2]) if place else len(lines[-1]) + 1
    why, hint = "it cannot be read", _LINE_HINT
    for theirs, ours, remedy in _WORDS:
        if theirs in error:
            why, hint = ours, remedy
            break
    if statement.unclosed and statement.is_header:
        why, hint = "the header is not closed", "end it with ]"
    elif statement.unclosed:
        why, hint = "a bracket or a text of several lines is never closed", "close it"
    message = f"not TOML at column {column}: {why}"
    return Fault(path, message, hint, line=statement.line + line - 1)


class _Outline:
    """A file read statement by statement, so that one fault does not hide the others.

    Attributes:
        document: What could be read; of what is there twice, the first.
        faults: What could not be read, and what is there twice.
    """

    def __init__(self, text: str) -> None:
        self.document: dict[str, Any] = {}
        self.faults: list[Fault] = []
        self._broken: list[Path] = []
        self._lines: dict[Path, int] = {}
        self._given: set[Path] = set()
        self._base: Path | None = ()
        self._table: dict[str, Any] = self.document
        for statement in statements(text):
            if len(self._broken) == _ENOUGH:
                message = f"nothing from here on was read, since {_ENOUGH} lines are not TOML"
                hint = "check that this is a catalog file"
                self.faults.append(Fault((), message, hint, line=statement.line))
                break
            if statement.is_header:
                self._read_header(statement)
            elif self._base is not None:
                self._read_field(statement, self._base)

    def may_hold(self, path: Path) -> bool:
        """Whether what is missing at ``path`` may stand in a line that could not be read."""
        return any(broken[: len(path)] == path[: len(broken)] for broken in self._broken)

    def located(self, fault: Fault) -> CatalogProblem:
        """Return a fault with its line, and with that of what was there first."""
        message = fault.message
        if fault.first:
            message += f", first on line {self._line(fault.first)}"
            if fault.first[:2] != fault.path[:2]:
                message += f" in section {fault.first[1]}"
        line = fault.line or self._line(fault.path)
        return CatalogProblem(line, field_name(fault.path), message, fault.hint)

    def _line(self, path: Path) -> int | None:
        """Return the line of a field, or of the table or code that it is missing from."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)

    def _note(self, path: Path, line: int) -> None:
        """Remember where a field, and each table around it, was first given."""
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], line)

    def _read_header(self, statement: Statement) -> None:
        """Enter a table; one that was begun before goes on."""
        error = _refusal(statement.text)
        if error or statement.unclosed:
            self._break(statement, (), error)
            self._base = None
            return
        path = _only_path(tomllib.loads(statement.text))
        many = statement.text.lstrip().startswith("[[")
        if path in self._given and not many:
            self.faults.append(_twice(path, statement.line, table=True))
        self._note(path, statement.line)
        self._given.add(path)
        self._base = path
        self._enter(path, many=many)

    def _enter(self, path: Path, *, many: bool) -> None:
        """Go to the table at ``path``; where a value stands in the way, what follows is lost."""
        table: Any = self.document
        for key in path[:-1]:
            table = table.setdefault(key, {})
            table = table[-1] if isinstance(table, list) and table else table
            if not isinstance(table, dict):
                self._base = None
                return
        value = table.setdefault(path[-1], [] if many else {})
        if many and isinstance(value, list):
            value.append({})
            value = value[-1]
        if isinstance(value, dict):
            self._table = value
        else:
            self._base = None

    def _read_field(self, statement: Statement, base: Path) -> None:
        """Read one field into the table that was entered last."""
        key = statement.key
        error = _refusal(statement.text)
        if key is None or error or statement.unclosed:
            named = () if key is None or _refusal(f"{key}=0") else _only_path_to(key)
            self._break(statement, (*base, *named), error)
            return
        path = _only_path_to(key)
        value: Any = tomllib.loads(statement.text)
        table: Any = self._table
        for part in path[:-1]:
            value = value[part]
            table = table.setdefault(part, {})
            if not isinstance(table, dict):
                self.faults.append(_twice((*base, *path[:-1]), statement.line, table=False))
                return
        if path[-1] in table:
            self.faults.append(_twice((*base, *path), statement.line, table=False))
            return
        table[path[-1]] = value[path[-1]]
        self._note((*base, *path), statement.line)
        self._given.add((*base, *path))

    def _break(self, statement: Statement, path: Path, error: str) -> None:
        """Note a statement that is no TOML."""
        self._broken.append(path)
        self.faults.append(_not_toml(statement, path, error))


def _twice(path: Path, line: int, *, table: bool) -> Fault:
    """Return the fault of a field or a table that was given before."""
    if path[:1] == ("envelope",) and len(path) == 2 and table:
        message, hint = "two shapes with one name", "rename one of the two"
    elif path[2:3] == ("codes",) and len(path) == 4:
        message, hint = "documented twice", "keep one of the two"
    elif table:
        message, hint = "begun twice", "put all its lines under the first header"
    else:
        message, hint = "given twice", "keep one of the two"
    return Fault(path, message, hint, first=path, line=line)


def _only_path_to(key: str) -> Path:
    """Return the keys that a dotted key of a file names."""
    return _only_path(tomllib.loads(f"{key}=0"))


def _only_path(nested: dict[str, Any]) -> Path:
    """Return the keys of tables that hold each other and nothing else."""
    path = []
    inner: Any = nested
    while isinstance(inner, dict) and inner:
        ((key, inner),) = inner.items()
        path.append(key)
        inner = inner[0] if isinstance(inner, list) else inner
    return tuple(path)
