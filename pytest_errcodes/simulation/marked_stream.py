"""What is known of an answer on its way to the client: kept in the stream of its bytes.

A client may compare, copy or store all that a response shows, its extensions and attributes; the
stream in it is only read. It is handed from layer to layer, in httpx by the streams around it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from httpx import ByteStream

#: Through so many streams the mark is looked for; one that holds itself would have no end.
_DEEPEST = 10
_MARK = "_pytest_errcodes_mark"


class Mark(NamedTuple):
    """What is known of an answer.

    Attributes:
        body: Its bytes.
        is_observed: Whether it was observed where it was sent; its bytes are decoded then. If not,
            they are as they go over the wire, for whoever gets them unread.
        reply: The ``Reply`` that it is, if it is one of ours.
    """

    body: bytes
    is_observed: bool
    reply: Any = None


class MarkedStream(ByteStream):
    """A stream of bytes, sync and async, that carries what is known of them.

    Args:
        body: The bytes.
        mark: What is known of the answer: a ``Mark``, or a ``Reply``, which says all by itself.
    """

    def __init__(self, body: bytes, mark: Any) -> None:
        super().__init__(body)
        self._pytest_errcodes_mark = mark


def find_mark(response: Any) -> Mark | None:
    """Return what is known of a response of httpx's kind; None for one of somebody else's."""
    stream = getattr(response, "stream", None)
    for _ in range(_DEEPEST):
        inside = getattr(stream, "__dict__", None)
        if inside is None:
            break
        found = inside.get(_MARK)
        if found is not None:
            return (
                found
                if isinstance(found, Mark)
                else Mark(found.body, is_observed=True, reply=found)
            )
        stream = inside.get("_stream") or inside.get("_httpcore_stream")
    return None
