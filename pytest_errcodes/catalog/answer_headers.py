"""The headers of an answer that carries an envelope, as far as they are the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import join_words, show_value

RawHeaders = list[tuple[bytes, bytes]]
Headers = Mapping[str, str] | Sequence[tuple[str, str]]

#: What HTTP calls a token; compiled when a header is first checked.
_NAME = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_BREAK = rb"[\r\n\0]"
#: A mapping of others may have no end.
_MOST_HEADERS = 10_000


def write_headers(body: bytes, extra: Headers | None) -> dict[str, str]:
    """Return the headers of an answer that another mock sends; its length, the mock adds itself.

    Args:
        body: The envelope's bytes.
        extra: Headers to add; one may replace the content type.

    Raises:
        ErrcodesUsageError: They are no headers, describe another body, or one comes twice.
    """
    __tracebackhide__ = True
    raw: RawHeaders = []
    try:
        given = extra.items() if isinstance(extra, Mapping) else extra or ()
        pairs = list(islice(given, _MOST_HEADERS + 1))
        for name, value in pairs:
            raw.append((name.encode("latin-1"), value.encode("latin-1")))
    except Exception:  # noqa: BLE001  # a foreign object may raise anything
        raise refuse_headers(extra) from None
    if len(pairs) > _MOST_HEADERS:
        raise refuse_headers(extra)
    check_headers(raw)
    check_described(raw, body)
    written = {"content-type": "application/json"}
    for name, value in pairs:
        if name.lower() in written and name.lower() != "content-type":
            raise ErrcodesUsageError(
                "headers",
                f"headers={show_value(extra)} have {name} twice",
                "give each once: not every mock can send a header twice",
            )
        written[name.lower()] = value
    return written


def refuse_headers(extra: object) -> ErrcodesUsageError:
    """Return the error of what are no headers at all."""
    return ErrcodesUsageError(
        "headers",
        f"headers={show_value(extra)} are not HTTP headers",
        "give a mapping of text to text: headers={'retry-after': '1'}",
    )


def check_headers(headers: RawHeaders) -> None:
    """Refuse headers that cannot be sent.

    Raises:
        ErrcodesUsageError: A name is no name, or a value has a line break in it.
    """
    __tracebackhide__ = True
    for name, value in headers:
        if re.fullmatch(_NAME, name) is None or re.search(_BREAK, value) is not None:
            shown = {name.decode("latin-1"): value.decode("latin-1")}
            raise ErrcodesUsageError(
                "headers",
                f"headers={show_value(shown)} cannot be sent: "
                "a header is one line, and its name one word",
                "leave line breaks out, and send two headers as two pairs",
            )


def check_described(headers: RawHeaders, body: bytes) -> None:
    """Refuse headers that would keep a client from reading the body, or make it wait.

    Raises:
        ErrcodesUsageError: They describe another body.
    """
    __tracebackhide__ = True
    odd = {name: value for name, value in headers if _misdescribes(body, name.lower(), value)}
    if odd:
        shown = {name.decode("latin-1"): value.decode("latin-1") for name, value in odd.items()}
        raise ErrcodesUsageError(
            "headers",
            f"headers={show_value(shown)} would describe another body: a reply is sent as plain "
            f"JSON of {len(body)} bytes",
            f"leave {join_words(list(shown))} out; bytes of your own are sent by "
            ".respond(content=..., headers=...)",
        )


def _misdescribes(body: bytes, name: bytes, value: bytes) -> bool:
    if name in (b"content-encoding", b"transfer-encoding"):
        return value.strip().lower() not in (b"", b"identity")
    return name == b"content-length" and value.strip() != b"%d" % len(body)
