"""What a reply repeats of the request that it answers."""

from __future__ import annotations

from json import loads
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from pytest_errcodes.catalog.envelope_writing import encode_envelope
from pytest_errcodes.catalog.field_paths import ABSENT, find_field, put_field

if TYPE_CHECKING:
    from pytest_errcodes.catalog import EnvelopeShape
    from pytest_errcodes.simulation.incoming import Incoming


def echo_request(body: bytes, shape: EnvelopeShape, incoming: Incoming) -> bytes:
    """Return a reply's body with the fields that repeat one of the request.

    What the test has written itself stays; what the request lacks is null.

    Args:
        body: The body, as JSON.
        shape: Its shape, which says what is repeated.
        incoming: The request.
    """
    envelope = loads(body)
    if not isinstance(envelope, dict):
        return body
    sent = _read_request(incoming)
    for path, source in shape.echo:
        if find_field(envelope, path) is ABSENT:
            found = find_field(sent, source)
            put_field(envelope, path, None if found is ABSENT else found)
    return encode_envelope(envelope, "reply(...)")


def _read_request(incoming: Incoming) -> dict[str, Any]:
    """Return what a request sends by name: in its query, its form, or the JSON of its body."""
    query = incoming.address.text.partition("?")[2].partition("#")[0]
    sent: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    try:
        text = incoming.body.decode()
    except UnicodeDecodeError:
        return sent
    try:
        value = loads(text)
    except ValueError:
        return sent | dict(parse_qsl(text, keep_blank_values=True))
    return sent | value if isinstance(value, dict) else sent
