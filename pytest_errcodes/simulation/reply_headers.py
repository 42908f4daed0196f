"""The headers of a reply: ours, and those that a test adds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from httpx import Headers as HttpxHeaders  # bound here: a test may have replaced it by then

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import join_words, show_value

RawHeaders = list[tuple[bytes, bytes]]
Headers = Mapping[str, str] | Sequence[tuple[str, str]]

#: What HTTP calls a token.
_NAME = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # compiled when it is first needed
_BREAK = rb"[\r\n\0]"


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
        raise ErrcodesUsageError(
            "headers",
            f"headers={show_value(extra)} are not HTTP headers",
            "give a mapping of text to text: headers={'retry-after': '1'}",
        ) from None
    odd = {name: value for name, value in added if _misdescribes(body, name.lower(), value)}
    if odd:
        shown = {name.decode("latin-1"): value.decode("latin-1") for name, value in odd.items()}
        raise ErrcodesUsageError(
            "headers",
            f"headers={show_value(shown)} would describe another body: a reply is sent as plain "
            f"JSON of {len(body)} bytes",
            f"leave {join_words(list(shown))} out; bytes of your own are sent by "
            ".respond(content=..., headers=...)",
        )
    check_headers(added)
    replaced = {name.lower() for name, _ in added}
    return [pair for pair in ours if pair[0] not in replaced] + added


def check_headers(headers: RawHeaders) -> None:
    """Refuse headers that cannot be sent.

    Raises:
        ErrcodesUsageError: A name is no name, or a value has a line break in it.
    """
    __tracebackhide__ = True
    for name, value in headers:
        if not re.fullmatch(_NAME, name) or re.search(_BREAK, value):
            shown = {name.decode("latin-1"): value.decode("latin-1")}
            raise ErrcodesUsageError(
                "headers",
                f"headers={show_value(shown)} cannot be sent: "
                "a header is one line, and its name one word",
                "leave line breaks out, and send two headers as two pairs",
            )


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


def _misdescribes(body: bytes, name: bytes, value: bytes) -> bool:
    """Return whether a header would keep a client from reading the body, or make it wait."""
    if name in (b"content-encoding", b"transfer-encoding"):
        return value.strip().lower() not in (b"", b"identity")
    return name == b"content-length" and value.strip() != b"%d" % len(body)
