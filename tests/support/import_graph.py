"""Who imports whom in a package: read from its source, nothing of which is run."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

#: Takes the name of a package and a table of modules, relative to it, by the names they hold.
_LAZY_TABLE = "import_late"
_IMPORTERS = ("import_module", "__import__")


@dataclass(frozen=True, slots=True)
class Import:
    """One import of one module by another.

    Attributes:
        importer: Dotted name of the module that imports.
        file: Its file, relative to the folder that holds the package.
        line: Line of the import, counted from 1.
        imported: Dotted name of what is imported: a module of the package; empty where only a
            run could tell.
    """

    importer: str
    file: str
    line: int
    imported: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.importer} imports {self.imported}"


def read_modules(package: Path) -> dict[str, Path]:
    """Return the file of each module of a package, by its dotted name."""
    modules = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package.parent).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return modules


def read_imports(package: Path) -> list[Import]:
    """Return all imports among the modules of a package, in the order of files and lines.

    Those in functions and under ``TYPE_CHECKING`` count like any other, as do tables of names
    that are imported late, and texts that are the whole name of a module, such as
    ``import_module`` takes. That a module's own package is loaded with it does not count.
    """
    modules = read_modules(package)
    found = []
    for module, file in modules.items():
        tree = ast.parse(file.read_bytes())
        base = module if file.name == "__init__.py" else module.rpartition(".")[0]
        where = file.relative_to(package.parent).as_posix()
        seen = {
            (line, imported)
            for line, name in _read_names(tree, base, package.name, modules)
            if (imported := name) != module
        }
        found += [Import(module, where, *one) for one in sorted(seen)]
    return found


def _read_names(
    tree: ast.Module, base: str, package: str, modules: Mapping[str, Path]
) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each module that is imported, in no particular order."""
    named_by_users = _find_public_homes(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (
                (node.lineno, _cut_to_module(alias.name, modules))
                for alias in node.names
                if alias.name.split(".")[0] == package
            )
        elif isinstance(node, ast.ImportFrom):
            source = _resolve_source(node, base)
            for alias in node.names if source.split(".")[0] == package else ():
                yield node.lineno, _cut_to_module(f"{source}.{alias.name}", modules)
        elif isinstance(node, ast.Call):
            yield from _read_call(node, tree, base, modules)
        elif (
            isinstance(node, ast.Constant)
            and node.value in modules
            and node.value != package
            and node not in named_by_users
        ):
            yield node.lineno, node.value


def _find_public_homes(tree: ast.Module) -> set[ast.AST]:
    """Return the values given to ``__module__``: they only say where users import a class from."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(
            isinstance(target, ast.Name) and target.id == "__module__" for target in node.targets
        )
    }


def _read_call(
    call: ast.Call, tree: ast.Module, base: str, modules: Mapping[str, Path]
) -> Iterator[tuple[int, str]]:
    """Yield what a table of late imports names; an empty name for an import by a made-up one."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name == _LAZY_TABLE:
        for value in ast.walk(_find_table(call, tree)):
            if isinstance(value, ast.Constant) and f"{base}.{value.value}" in modules:
                yield value.lineno, f"{base}.{value.value}"
    elif name in _IMPORTERS and not isinstance(call.args[0], ast.Constant):
        yield call.lineno, ""


def _find_table(call: ast.Call, tree: ast.Module) -> ast.expr:
    """Return the table of a call that imports late: its second argument, or what that names.

    Raises:
        ValueError: There is none that could be read, so that imports would go unseen.
    """
    table = call.args[1] if len(call.args) > 1 else None
    if isinstance(table, ast.Name):
        table = next(
            (
                node.value
                for node in tree.body
                if isinstance(node, ast.Assign)
                and any(getattr(target, "id", "") == table.id for target in node.targets)
            ),
            None,
        )
    if not isinstance(table, ast.Dict):
        raise ValueError(f"line {call.lineno}: {_LAZY_TABLE} has no table that can be read")
    return table


def _resolve_source(node: ast.ImportFrom, base: str) -> str:
    """Return the dotted name behind ``from``, that of a relative import too."""
    if not node.level:
        return node.module or ""
    above = base.split(".")[: len(base.split(".")) - node.level + 1]
    return ".".join((*above, node.module) if node.module else above)


def _cut_to_module(name: str, modules: Mapping[str, Path]) -> str:
    """Return the module that a dotted name leads to, without the names in it."""
    while name not in modules and "." in name:
        name = name.rpartition(".")[0]
    return name


def find_cycles(imports: Iterable[Import]) -> list[list[Import]]:
    """Return one cycle for each group of modules that import each other, the shortest of it.

    Each begins with the module that comes first in the alphabet.
    """
    edges: dict[str, dict[str, Import]] = {}
    for one in imports:
        edges.setdefault(one.importer, {}).setdefault(one.imported, one)
    cycles: list[list[Import]] = []
    taken: set[str] = set()
    reached = {module: _reach(module, edges) for module in edges}
    for module in sorted(edges):
        group = {other for other in reached[module] if module in reached.get(other, ())}
        if module in group and module not in taken:
            taken |= group
            found = (_find_way(start, edges, group) for start in sorted(group))
            cycles.append(min(found, key=len))
    return cycles


def _reach(start: str, edges: Mapping[str, Mapping[str, Import]]) -> set[str]:
    """Return all modules that one comes to by its imports, itself only if there is a cycle."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for module in edges.get(waiting.pop(), ()):
            if module not in reached:
                reached.add(module)
                waiting.append(module)
    return reached


def _find_way(
    start: str, edges: Mapping[str, Mapping[str, Import]], group: set[str]
) -> list[Import]:
    """Return the shortest way from a module back to itself, within a group that has one."""
    ways: list[list[Import]] = [[one] for name, one in edges[start].items() if name in group]
    seen: set[str] = set()
    for way in ways:  # which grows
        end = way[-1].imported
        if end == start:
            return way
        if end not in seen:
            seen.add(end)
            ways += [[*way, one] for name, one in edges[end].items() if name in group]
    raise ValueError(f"{start} is in no cycle of {sorted(group)}")


def room_of(module: str) -> str:
    """Return the room of a module: the part behind the package; empty for the package itself."""
    return module.split(".")[1] if "." in module else ""


def find_upward(imports: Iterable[Import], rooms: Sequence[str]) -> list[str]:
    """Return what breaks the order of rooms, in words; the package itself may import anything.

    Args:
        imports: The imports of a package.
        rooms: Its rooms, each of which may import those behind it.
    """
    told = []
    for one in imports:
        if not one.imported:
            fault = "imports what only a run can tell: write the module's name out"
            told.append(f"{one.file}:{one.line}: {one.importer} {fault}")
            continue
        source, target = room_of(one.importer), room_of(one.imported)
        if not source or source == target:
            continue
        if not target:
            told.append(f"{one}: nothing in the package imports the package itself")
        elif rooms.index(target) < rooms.index(source):
            told.append(f"{one}: {target} stands above {source}")
    return told
