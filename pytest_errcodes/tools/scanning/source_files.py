"""The source files of a client: which ones there are, of which language, and their text."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.disk.file_reading import (
    UnreadableFileError,
    check_readable,
    is_folder,
    is_there,
    read_file,
)
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

#: A larger file is data, or was made by a program.
LARGEST = 2_000_000
# Skipped, as are all folders whose name begins with a dot, and all virtual environments.
_SKIPPED = frozenset({"__pycache__", "build", "dist", "node_modules", "site-packages", "venv"})
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
PYTHON = "python"

# What a file's ending says of its language, by the name that Pygments gives it. Data (JSON, YAML,
# TOML), templates, styles and documents are no source: they hold codes that nobody handles.
_BY_ENDING = {
    ".py": PYTHON,
    ".pyi": PYTHON,
    ".pyw": PYTHON,
    ".c": "c",
    ".cc": "cpp",
    ".clj": "clojure",
    ".cljs": "clojure",
    ".cpp": "cpp",
    ".cs": "csharp",
    ".cxx": "cpp",
    ".cts": "typescript",
    ".cjs": "javascript",
    ".dart": "dart",
    ".erl": "erlang",
    ".ex": "elixir",
    ".exs": "elixir",
    ".fs": "fsharp",
    ".go": "go",
    ".groovy": "groovy",
    ".h": "c",
    ".hpp": "cpp",
    ".hs": "haskell",
    ".java": "java",
    ".jl": "julia",
    ".js": "javascript",
    ".jsx": "javascript",
    ".kt": "kotlin",
    ".kts": "kotlin",
    ".lua": "lua",
    ".m": "objective-c",
    ".mjs": "javascript",
    ".mm": "objective-c++",
    ".mts": "typescript",
    ".nim": "nim",
    ".php": "php",
    ".pl": "perl",
    ".pm": "perl",
    ".rb": "ruby",
    ".rs": "rust",
    ".scala": "scala",
    ".swift": "swift",
    ".ts": "typescript",
    ".tsx": "tsx",
    ".vb": "vbnet",
    ".zig": "zig",
}
# Files that a bundler made from source that stands elsewhere.
_MADE = (".min.js", ".bundle.js", ".min.mjs")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of source.

    Attributes:
        path: Its path as it was given, or below the folder that was given.
        language: Its language, as Pygments calls it.
        text: What it holds, each line ended by a line feed; empty where it is not read.
        fault: Why it is not read, or not as it should be; empty if all is well.
        is_read: Whether ``text`` is what the file holds.
    """

    path: str
    language: str
    text: str
    fault: str = ""
    is_read: bool = True


def source_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    is_wanted: Callable[[Path], bool] | None = None,
) -> Iterator[SourceFile]:
    """Return the source files at ``paths`` and in the folders there, each once, sorted by name.

    Left out are folders whose name begins with a dot, ``build``, ``dist``, ``node_modules``,
    ``__pycache__``, ``site-packages`` and virtual environments, unless they are named themselves.

    Args:
        paths: Files and folders.
        is_wanted: Whether to read a file, by its path below the folder that was named; all if None.

    Raises:
        ErrcodesUsageError: A path does not exist or cannot be read (``source-missing``).
    """
    tops = [Path(path) for path in paths]
    for top in tops:
        _check(top)
    return _read_all(tops, is_wanted)


def _check(top: Path) -> None:
    """Refuse a path at which there is nothing to read."""
    try:
        if is_folder(top):
            next(top.iterdir(), None)
        else:
            check_readable(top)
    except OSError as error:
        message, hint = f"{str(top)!r} cannot be read: {error.strerror}", "check its permissions"
        raise ErrcodesUsageError("source-missing", message, hint) from None
    except UnreadableFileError as error:
        shown = repr(str(top)) if error.reason.startswith("cannot be read") else top
        hint = error.hint or "check the path and its permissions"
        hint = _nearest(top) if error.is_missing else hint
        raise ErrcodesUsageError("source-missing", f"{shown} {error.reason}", hint) from None


def _nearest(top: Path) -> str:
    """Return the hint for a path that is not there: what stands near it has a name like it."""
    from pytest_errcodes.text.nearest import nearest_words

    folder = top.parent
    names = sorted(entry.name for entry in folder.iterdir()) if is_folder(folder) else []
    if nearest := nearest_words(top.name, names, 2):
        return f"did you mean {' or '.join(str(folder / name) for name in nearest)}?"
    return f"a relative path starts at {Path.cwd()}"


def _read_all(tops: list[Path], is_wanted: Callable[[Path], bool] | None) -> Iterator[SourceFile]:
    seen: set[tuple[int, int]] = set()
    for top in tops:
        for path in _walk(top, seen):
            if is_wanted is not None and path != top and not is_wanted(path.relative_to(top)):
                continue
            language = language_of(path.name)
            if language is not None and _is_new(path, seen):
                yield _read(path, language)


def _walk(top: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """Yield the files at and below ``top``; a folder that was seen, as by a link, is left out."""
    if not is_folder(top):
        yield top
        return
    if not _is_new(top, seen):
        return
    try:
        entries = sorted(top.iterdir())
    except OSError:
        return
    for entry in entries:
        if not is_folder(entry):
            yield entry
        elif not _is_skipped(entry):
            yield from _walk(entry, seen)


def _is_skipped(folder: Path) -> bool:
    name = folder.name
    return name.startswith(".") or name in _SKIPPED or is_there(folder / "pyvenv.cfg")


def _is_new(path: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether a file or folder was not met before, under whatever name; from now on it was."""
    try:
        state = path.stat()
    except (OSError, ValueError):  # a link that leads nowhere
        return False
    identity = (state.st_dev, state.st_ino)
    if identity in seen:
        return False
    seen.add(identity)
    return True


def _read(path: Path, language: str) -> SourceFile:
    """Return a file with its text, or with the reason why there is none."""
    name = str(path)
    try:
        data = read_file(path, LARGEST)
    except UnreadableFileError as error:
        fault = "is larger than 2 MB" if error.is_large else error.reason
        return SourceFile(name, language, "", fault, is_read=False)
    text, fault = _decode(data, language)
    if "\0" in text:
        return SourceFile(name, language, "", "is no text", is_read=False)
    return SourceFile(name, language, text.replace("\r\n", "\n").replace("\r", "\n"), fault)


def _decode(data: bytes, language: str) -> tuple[str, str]:
    """Return the text, and the fault of its encoding; what is wrong stands as U+FFFD."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if language == PYTHON and encoding in ("utf-8", "utf-8-sig"):
        from tokenize import detect_encoding

        try:
            encoding, _ = detect_encoding(io.BytesIO(data).readline)
        except SyntaxError as error:
            return data.decode("utf-8", "replace"), f"is not readable as Python: {error.msg}"
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = f"is not {encoding.upper()}: byte 0x{data[error.start]:02x} on line {line}"
        return data.decode(encoding, "replace"), fault


def language_of(name: str) -> str | None:
    """Return the language of a file by its name, as Pygments calls it; None if it is no source."""
    lowered = name.lower()
    if lowered.endswith(_MADE):
        return None
    dot = lowered.rfind(".")
    return _BY_ENDING.get(lowered[dot:]) if dot >= 0 else None
