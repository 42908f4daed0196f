"""A reply, made once and sent as often as asked, by whatever test asks for its equal."""

from __future__ import annotations

from functools import lru_cache, partial
from http import HTTPStatus
from json import loads
from typing import TYPE_CHECKING, Any, NamedTuple, cast

# Each is bound here: a test may have put something else in its place by the time of a reply.
from httpx import ByteStream, Response

from pytest_errcodes.active.observation import Observation
from pytest_errcodes.active.observers import observe, observe_batch
from pytest_errcodes.catalog.answer_making import is_simple
from pytest_errcodes.catalog.answered_code import CatalogAnswerOptions, answer_by_catalog
from pytest_errcodes.catalog.field_paths import find_field
from pytest_errcodes.catalog.model import ErrorCode
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.simulation.marked_stream import Mark, MarkedStream, find_mark
from pytest_errcodes.simulation.reply_headers import make_headers
from pytest_errcodes.text.true_kinds import is_one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from pytest_errcodes.catalog import Catalog, Code, EnvelopeShape
    from pytest_errcodes.catalog.answer_headers import RawHeaders
    from pytest_errcodes.envelope.parts import Reading
    from pytest_errcodes.simulation.incoming import Incoming

#: What a code is given as. A tuple, as a union is made anew each time.
_CODES = (int, str, ErrorCode)
#: The parameters and the options of one call.
_Frozen = tuple[Any, ...]
#: Equal values of one of these types are the same for good. Two floats may be equal and differ,
#: as 0.0 and -0.0 do.
_CONSTANTS = (str, int, bool, type(None), HTTPStatus, type)
#: Larger texts are not worth being kept for the rest of the run.
_LARGE = 1000


class Reply(NamedTuple):
    """One envelope as it goes over the wire.

    Attributes:
        code: The business code, as the catalog has it; ``code_type`` may send it otherwise, and a
            success may have none.
        message: The message, with its parameters filled in.
        data: The data, any JSON value; None where the envelope has no field for it.
        shape: The shape of the envelope.
        body: The envelope as JSON in UTF-8.
        http_status: The HTTP status, 100 to 599.
        headers: Name and value of each header, in order.
        succeeded: Whether it is a success, where more than the code tells; None where that does.
        items: The items of a batch.
    """

    code: Code | None
    message: str | None
    data: Any
    shape: EnvelopeShape
    body: bytes
    http_status: int
    headers: RawHeaders
    succeeded: bool | None = None
    items: tuple[Reading, ...] = ()

    def observation(self, incoming: Incoming) -> Observation:
        """Return that the reply was sent to a request."""
        code, message, data, shape, _, http_status, _, succeeded, _ = (
            self  # each request comes by here
        )
        seen_at, url = partial(_describe, incoming), incoming.address.text
        return Observation(
            code,
            message,
            data,
            shape,
            http_status,
            "route",
            seen_at,
            incoming.method,
            url,
            succeeded=succeeded,
        )

    def observe(self, incoming: Incoming) -> None:
        """Observe that the reply was sent to a request, with the errors among its items."""
        if self.items:
            observe_batch(self.observation(incoming), self.items)
        else:
            observe(self.observation(incoming))

    def answer(self, incoming: Incoming) -> Reply:
        """Return the reply with what it repeats of the request; itself where that is nothing."""
        if not self.shape.echo:
            return self
        from pytest_errcodes.simulation.echoes import echo_request

        body = echo_request(self.body, self.shape, incoming)
        length = b"%d" % len(body)
        headers = [
            (name, length if name.lower() == b"content-length" else value)
            for name, value in self.headers
        ]
        return self._replace(body=body, headers=headers)

    def response(self, request: httpx.Request) -> httpx.Response:
        """Return a response that is read, for respx's records and for its own transports."""
        response = Response(
            self.http_status,
            headers=self.headers,
            stream=MarkedStream(self.body, self),
            request=request,
            extensions={"http_version": b"HTTP/1.1"},
        )
        response.read()
        return response


def carry_body(response: object) -> None:
    """Let a response carry its bytes, if they are at hand, to whoever gets it made anew."""
    if not isinstance(response, Response) or find_mark(response) is not None:
        return  # it has a mark, which knows more
    if isinstance(response.stream, ByteStream):
        body = b"".join(response.stream)
        response.stream = MarkedStream(body, Mark(body, is_observed=False))


def _describe(incoming: Incoming) -> str:
    """Return method and URL in one line, secrets masked; most observations are never shown."""
    from pytest_errcodes.simulation.findings.descriptions import describe_request

    return describe_request(incoming.request)


class ReplyOptions(CatalogAnswerOptions, total=False):
    """What a reply may say beyond its code and parameters.

    Where ``shape`` is absent, it is that of the route, else that of the code's section.

    Keys:
        times: How many requests get this reply before the next one of the script; 1 if absent,
            and the last reply repeats.
    """

    times: int | None


def make_reply(
    catalog: Catalog,
    code: Code | ErrorCode | None,
    params: tuple[object, ...],
    options: ReplyOptions,
) -> Reply:
    """Make the bytes of one reply.

    Raises:
        UnknownCodeError: The catalog lacks the code and ``undocumented`` is not set.
        ErrcodesUsageError: An unknown option, a wrong number of parameters, data that JSON cannot
            hold, an HTTP status out of range, or an undocumented code without its message.
    """
    __tracebackhide__ = True
    if code is None or isinstance(code, _CODES):
        frozen = _freeze(params, options) if params or options else ()
        if frozen is not None:
            return _make_once(catalog, code, frozen)
    return _make(catalog, code, params, options)


@lru_cache(maxsize=4096, typed=True)
def _make_once(catalog: Catalog, code: Code | ErrorCode | None, frozen: _Frozen) -> Reply:
    """Make equal replies once: test after test asks for the same few."""
    __tracebackhide__ = True
    params, options = _thaw(frozen)
    return _make(catalog, code, params, cast("ReplyOptions", options))


def _make(
    catalog: Catalog,
    code: Code | ErrorCode | None,
    params: tuple[object, ...],
    options: ReplyOptions,
) -> Reply:
    __tracebackhide__ = True
    found, shape, answer = answer_by_catalog(
        catalog, code, params, options, "reply", known=ReplyOptions
    )
    message, body, http_status = answer
    headers = make_headers(body, options.get("headers"))
    if is_simple(shape, catalog.shapes):
        # Read back from the bytes: the test may change its own object later.
        has_data = shape.data and options.get("data") is not None
        data = find_field(loads(body), shape.data) if has_data else None
        return Reply(found.code, message, data, shape, body, http_status, headers)
    number = None if found.is_success and found.code == "" else found.code
    from pytest_errcodes.envelope.body_reading import read_sent

    seen = read_sent(body, http_status, catalog, shape)
    if isinstance(seen, Refusal):  # cannot be: what would not read as meant was refused before
        raise TypeError(f"a reply that nobody can read: {seen.reason}")
    if isinstance(seen.source, list):  # a batch, which has no code of its own
        number = seen.code
    told = (seen.data, shape, body, http_status, headers, seen.succeeded, seen.items)
    return Reply(number, seen.message, *told)


def _freeze(params: tuple[object, ...], options: Mapping[str, object]) -> _Frozen | None:
    """Return arguments by whose hash equal calls are found; None if they may change, or are large.

    The type of each is a part of it: True equals 1, and is another value in JSON.
    """
    frozen: list[Any] = [len(params), *map(type, params), *params]
    if not all(map(_is_constant, params)):
        return None
    for name, value in options.items():
        if name == "times":  # the bytes are the same however often they are sent
            continue
        kind, kept = type(value), value
        if name == "headers" and is_one_of(kind, (dict, list, tuple)):
            kept = _freeze_pairs(value.items() if isinstance(value, dict) else value)
            if kept is None:
                return None
        elif not _is_constant(value):
            return None
        frozen.append((name, kind, kept))
    return tuple(frozen)


def _thaw(frozen: _Frozen) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the parameters and the options again."""
    if not frozen:
        return (), {}
    count = frozen[0]
    options = {
        name: kind(kept) if isinstance(kept, tuple) else kept
        for name, kind, kept in frozen[1 + 2 * count :]
    }
    return frozen[1 + count : 1 + 2 * count], options


def _is_constant(value: object) -> bool:
    is_large = isinstance(value, str) and len(value) > _LARGE
    return is_one_of(type(value), _CONSTANTS) and not is_large


def _freeze_pairs(pairs: Any) -> tuple[tuple[str, str], ...] | None:
    """Return pairs of texts, as headers are given; None for anything else."""
    kept = tuple(pairs)
    for pair in kept:
        if type(pair) is not tuple or len(pair) != 2 or not all(type(one) is str for one in pair):
            return None
        if not all(map(_is_constant, pair)):
            return None
    return kept
