"""Writing a file: it stands there whole, or nothing has changed."""

from __future__ import annotations

import errno
import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.disk.file_writing import advise_on_write, replacing, write_file

if TYPE_CHECKING:
    from pathlib import Path


def test_writing_fails_halfway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old content stays, and nothing else is left in the folder."""
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fill_the_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fill_the_disk)
    with pytest.raises(OSError, match="No space left"):
        write_file(path, b"new")
    assert (path.read_bytes(), [entry.name for entry in tmp_path.iterdir()]) == (b"old", ["file"])


def test_writing_a_file_with_the_longest_name(tmp_path: Path) -> None:
    """The file beside it, which takes its place, has a shorter one."""
    write_file(tmp_path / ("a" * 255), b"new")
    assert (tmp_path / ("a" * 255)).read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room on the disk, or name a file on another"),
        (errno.EROFS, "nothing is written to that disk: name a file on another"),
        (errno.ENAMETOOLONG, "name a shorter one"),
        (errno.ENOTDIR, "something else stands in its way: move that, or name another file"),
        (errno.EACCES, "check its permissions"),
        (errno.EIO, "name another file"),
    ],
)
def test_advice_on_what_cannot_be_written(number: int, remedy: str) -> None:
    """It is about what went wrong: permissions are no remedy for a full disk."""
    assert advise_on_write(OSError(number, os.strerror(number))) == remedy


def test_a_file_that_is_there_by_now(tmp_path: Path) -> None:
    """A new file replaces none, and nothing else is left in the folder."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_file(path, b"new", may_replace=False)
    assert (path.read_bytes(), [entry.name for entry in tmp_path.iterdir()]) == (b"old", ["file"])


def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file is written there too, and replaces none."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_file(tmp_path / "file", b"first", may_replace=False)
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "file", b"second", may_replace=False)
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {"file": b"first"}


def test_several_writers_of_a_new_file(tmp_path: Path) -> None:
    """One of them writes it, whole; each of the others is told that it is there."""
    refused: list[str] = []
    ready = threading.Barrier(8)

    def write(letter: str) -> None:
        ready.wait()
        try:
            write_file(tmp_path / "file", letter.encode() * 100_000, may_replace=False)
        except FileExistsError:
            refused.append(letter)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (written,) = set("abcdefgh").difference(refused)
    assert len(refused) == 7
    assert (tmp_path / "file").read_bytes() == written.encode() * 100_000
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_writer_that_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stood there is whole, and the next writer is not kept from its work."""
    path = tmp_path / "file.toml"
    path.write_bytes(b"old")
    child = os.fork()
    if not child:
        monkeypatch.setattr(os, "replace", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        write_file(path, b"new")
        os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert path.read_bytes() == b"old"
    assert [entry for entry in tmp_path.iterdir() if entry.suffix == ".toml"] == [path]
    write_file(path, b"newer")
    assert path.read_bytes() == b"newer"


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    """The error of what went wrong is told, not that of cleaning up behind it."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt), replacing(folder / "file") as beside:
        os.unlink(beside)  # noqa: PTH108  # as the module does
        raise KeyboardInterrupt
