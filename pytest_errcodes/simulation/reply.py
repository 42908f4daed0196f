"""A reply, made once and sent as often as asked."""

from __future__ import annotations

from functools import lru_cache, partial
from json import loads
from typing import TYPE_CHECKING, Any, NamedTuple, cast

# Each is bound here: a test may have put something else in its place by the time of a reply.
from httpx import ByteStream, Response

from pytest_errcodes.active.observation import Observation
from pytest_errcodes.catalog import UnknownCodeError
from pytest_errcodes.catalog.answer_making import (
    AnswerOptions,
    Call,
    check_option_names,
    make_answer,
)
from pytest_errcodes.catalog.field_paths import find_field
from pytest_errcodes.catalog.undocumented import check_wording, make_undocumented
from pytest_errcodes.catalog.unknown import advise_on_success
from pytest_errcodes.simulation.frozen import Frozen, freeze, thaw
from pytest_errcodes.simulation.reply_headers import make_headers
from pytest_errcodes.text.wording import show_code

if TYPE_CHECKING:
    import httpx

    from pytest_errcodes.catalog import Catalog, Code, EnvelopeShape, ErrorCode
    from pytest_errcodes.catalog.answer_headers import RawHeaders
    from pytest_errcodes.simulation.incoming import Incoming

#: Marks a response that came from one of our routes, so that it is observed once.
EXTENSION = "pytest_errcodes"
#: Where a response carries the bytes that a mock has answered, in case its client reads none.
BODY = "pytest_errcodes_body"
#: Marks what a route of ours answered in one of respx's ways, and holds its body.
OF_ROUTE = "pytest_errcodes_of_route"


class Reply(NamedTuple):
    """One envelope as it goes over the wire.

    Attributes:
        code: The business code, as the catalog has it; ``code_type`` may send it otherwise.
        message: The message, with its parameters filled in.
        data: The data, any JSON value; None where the envelope has no field for it.
        shape: The shape of the envelope.
        body: The envelope as JSON in UTF-8.
        http_status: The HTTP status, 100 to 599.
        headers: Name and value of each header, in order.
    """

    code: Code
    message: str
    data: Any
    shape: EnvelopeShape
    body: bytes
    http_status: int
    headers: RawHeaders

    def observation(self, incoming: Incoming) -> Observation:
        """Return that the reply was sent to a request."""
        code, message, data, shape, _, http_status, _ = self  # each request comes by here
        seen_at, url = partial(_describe, incoming), incoming.address.text
        return Observation(
            code, message, data, shape, http_status, "route", seen_at, incoming.method, url
        )

    def extensions(self) -> dict[str, Any]:
        """Return the response extensions of one exchange; each response owns its dict."""
        return {"http_version": b"HTTP/1.1", EXTENSION: self}

    def response(self, request: httpx.Request) -> httpx.Response:
        """Return a response that is read, for respx's records and for its own transports."""
        response = Response(
            self.http_status,
            headers=self.headers,
            stream=ByteStream(self.body),
            request=request,
            extensions=self.extensions(),
        )
        response.read()
        return response


def carry_body(response: object) -> None:
    """Let a response carry its bytes, if they are at hand, to whoever gets it made anew."""
    if isinstance(response, Response) and isinstance(response.stream, ByteStream):
        # As they go over the wire: they may be compressed.
        response.extensions = {**response.extensions, BODY: b"".join(response.stream)}


def _describe(incoming: Incoming) -> str:
    """Return method and URL in one line, secrets masked; most observations are never shown."""
    from pytest_errcodes.simulation.findings.describe import describe_request

    return describe_request(incoming.request)


class ReplyOptions(AnswerOptions, total=False):
    """What a reply may say beyond its code and parameters.

    Keys:
        times: How many requests get this reply before the next one of the script; 1 if absent,
            and the last reply repeats.
        undocumented: Send a code that the catalog lacks; needs ``message``.
    """

    times: int | None
    undocumented: bool


def make_reply(
    catalog: Catalog, code: Code | ErrorCode, params: tuple[object, ...], options: ReplyOptions
) -> Reply:
    """Make the bytes of one reply.

    Raises:
        UnknownCodeError: The catalog lacks the code and ``undocumented`` is not set.
        ErrcodesUsageError: An unknown option, a wrong number of parameters, data that JSON cannot
            hold, an HTTP status out of range, or an undocumented code without its message.
    """
    __tracebackhide__ = True
    if isinstance(code, int | str) or hasattr(code, "template"):
        frozen = freeze(params, options) if params or options else ()
        if frozen is not None:
            return _make_once(catalog, code, frozen)
    return _make(catalog, code, params, options)


@lru_cache(maxsize=4096, typed=True)
def _make_once(catalog: Catalog, code: Code | ErrorCode, frozen: Frozen) -> Reply:
    """Make equal replies once: test after test asks for the same few."""
    __tracebackhide__ = True
    params, options = thaw(frozen)
    return _make(catalog, code, params, cast("ReplyOptions", options))


def _make(
    catalog: Catalog, code: Code | ErrorCode, params: tuple[object, ...], options: ReplyOptions
) -> Reply:
    __tracebackhide__ = True
    check_option_names(options, ReplyOptions.__annotations__, "reply")
    if options.get("undocumented"):
        found = make_undocumented(catalog, code, "reply")
        check_wording(found, params, options.get("message"), "reply")
    else:
        found = _documented(catalog, code)
    shape, number = catalog.shape, found.code
    call = Call("reply", show_code(number), f"the envelope of catalog {catalog.name!r}")
    answer = make_answer(found, shape, params, options, call)
    # As the bytes say it, whatever their owner does with it later.
    has_data = shape.data and options.get("data") is not None
    data = find_field(loads(answer.body), shape.data) if has_data else None
    headers = make_headers(answer.body, options.get("headers"))
    return Reply(number, answer.message, data, shape, answer.body, answer.http_status, headers)


def _documented(catalog: Catalog, code: Code | ErrorCode) -> ErrorCode:
    """Return what the catalog says of a code; one it lacks can be sent all the same."""
    __tracebackhide__ = True
    try:
        return catalog.find(code)
    except UnknownCodeError as error:
        if not catalog.shape.allows(code) or advise_on_success(catalog, error.code):
            raise
        raise error.with_hint(
            "check the number against the document, or send it with undocumented=True, "
            "message='...'"
        ) from None
