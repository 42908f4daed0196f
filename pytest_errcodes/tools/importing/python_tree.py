"""A project in Python: all modules of a folder, read together."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.import_source import Source
from pytest_errcodes.tools.importing.python_modules import parse_module
from pytest_errcodes.tools.importing.python_reader import read_modules
from pytest_errcodes.tools.importing.source_document import Document, Note
from pytest_errcodes.tools.scanning.source_files import source_files
from pytest_errcodes.tools.scanning.source_languages import PYTHON, language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.tools.importing.python_modules import Module
    from pytest_errcodes.tools.progress import Progress
    from pytest_errcodes.tools.scanning.source_files import SourceFile

# What of a project is not the project: its tests, and the projects of others in it.
_LEFT_OUT = frozenset(
    {
        "_vendor",
        "benchmark",
        "benchmarks",
        "doc",
        "docs",
        "example",
        "examples",
        "migrations",
        "test",
        "testing",
        "tests",
        "third_party",
        "vendor",
        "vendored",
    }
)


def read_tree(
    paths: Sequence[str | os.PathLike[str]], progress: Progress | None = None
) -> tuple[Source, Document]:
    """Return what the modules at some paths, and in the folders there, declare.

    Args:
        paths: Files of Python, and folders.
        progress: What is told how far it came.

    Raises:
        ErrcodesUsageError: A path is missing (``source-missing``), or is no Python; a folder holds
            none (``import-source``).
    """
    for path in map(Path, paths):
        if not path.is_dir() and path.exists() and language_of(path.name) != PYTHON:
            raise ErrcodesUsageError(
                "import-source",
                f"{path} is no Python, and only that is read together with other files",
                "import it alone, or name folders and files of Python",
            )
    shown = " ".join(map(str, paths))
    modules: list[Module] = []
    notes: list[Note] = []
    for file in source_files(paths, is_wanted=_is_wanted):
        module = _parse(file, notes)
        if progress is not None:
            progress.advance(file.path)
        if module is not None:
            modules.append(module)
    if not modules and not notes:
        raise ErrcodesUsageError(
            "import-source",
            f"there is no Python in {shown or 'no path'}",
            "name the folder of the client's source, or the file that documents the codes",
        )
    found = read_modules(modules, is_project=True)
    document = Document(found.tables, notes=(*found.notes, *notes))
    return Source(_name_of(paths), ""), document


def _parse(file: SourceFile, notes: list[Note]) -> Module | None:
    """Return a module; None with a note where it cannot be read."""
    fault = file.fault
    if not fault:
        try:
            return parse_module(file.text, file.path)
        except SyntaxError as error:
            fault = f"is not readable as Python: {error.msg} on line {error.lineno or 1}"
        except (RecursionError, MemoryError, ValueError):
            fault = "is nested too deeply"
    notes.append(Note(1, "", f"the file {fault}", file=file.path))
    return None


def _is_wanted(path: Path) -> bool:
    """Whether a file below a folder that was named is a module of the project itself."""
    *folders, name = path.parts
    if language_of(name) != PYTHON or not _LEFT_OUT.isdisjoint(map(str.lower, folders)):
        return False
    return not (name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py")


def _name_of(paths: Sequence[str | os.PathLike[str]]) -> str:
    """Return what the source is called, after which the catalog is: the first path."""
    first = os.fspath(paths[0])
    name = Path(first).name
    return first if name not in ("", ".", "..") else str(Path(first).resolve())
