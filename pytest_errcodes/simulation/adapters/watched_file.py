"""A file that a response is read from, looked at when its client has read all of it.

Whatever way a client reads, the bytes come through here, and nothing is read that the client does
not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class WatchedFile:
    """Hands on what is read of a file, and looks once: at its end, or when it is closed.

    Args:
        file: The file; all that is not about reading is its own.
        look: Called once with all that was read, and whether anybody read.
    """

    def __init__(self, file: Any, look: Callable[[bytes, bool], object]) -> None:
        self._file = file
        self._look: Callable[[bytes, bool], object] | None = look
        self._parts: list[bytes] = []
        self._was_read = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def read(self, *arguments: Any, **options: Any) -> Any:
        """Read as the file does."""
        return self._note(self._file.read(*arguments, **options), arguments)

    def read1(self, *arguments: Any) -> Any:
        """Read as the file does."""
        return self._note(self._file.read1(*arguments), arguments)

    def readline(self, *arguments: Any) -> Any:
        """Read as the file does."""
        return self._note(self._file.readline(*arguments), arguments)

    def readinto(self, buffer: Any) -> Any:
        """Read as the file does."""
        count = self._file.readinto(buffer)
        self._note(bytes(memoryview(buffer)[: count or 0]), (len(buffer),))
        return count

    def close(self) -> None:
        """Close the file."""
        try:
            self._file.close()
        finally:
            self.end()

    def _note(self, part: Any, arguments: tuple[Any, ...]) -> Any:
        self._was_read = True
        if part:
            self._parts.append(part)
        elif arguments[:1] != (0,):
            self.end()
        return part

    def end(self) -> None:
        """Look at what was read, unless that is done."""
        look, self._look = self._look, None
        if look is not None:
            look(b"".join(self._parts), self._was_read)
        self._parts = []
