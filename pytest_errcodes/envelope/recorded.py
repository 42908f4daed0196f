"""What a mock kept of an answer: it shows what was sent, and nothing of what a client made of it.

A test that asserts on it has not seen its client at work. So it is told apart by its type, and so
is what a test takes out of it.
"""

from __future__ import annotations

from typing import Any


class Recorded:
    """What a mock kept, whatever it is."""

    __slots__ = ()


class RecordedObject(Recorded, dict[str, Any]):
    """A JSON object out of an answer that a mock kept."""


class RecordedText(Recorded, str):
    """The body of such an answer as text."""

    __slots__ = ()


class RecordedBytes(Recorded, bytes):
    """The body of such an answer."""

    __slots__ = ()
