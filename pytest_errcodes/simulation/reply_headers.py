"""The headers of a reply: ours, and those that a test adds."""

from __future__ import annotations

from httpx import Headers as HttpxHeaders  # bound here: a test may have replaced it by then

from pytest_errcodes.catalog.answer_headers import (
    Headers,
    RawHeaders,
    check_described,
    check_headers,
    refuse_headers,
)
from pytest_errcodes.errors import ErrcodesUsageError


def make_headers(body: bytes, extra: Headers | None) -> RawHeaders:
    """Return the headers of a reply.

    Args:
        body: Its body.
        extra: Headers to add; they replace ours of the same name.

    Raises:
        ErrcodesUsageError: They are no headers, or describe another body.
    """
    __tracebackhide__ = True
    ours: RawHeaders = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    if not extra:
        return ours
    try:
        added = HttpxHeaders(extra).raw
    except (TypeError, ValueError, AttributeError):
        raise refuse_headers(extra) from None
    check_described(added, body)
    check_headers(added)
    replaced = {name.lower() for name, _ in added}
    return [pair for pair in ours if pair[0] not in replaced] + added


def check_status(status: int) -> None:
    """Refuse a status that no answer can have.

    Raises:
        ErrcodesUsageError: It is not from 100 to 599.
    """
    __tracebackhide__ = True
    if not 100 <= status <= 599:
        raise ErrcodesUsageError(
            "http-status",
            f"status_code={status} is not an HTTP status",
            "give a number from 100 to 599; no answer at all is "
            ".mock(side_effect=httpx.ReadTimeout)",
        )
