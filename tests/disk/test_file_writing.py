"""Writing a file: it stands there whole, or nothing has changed."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.disk.file_writing import advise_on_write, write_file

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
