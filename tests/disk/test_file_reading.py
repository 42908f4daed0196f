"""Reading a file: what is refused, and that nobody reads or writes beside the room."""

from __future__ import annotations

import ast
import io
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docs_runner import TOP

from pytest_errcodes.disk.file_reading import (
    UnreadableFileError,
    check_readable,
    read_file,
    read_real_file,
    read_standard_input,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGE = TOP / "pytest_errcodes"
SAVE = "save what it holds in a file, and name that"
#: What opens a file, or reads or writes one: none of these stands anywhere but behind the door.
DOORS = {
    "open", "open_code", "FileIO", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes",
    "get_data", "mkstemp", "NamedTemporaryFile", "TemporaryFile", "getlines", "getline", "loadtxt",
    "copyfile",
}  # fmt: skip


def refusal(read: Callable[[], object]) -> tuple[str, str]:
    """Return why a file is not read, and the hint."""
    with pytest.raises(UnreadableFileError) as caught:
        read()
    return caught.value.reason, caught.value.hint


@pytest.fixture
def special(tmp_path: Path) -> Iterator[Path]:
    """Return a folder with each kind of file that is none."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "device").symlink_to("/dev/zero")
    (tmp_path / "file").write_bytes(b"x")
    before = Path.cwd()
    os.chdir(tmp_path)  # the address of a socket may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        os.chdir(before)
        yield tmp_path


KINDS = {
    "folder": ("is a folder", ""),
    "pipe": ("is a pipe, no regular file", SAVE),
    "loop": ("cannot be read: Too many levels of symbolic links", ""),
    "device": ("is a device, no regular file", SAVE),
    "socket": ("is a socket, no regular file", SAVE),
    "file/below": ("cannot be read: Not a directory", ""),
    "a" * 300: ("cannot be read: File name too long", ""),
    "nowhere": ("does not exist", ""),
    "a\0b": ("cannot be read: its name holds a character that no path may hold", ""),
    "a\ud800": ("cannot be read: its name holds a character that no path may hold", ""),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these files")
@pytest.mark.parametrize("read", [read_file, read_real_file, check_readable])
@pytest.mark.parametrize("name", KINDS)
def test_what_is_no_regular_file(special: Path, name: str, read: Callable[[str], object]) -> None:
    """It is refused in words, at once, and nothing of it is read."""
    assert refusal(lambda: read(f"{special}/{name}")) == KINDS[name]


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says is told."""

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "file").write_bytes(b"x")
    monkeypatch.setattr(os, "open", refuse)
    assert refusal(lambda: read_file(tmp_path / "file")) == (
        "cannot be read: Permission denied",
        "",
    )


def test_a_large_file(tmp_path: Path) -> None:
    """No more than the bound is read, nor is a file whose size says that it is larger."""
    path = tmp_path / "large"
    path.write_bytes(b"x" * 2_000_000)
    assert len(read_file(path, 2_000_000)) == 2_000_000
    reason = "has 2 MB, more than the 1.5 MB that are read"
    assert refusal(lambda: read_file(path, 1_500_000)) == (reason, "")
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of nothing
    reason = "has 1,099,512 MB, more than the 50 MB that are read"
    assert refusal(lambda: read_file(path)) == (reason, "")


def test_a_file_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is larger than it told, as those of /proc are, is left at the bound."""
    path = tmp_path / "growing"
    path.write_bytes(b"")
    asked: list[int] = []

    def read_endlessly(_handle: int, size: int) -> bytes:
        asked.append(size)
        return b"x" * size

    monkeypatch.setattr(os, "read", read_endlessly)
    assert refusal(lambda: read_file(path, 3_000_000)) == (
        "has more than the 3 MB that are read",
        "",
    )
    assert sum(asked) == 3_000_001


def test_a_pipe_put_in_the_place_of_a_file(special: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was opened is looked at too, and opening does not wait."""
    state = (special / "file").stat()
    monkeypatch.setattr(os, "stat", lambda _: state)
    assert refusal(lambda: read_file(special / "pipe")) == ("is a pipe, no regular file", SAVE)


def test_no_handle_stays_open(special: Path) -> None:
    """Reading and refusing leave no file open."""
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("no list of open files on this system")
    before = len([*handles.iterdir()])
    for name in [*KINDS, "file"] * 20:
        with pytest.raises(UnreadableFileError):
            read_file(f"{special}/{name}", most=0)
    assert len([*handles.iterdir()]) == before


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read up to the bound; one that is closed is told."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"1234")))
    assert read_standard_input(4) == b"1234"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 2_000_001)))
    reason = "has more than the 2 MB that are read"
    assert refusal(lambda: read_standard_input(2_000_000)) == (reason, "")
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal(read_standard_input) == ("is closed", "")


def find_doors(path: Path) -> list[str]:
    """Return where a module reads or writes files by itself."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in DOORS:
                found.append(f"{path.relative_to(TOP).as_posix()}:{node.lineno}: {name}")
    return found


def test_there_is_no_other_door() -> None:
    """No module outside of the room opens, reads or writes a file."""
    room = set((PACKAGE / "disk").glob("*.py"))
    modules = set(PACKAGE.rglob("*.py")) - room
    assert len(modules) > 300
    assert [door for path in modules for door in find_doors(path)] == []
    assert len([door for path in room for door in find_doors(path)]) == 6
