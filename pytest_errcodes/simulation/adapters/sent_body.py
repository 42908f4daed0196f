"""The body of a request as a library of http.client's family is given it, in bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_body(body: Any, charset: str) -> bytes:
    """Return a body in bytes.

    Args:
        body: None, bytes, text, what has ``read``, or what gives one part after the other; what
            can be read once alone is read up.
        charset: What text is encoded in.
    """
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode(charset)
    read = getattr(body, "read", None)
    if callable(read):
        parts = iter(lambda: read(65_536), None)
        return b"".join(_read_parts(parts, charset))
    try:
        return memoryview(body).tobytes()
    except TypeError:
        return b"".join(_join_parts(body, charset))


def _read_parts(parts: Iterable[Any], charset: str) -> Iterable[bytes]:
    for part in parts:
        if not part:
            return
        yield _to_bytes(part, charset)


def _join_parts(parts: Iterable[Any], charset: str) -> Iterable[bytes]:
    for part in parts:
        yield _to_bytes(part, charset)


def _to_bytes(part: Any, charset: str) -> bytes:
    return part.encode(charset) if isinstance(part, str) else bytes(part)
