"""Reading a file, with a bound.

Only a regular file is read, and never more of it than is asked for: a device has no end, and a pipe
may never send anything.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

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


class _System:
    """The calls that reading needs: those that stand in ``os`` now, each as ``keep`` returns it."""

    def __init__(self, keep: Callable[[Any], Any] = lambda call: call) -> None:
        self.stat: Callable[..., os.stat_result] = keep(os.stat)
        self.open: Callable[..., int] = keep(os.open)
        self.fstat: Callable[[int], os.stat_result] = keep(os.fstat)
        self.read: Callable[[int, int], bytes] = keep(os.read)
        self.close: Callable[[int], None] = keep(os.close)


#: The real ones, whatever a test has put in their place: no fake file system finds a partial.
_REAL = _System(partial)


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
    return _read(path, most, _System())


def read_real_file(path: str) -> bytes:
    """Return what a regular file on the real disk holds, whatever a test has put in its place.

    Raises:
        UnreadableFileError: See ``read_file``.
    """
    return _read(path, MOST_BYTES, _REAL)


def is_real(path: str) -> bool:
    """Whether there is anything at a path of the real disk; never raises."""
    try:
        _REAL.stat(path)
    except (OSError, ValueError):
        return False
    return True


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
    with _opening(path, _System()):
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
