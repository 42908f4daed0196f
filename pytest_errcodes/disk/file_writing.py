"""Writing a file: whole or not at all, or one line after the other."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The real ones, whatever a test has put in their place.
_open, _write = partial(os.open), partial(os.write)
_close, _unlink = partial(os.close), partial(os.unlink)

_REMEDIES = {
    errno.ENOSPC: "make room on the disk, or name a file on another",
    errno.EDQUOT: "make room on the disk, or name a file on another",
    errno.EROFS: "nothing is written to that disk: name a file on another",
    errno.ENAMETOOLONG: "name a shorter one",
    **dict.fromkeys(
        (errno.EEXIST, errno.ENOTDIR, errno.EISDIR),
        "something else stands in its way: move that, or name another file",
    ),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "check its permissions"),
}


def advise_on_write(error: BaseException) -> str:
    """Return what to do where a file could not be written."""
    return _REMEDIES.get(getattr(error, "errno", None) or 0, "name another file")


def write_file(path: str | os.PathLike[str], data: bytes, *, may_replace: bool = True) -> None:
    """Write a file whole or not at all.

    Args:
        path: The file.
        data: What it is to hold.
        may_replace: Whether a file that is there may be written over, also one that another
            process has made since somebody looked.

    Raises:
        FileExistsError: It is there, and may not be replaced; nothing is changed.
        OSError: It cannot be written; nothing is changed.
    """
    with replacing(path, may_replace=may_replace) as beside, open(beside, "wb") as file:  # noqa: PTH123  # as its neighbours
        file.write(data)


def open_notes(folder: str | os.PathLike[str], suffix: str) -> TextIO:
    """Open a new file in a folder, for what a process notes as it goes; its owner closes it.

    Raises:
        OSError: It cannot be written.
    """
    import tempfile

    handle, _ = tempfile.mkstemp(dir=folder, suffix=suffix)
    return open(handle, "w", encoding="utf-8")  # noqa: PTH123  # a handle, and no path


def copy_file(path: str, to: str) -> None:
    """Copy what a regular file holds into another, whatever its size is.

    Raises:
        OSError: It cannot be read or written.
    """
    import shutil

    shutil.copyfile(path, to)


@contextmanager
def replacing(path: str | os.PathLike[str], *, may_replace: bool = True) -> Iterator[str]:
    """Give the path of an empty file, beside another, that takes its place if all goes well.

    What stood there stays until then; so do its permissions, and a link to a file stays a link.

    Args:
        path: The other file.
        may_replace: Whether it may be there.

    Raises:
        FileExistsError: It is there, and may not be replaced; nothing is changed.
        OSError: It cannot be written; nothing is changed.
    """
    import tempfile

    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    # The name may be as long as names can be; that of its neighbour is not longer.
    handle, beside = tempfile.mkstemp(dir=folder, prefix=f".{name[:40]}.")
    os.close(handle)
    try:
        yield beside
        os.chmod(beside, _find_mode(target) & 0o7777)  # noqa: PTH101  # as its neighbours
        if may_replace:
            os.replace(beside, target)  # noqa: PTH105  # as its neighbours
        else:
            _put_new(beside, target)
    except BaseException:
        with suppress(OSError):  # the folder may be gone, which is what is told
            os.unlink(beside)  # noqa: PTH108  # as its neighbours
        raise


def _put_new(beside: str, target: str) -> None:
    """Give a file the name of another, in one step that fails where there is one of that name."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a disk, or a system, without hard links
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target) from None
        os.replace(beside, target)  # noqa: PTH105  # as its neighbours
    else:
        os.unlink(beside)  # noqa: PTH108  # as its neighbours


def _find_mode(target: str) -> int:
    """Return the permissions of a file, or those of a new one."""
    try:
        return os.stat(target).st_mode  # noqa: PTH116  # as its neighbours
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def create_real_file(path: str) -> None:
    """Make an empty file on the real disk, for this user alone.

    Raises:
        OSError: It cannot be made, or there is something of this name.
    """
    _close(_open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def append_to_real_file(path: str, data: bytes) -> None:
    """Add to a file of the real disk with one write, so that several may.

    Raises:
        OSError: It is not there, cannot be written, or is a link.
    """
    flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    handle = _open(path, flags)
    try:
        _write(handle, data)
    finally:
        _close(handle)


def remove_real_file(path: str) -> None:
    """Remove a file of the real disk.

    Raises:
        OSError: It cannot be removed.
    """
    _unlink(path)
