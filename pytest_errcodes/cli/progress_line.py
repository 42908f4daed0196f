"""The line that shows on a terminal how far long work came."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from pytest_errcodes.cli.terminal import terminal_width
from pytest_errcodes.text.wording import count_columns, escape, pluralize

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_FIRST = 0.5  # seconds; what ends before them needs no line
_BETWEEN = 0.1  # seconds from one drawing to the next
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """One line on the error output that each step replaces, and that is gone at the end.

    It is drawn for a person alone: not into a pipe, nor on a machine of CI.

    Args:
        verb: What is done with files, such as ``scanned``.
    """

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._count = 0
        self._is_drawn = False
        self._next = time.monotonic() + _FIRST if is_watched() else float("inf")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take the line away, also where the work failed."""
        if self._is_drawn:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def advance(self, what: str) -> None:
        """Count a file, and draw the line if the last drawing is long enough ago.

        Args:
            what: Path of the file.
        """
        self._count += 1
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _BETWEEN
            self._draw(what)

    def _draw(self, what: str) -> None:
        lead = f"errcodes: {self._count:,} {pluralize('file', self._count)} {self._verb}: "
        room = terminal_width() - 1 - len(lead)
        shown = escape(what)
        while shown and count_columns(shown) > room:
            shown = shown[1:]  # the end of a path says more than its beginning
        sys.stderr.write(f"{_CLEAR}{lead}{shown}")
        sys.stderr.flush()
        self._is_drawn = True


def is_watched() -> bool:
    """Whether a person looks at the error output while it is written."""
    is_plain = os.environ.get("TERM") in ("dumb", "unknown")
    return sys.stderr.isatty() and not is_plain and not os.environ.get("CI")
