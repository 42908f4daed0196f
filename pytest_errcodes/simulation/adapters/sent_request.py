"""Headers and body of a request as they go over the wire, as http.client's family writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.incoming import write_headers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.simulation.address import Address

#: What urllib3 gives for a header that is not to be sent.
_SKIP = "@@@SKIP_HEADER@@@"


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


def list_headers(
    given: list[tuple[Any, Any]], address: Address, body: bytes | None, *, chunked: bool
) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request with those that its connection would add.

    Args:
        given: Those that its client gives.
        address: Where it goes.
        body: Its body.
        chunked: Whether it would be sent in chunks.
    """
    names = {str(name).lower() for name, _ in given}
    added = {"host": address.url.netloc.decode("ascii"), "accept-encoding": "identity"}
    if "content-length" not in names and "transfer-encoding" not in names:
        if chunked:
            added["transfer-encoding"] = "chunked"
        elif body is not None:
            added["content-length"] = str(len(body))
    first = [(name, value) for name, value in added.items() if name not in names]
    return write_headers((name, value) for name, value in first + given if value != _SKIP)
