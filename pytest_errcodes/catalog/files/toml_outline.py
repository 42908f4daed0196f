"""A catalog file statement by statement: what stands on which line, whatever is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.files.catalog_mistakes import FieldMistake
from pytest_errcodes.catalog.files.field_mistakes import is_bare
from pytest_errcodes.catalog.files.toml_reading import parse_toml
from pytest_errcodes.catalog.files.toml_statements import content, not_toml, refusal, statements

if TYPE_CHECKING:
    from pytest_errcodes.catalog.files.field_mistakes import Path
    from pytest_errcodes.catalog.files.toml_statements import Statement

# A file with so many lines that are no TOML is most likely something else altogether.
_ENOUGH = 50


class Outline:
    """A file read statement by statement, so that one mistake does not hide the others.

    Attributes:
        document: What could be read; of what is there twice, the first.
        mistakes: What could not be read, and what is there twice.
    """

    def __init__(self, text: str) -> None:
        self.document: dict[str, Any] = {}
        self.mistakes: list[FieldMistake] = []
        self._broken: list[Path] = []
        self._lines: dict[Path, int] = {}
        self._given: set[Path] = set()
        self._base: Path | None = ()
        self._table: dict[str, Any] = self.document
        for statement in statements(text):
            if len(self._broken) == _ENOUGH:
                message = f"nothing from here on was read, since {_ENOUGH} lines are not TOML"
                hint = "check that this is a catalog file"
                self.mistakes.append(FieldMistake((), message, hint, line=statement.line))
                break
            if statement.is_header:
                self._read_header(statement)
            elif self._base is not None:
                self._read_field(statement, self._base)

    def holds(self, path: Path) -> bool:
        """Whether a field was given, or a table begun."""
        return path in self._lines

    def may_hold(self, path: Path) -> bool:
        """Whether what is missing at ``path`` may stand in a line that could not be read."""
        return any(broken[: len(path)] == path[: len(broken)] for broken in self._broken)

    def line(self, path: Path) -> int | None:
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
        named, error = content(statement.text)
        if error or statement.unclosed:
            self._break(statement, (), error)
            self._base = None
            return
        path = _only_path(named)
        many = statement.text.lstrip().startswith("[[")
        if path in self._given and not many:
            self.mistakes.append(_twice(path, statement.line, table=True))
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
        value: Any
        value, error = content(statement.text)
        if key is None or error or statement.unclosed:
            named = () if key is None or refusal(f"{key}=0") else _only_path_to(key)
            self._break(statement, (*base, *named), error)
            return
        path = _only_path_to(key)
        table: Any = self._table
        for part in path[:-1]:
            value = value[part]
            table = table.setdefault(part, {})
            if not isinstance(table, dict):
                self.mistakes.append(_twice((*base, *path[:-1]), statement.line, table=False))
                return
        if path[-1] in table:
            self.mistakes.append(_twice((*base, *path), statement.line, table=False))
            return
        table[path[-1]] = value[path[-1]]
        self._note((*base, *path), statement.line)
        self._given.add((*base, *path))

    def _break(self, statement: Statement, path: Path, error: str) -> None:
        """Note a statement that is no TOML."""
        self._broken.append(path)
        self.mistakes.append(not_toml(statement, path, error))


def _twice(path: Path, line: int, *, table: bool) -> FieldMistake:
    """Return the mistake of a field or a table that was given before."""
    if path[:1] == ("envelope",) and len(path) == 2 and table:
        message, hint = "two shapes with one name", "rename one of the two"
    elif path[2:3] == ("codes",) and len(path) == 4:
        message, hint = "documented twice", "keep one of the two"
    elif table:
        message, hint = "begun twice", "put all its lines under the first header"
    else:
        message, hint = "given twice", "keep one of the two"
    return FieldMistake(path, message, hint, first=path, line=line)


def _only_path_to(key: str) -> Path:
    """Return the keys that a dotted key of a file names."""
    if is_bare(key.strip()):
        return (key.strip(),)
    return _only_path(parse_toml(f"{key}=0"))


def _only_path(nested: dict[str, Any]) -> Path:
    """Return the keys of tables that hold each other and nothing else."""
    path = []
    inner: Any = nested
    while isinstance(inner, dict) and inner:
        ((key, inner),) = inner.items()
        path.append(key)
        inner = inner[0] if isinstance(inner, list) else inner
    return tuple(path)
