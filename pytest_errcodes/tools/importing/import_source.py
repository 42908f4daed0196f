"""Reading a source: its bytes as text, or a clear word on why not."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pytest_errcodes.catalog.foreign_arguments import list_members, read_path
from pytest_errcodes.disk.file_reading import (
    MOST_BYTES,
    UnreadableFileError,
    is_folder,
    read_file,
    read_standard_input,
)
from pytest_errcodes.errors import ErrcodesUsageError

PathName = str | os.PathLike[str]
PathOrPaths = PathName | Sequence[PathName]
_WORD = re.compile(r"[^\x00-\x7f]{2}")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be imported.

    Attributes:
        name: The path as it was given; ``-`` for standard input.
        text: All of it; a line ends with a line feed alone.
        exported: What ``export_catalog`` wrote, with its line ends as they are; empty for any
            other source.
    """

    name: str
    text: str
    exported: str = ""

    @property
    def shown(self) -> str:
        """What errors and remarks call it."""
        return "standard input" if self.name == "-" else self.name

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, such as ``.md``; empty for none."""
        return Path(self.name).suffix.lower()


def read_source(name: str | os.PathLike[str], encoding: str | None = None) -> Source:
    """Return the text of a file, or of standard input for ``-``.

    Args:
        name: Path of the file.
        encoding: Name of its encoding; UTF-8 if None.

    Raises:
        ErrcodesUsageError: It cannot be read, is too large, empty, binary or in another encoding
            (``import-source``).
    """
    from pytest_errcodes.tools.importing.catalog_reader import decode_export

    path = os.fspath(name)
    data = _read_bytes(path)
    if encoding is None and (exported := decode_export(data)):
        return Source(path, _with_line_feeds(exported), exported)
    return source_of(data, path, encoding)


_CALL = "import_catalog(...)"
_HINT = "pass the path of a file or a folder, or a list of paths"


def list_paths(source: object) -> list[str]:
    """Return the paths that are to be imported, of one or several.

    Raises:
        ErrcodesUsageError: It is neither (``argument-type``).
    """
    is_path = issubclass(type(source), str | os.PathLike)
    named = [source] if is_path else list_members(_CALL, source, "a path, or several", _HINT)
    return [read_path(_CALL, path, _HINT) for path in named]


def is_tree(paths: list[str]) -> bool:
    """Return whether paths are those of a project: a folder, or several."""
    return len(paths) != 1 or (paths[0] != "-" and is_folder(Path(paths[0])))


def _read_bytes(path: str) -> bytes:
    try:
        return read_standard_input(MOST_BYTES) if path == "-" else read_file(path, MOST_BYTES)
    except UnreadableFileError as error:
        hint = error.hint or "check the path"
        if error.is_missing:
            hint = _near(Path(path))
        elif error.is_folder:
            hint = "name the file that documents the codes"
        elif error.is_large:
            hint = "save only the part that documents the codes"
        elif path != "-" and error.hint:
            hint = f"{hint}; or pipe it in, and name -"
        name = "standard input" if path == "-" else path
        raise _refuse(f"{name} {error.reason}", hint) from None


def _near(path: Path) -> str:
    """Return the hint for a missing file: a name in its folder that looks like it."""
    from pytest_errcodes.text.nearest import nearest_words

    if not is_folder(path.parent):
        return f"there is no folder {path.parent} either"
    near = nearest_words(path.name, [entry.name for entry in path.parent.iterdir()])
    return f"did you mean {path.parent / near[0]}?" if near else "check the path"


def source_of(data: bytes, name: str, encoding: str | None) -> Source:
    """Return what bytes hold.

    Raises:
        ErrcodesUsageError: It is empty, binary, or in another encoding (``import-source``).
    """
    text = _decode_utf8(data, name) if encoding is None else _decode_as(data, name, encoding)
    if not text.strip():
        raise _refuse(f"{name} is empty", "name the file that documents the codes")
    return Source(name, _with_line_feeds(text.removeprefix("\ufeff")))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:  # also of a codec that makes no text, such as hex
        hint = "name one that Python knows, such as utf-8, utf-16, gbk, latin-1"
        raise _refuse(f"no encoding is named {encoding!r}", hint) from None
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02X} at position {error.start}"
        hint = "name another encoding, or save it as UTF-8"
        raise _refuse(f"{name} is not {encoding}: {place} is no text", hint) from None
    except ValueError:  # from codecs such as idna, which do not say where
        hint = "name another encoding, or save it as UTF-8"
        raise _refuse(f"{name} is not {encoding}", hint) from None


def _decode_utf8(data: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark) and encoding != "utf-8-sig":
            hint = f"add --encoding {encoding}, or save it as UTF-8"
            raise _refuse(f"{name} is {encoding.upper()}, not UTF-8", hint)
    if b"\x00" in data[:8192]:
        if wide := _wide(data):
            hint = f"add --encoding {wide}, or save it as UTF-8"
            raise _refuse(f"{name} looks like {wide.upper()}, not UTF-8", hint)
        raise _refuse(f"{name} is no text but a binary file", "save the page or table as text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{name}:{line}: byte 0x{data[error.start]:02X} is not UTF-8"
        if _is_gbk(data):
            raise _refuse(
                f"{message}; the file looks like GBK",
                "add --encoding gbk, or save it as UTF-8",
            ) from None
        hint = "add --encoding with the file's encoding, or save it as UTF-8"
        raise _refuse(message, hint) from None


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 that text without a byte order mark looks like: every other byte is 0."""
    head = data[:8192]
    half = len(head) // 2
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and head[start::2].count(0) > 0.4 * half and head[1 - start :: 2].count(0) == 0:
            return encoding
    return None


def _is_gbk(data: bytes) -> bool:
    """Whether a text is likely GBK: it reads as words of common Chinese characters."""
    try:
        text = data.decode("gbk")
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text if not character.isascii()]
    common = sum(
        "\u4e00" <= character <= "\u9fff" or character in "，。、：；！？（）“”"
        for character in foreign
    )
    return _WORD.search(text) is not None and common > 0.9 * len(foreign)


def _refuse(message: str, hint: str) -> ErrcodesUsageError:
    return ErrcodesUsageError("import-source", message, hint)
