"""The one door to the disk: a file read with a bound, and one written whole or not at all.

Whatever else of ours reads or writes a file comes through here. Only a regular file is read, and
never more of it than is asked for: a device has no end, and a pipe may never send anything.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: A catalog of 100,000 codes takes 8 MB; no larger file is read, whoever asks.
MOST_BYTES = 50_000_000
#: So much is asked of a file at once: the size that it tells may be wrong, as it is of /proc.
_PIECE = 1 << 20
# Without the second, opening a pipe waits for somebody who writes, and reading some files of
# /proc for news. Windows knows neither, and would else change the ends of lines.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FLAGS |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0)
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class _System(NamedTuple):
    """The calls that reading needs."""

    stat: Callable[..., os.stat_result]
    open: Callable[..., int]
    fstat: Callable[[int], os.stat_result]
    read: Callable[[int, int], bytes]
    close: Callable[[int], None]


#: The real ones, whatever a test has put in their place: no fake file system finds a partial.
_REAL = _System(
    partial(os.stat), partial(os.open), partial(os.fstat), partial(os.read), partial(os.close)
)


_WRITE, _UNLINK = partial(os.write), partial(os.unlink)


class UnreadableFileError(Exception):
    """Why a file is not read.

    Attributes:
        reason: What is wrong with it, to stand behind its name: ``is a pipe, no regular file``.
        hint: What to do about it; empty where the caller knows better.
        is_missing: Whether it is not there at all.
        is_folder: Whether it is a folder.
        is_large: Whether it holds more than is read.
    """

    def __init__(self, reason: str, hint: str = "", kind: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.is_missing = kind == "missing"
        self.is_folder = kind == "folder"
        self.is_large = kind == "large"


def read_file(path: str | os.PathLike[str], most: int = MOST_BYTES) -> bytes:
    """Return what a regular file holds.

    Args:
        path: The file, or a link to it. A test's fake file system answers for it, where one is.
        most: The most bytes that it may hold.

    Raises:
        UnreadableFileError: It is not there, may not be read, is larger, or is no regular file.
    """
    return _read(path, most, _System(os.stat, os.open, os.fstat, os.read, os.close))


def read_real_file(path: str, most: int = MOST_BYTES) -> bytes:
    """Return what a regular file on the real disk holds, whatever a test has put in its place.

    Raises:
        UnreadableFileError: See ``read_file``.
    """
    return _read(path, most, _REAL)


def is_real(path: str) -> bool:
    """Whether there is anything at a path of the real disk; never raises."""
    try:
        _REAL.stat(path)
    except (OSError, ValueError):
        return False
    return True


def create_real_file(path: str) -> None:
    """Make an empty file on the real disk, for this user alone.

    Raises:
        OSError: It cannot be made, or there is something of this name.
    """
    _REAL.close(_REAL.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def append_to_real_file(path: str, data: bytes) -> None:
    """Add to a file of the real disk with one write, so that several may.

    Raises:
        OSError: It is not there, cannot be written, or is a link.
    """
    flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    handle = _REAL.open(path, flags)
    try:
        _WRITE(handle, data)
    finally:
        _REAL.close(handle)


def remove_real_file(path: str) -> None:
    """Remove a file of the real disk.

    Raises:
        OSError: It cannot be removed.
    """
    _UNLINK(path)


def find_state(path: str | os.PathLike[str]) -> os.stat_result:
    """Return the state of a regular file.

    Raises:
        UnreadableFileError: It is not there, or is no regular file.
    """
    try:
        state = os.stat(path)  # noqa: PTH116  # Path's own is one more call, and means the same
    except (OSError, ValueError) as error:
        raise _explain(error) from None
    _check_kind(state)
    return state


def is_there(path: str | os.PathLike[str]) -> bool:
    """Whether there is anything at a path; never raises, as Path's does for too long a name."""
    return os.path.exists(path)  # noqa: PTH110  # see above


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether there is a folder at a path; never raises."""
    return os.path.isdir(path)  # noqa: PTH112  # see is_there


def is_regular(path: str | os.PathLike[str]) -> bool:
    """Whether there is a regular file at a path; never raises."""
    return os.path.isfile(path)  # noqa: PTH113  # see is_there


def check_readable(path: str | os.PathLike[str]) -> None:
    """Check that a file can be opened, of whatever size it is.

    Raises:
        UnreadableFileError: It is not there, may not be read, or is no regular file.
    """
    system = _System(os.stat, os.open, os.fstat, os.read, os.close)
    with _opening(path, system):
        pass


def read_standard_input(most: int = MOST_BYTES) -> bytes:
    """Return what is piped in.

    Raises:
        UnreadableFileError: It is more than ``most`` bytes, or there is no standard input.
    """
    if sys.stdin is None:
        raise UnreadableFileError("is closed")
    try:
        data = sys.stdin.buffer.read(most + 1)
    except (OSError, ValueError) as error:  # of a folder; of what is closed
        raise _explain(error) from None
    _check_size(len(data), most, "has more than")
    return data


def _read(path: str | os.PathLike[str], most: int, system: _System) -> bytes:
    with _opening(path, system) as (handle, size):
        _check_size(size, most)
        return _read_all(handle, most, system)


@contextmanager
def _opening(path: str | os.PathLike[str], system: _System) -> Iterator[tuple[int, int]]:
    """Open a regular file, and give its handle and the size that it tells."""
    try:
        # Looked at first: to open a device may already do something.
        _check_kind(system.stat(path))
        handle = system.open(path, _FLAGS)
        try:
            state = system.fstat(handle)
            _check_kind(state)  # another file may have come to stand there
            yield handle, state.st_size
        finally:
            system.close(handle)
    except (OSError, ValueError) as error:
        raise _explain(error) from None


def _read_all(handle: int, most: int, system: _System) -> bytes:
    pieces: list[bytes] = []
    left = most + 1
    while left and (piece := system.read(handle, min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    _check_size(most + 1 - left, most, "has more than")
    return b"".join(pieces)


def _check_kind(state: os.stat_result) -> None:
    if stat.S_ISREG(state.st_mode):
        return
    kind = next((name for is_one, name in _KINDS if is_one(state.st_mode)), "something else")
    if kind == "a folder":
        raise UnreadableFileError("is a folder", kind="folder")
    hint = "save what it holds in a file, and name that"
    raise UnreadableFileError(f"is {kind}, no regular file", hint)


def _check_size(size: int, most: int, how: str = "") -> None:
    if size <= most:
        return
    bound = f"{most / 1_000_000:g} MB"
    reason = f"has {size / 1_000_000:,.0f} MB, more than the {bound} that are read"
    raise UnreadableFileError(f"{how} the {bound} that are read" if how else reason, kind="large")


def _explain(error: OSError | ValueError) -> UnreadableFileError:
    if isinstance(error, FileNotFoundError):
        return UnreadableFileError("does not exist", kind="missing")
    reason = "its name holds a character that no path may hold"
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
    return UnreadableFileError(f"cannot be read: {reason}")


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: It cannot be written; nothing is changed.
    """
    with replacing(path) as beside, open(beside, "wb") as file:  # noqa: PTH123  # as its neighbours
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
def replacing(path: str | os.PathLike[str]) -> Iterator[str]:
    """Give the path of an empty file, beside another, that takes its place if all goes well.

    What stood there stays until then; so do its permissions, and a link to a file stays a link.

    Raises:
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
        os.replace(beside, target)  # noqa: PTH105  # as its neighbours
    except BaseException:
        os.unlink(beside)  # noqa: PTH108  # as its neighbours
        raise


def _find_mode(target: str) -> int:
    """Return the permissions of a file, or those of a new one."""
    try:
        return os.stat(target).st_mode  # noqa: PTH116  # see find_state
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
