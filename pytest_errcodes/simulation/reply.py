"""A reply, made once and sent as often as asked."""

from __future__ import annotations

from functools import lru_cache, partial
from json import loads
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, cast

# Each is bound here: a test may have put something else in its place by the time of a reply.
from httpx import ByteStream, Response

from pytest_errcodes.active.context import observe, observe_batch
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.catalog import ErrorCode, UnknownCodeError
from pytest_errcodes.catalog.envelope_writing import encode_envelope
from pytest_errcodes.catalog.field_paths import find_field
from pytest_errcodes.catalog.model import SUCCESS
from pytest_errcodes.catalog.placeholders import cover_foreign
from pytest_errcodes.catalog.unknown import advise_on_success
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.frozen import Frozen, freeze, thaw
from pytest_errcodes.simulation.reply_headers import Headers, RawHeaders, make_headers
from pytest_errcodes.simulation.shaped_answer import (
    find_shape,
    find_success,
    is_simple,
    read_back,
    write_answer,
)
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import httpx

    from pytest_errcodes.catalog import Catalog, Code, EnvelopeShape
    from pytest_errcodes.envelope.parts import Reading
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
        code: The business code, as the catalog writes it; None for a success that has none.
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


class ReplyOptions(TypedDict, total=False):
    """What a reply may say beyond its code and parameters.

    Keys:
        data: Any JSON value, for the envelope's data field; null if absent.
        http_status: The HTTP status, 100 to 599; the catalog's (200 unless it says otherwise) if
            absent.
        headers: Headers to add, as a mapping or as pairs; they replace ours of the same name.
        times: How many requests get this reply before the next one of the script; 1 if absent,
            and the last reply repeats.
        message: A message other than the documented one.
        undocumented: Send a code that the catalog lacks; needs ``message``.
        shape: The name of the envelope shape; that of the route or of the code's section if absent.
        items: The items of a batch, in order: each a code, None for a success, or an object that
            is sent as it is.
    """

    data: Any
    http_status: int | None
    headers: Headers | None
    times: int | None
    message: str | None
    undocumented: bool
    shape: str | None
    items: Sequence[Code | ErrorCode | Mapping[str, Any] | None]


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
    if code is None or isinstance(code, int | str) or hasattr(code, "template"):
        frozen = freeze(params, options) if params or options else ()
        if frozen is not None:
            return _make_once(catalog, code, frozen)
    return _make(catalog, code, params, options)


@lru_cache(maxsize=4096, typed=True)
def _make_once(catalog: Catalog, code: Code | ErrorCode | None, frozen: Frozen) -> Reply:
    """Make equal replies once: test after test asks for the same few."""
    __tracebackhide__ = True
    params, options = thaw(frozen)
    return _make(catalog, code, params, cast("ReplyOptions", options))


def _make(
    catalog: Catalog,
    code: Code | ErrorCode | None,
    params: tuple[object, ...],
    options: ReplyOptions,
) -> Reply:
    __tracebackhide__ = True
    _check_names(options)
    message = _checked_message(options.get("message"))
    number: Code | None
    if options.get("undocumented"):
        number, message = _undocumented(catalog, code, params, message)
        status, shape = catalog.http_status, find_shape(catalog, options.get("shape") or "")
        is_success = False
    else:
        found, shape = _choose(catalog, code, options)
        is_success = found.section == SUCCESS
        number, status = found.code, found.http_status
        if is_success and number == "":
            number = None  # it has none
        elif message is None:
            message = _fill(found, params)
        elif params:
            raise ErrcodesUsageError(
                "message-and-parameters",
                f"reply({show_code(number)}, ...) has both message= and parameters",
                "give the parameters for the documented message, or the whole message=",
            )
    chosen = options.get("http_status")
    if chosen is not None:
        status = _checked_status(chosen)
    call = f"reply({show_code(number)}, data=...)" if number is not None else "reply(data=...)"
    if "data" in options and not shape.data:
        raise ErrcodesUsageError(
            "reply-option",
            f"{call}: the envelope of catalog {catalog.name!r} has no field for data",
            "name one in the catalog's [envelope], as in data = 'data', or leave out data=",
        )
    written = write_answer(catalog, shape, number, message, options, is_success=is_success)
    body = encode_envelope(written, call)
    headers = make_headers(body, options.get("headers"))
    if is_simple(shape, catalog):
        # As the bytes say it, whatever their owner does with it later.
        has_data = shape.data and options.get("data") is not None
        data = find_field(loads(body), shape.data) if has_data else None
        return Reply(number, message, data, shape, body, status, headers)
    seen = read_back(body, status, catalog, shape, number, is_success=is_success)
    told = (seen.data, shape, body, status, headers, seen.succeeded, seen.items)
    return Reply(number, seen.message, *told)


def _choose(
    catalog: Catalog, code: Code | ErrorCode | None, options: ReplyOptions
) -> tuple[ErrorCode, EnvelopeShape]:
    """Return what is answered, and the shape: that of the reply, else that of the section."""
    __tracebackhide__ = True
    name = options.get("shape")
    shape = find_shape(catalog, name or "")
    if code is None:
        return find_success(shape), shape
    if name and not isinstance(code, ErrorCode) and code not in catalog:
        success = shape.success_code(shape.spell(code))
        if success is not None:
            return success, shape
    found = _documented(catalog, code)
    return found, shape if name else find_shape(catalog, found.section.shape)


def _fill(code: ErrorCode, params: tuple[object, ...]) -> str:
    """Return the message of a code, with the parameters filled in."""
    __tracebackhide__ = True
    message = code.template.render(*params)
    found = cover_foreign(code.message, code.style)[1] if code.style != "none" else []
    # {} may be an empty object, and <a and b> a comparison.
    foreign = [one for one in found if one.text != "{}" and one.style != "angle"]
    if not foreign:
        return message
    style, text = foreign[0]
    own = code.template.placeholders
    hint = f'say placeholders = "{style}" in the catalog, under [envelope]'
    if own:
        hint = f"write {own[0]} and {text} in one style in the catalog"
    raise ErrcodesUsageError(
        "foreign-placeholder",
        f"reply({show_code(code.code)}) would send {text} as it is: the message "
        f"{show_value(code.message)} is read with placeholders of the style {code.style!r}",
        f"{hint}; if the API does send {text}, give the whole message=",
    )


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


def _check_names(options: ReplyOptions) -> None:
    __tracebackhide__ = True
    known = ReplyOptions.__annotations__
    for name in options:
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, known, n=1)
            raise ErrcodesUsageError(
                "reply-option",
                f"reply(...) knows no option {name!r}; it knows {', '.join(known)}",
                f"did you mean {near[0]}=?" if near else "parameters of the message go by position",
            )


def _checked_message(message: object) -> str | None:
    __tracebackhide__ = True
    if message is None or isinstance(message, str):
        return message
    raise ErrcodesUsageError(
        "reply-message",
        f"message={show_value(message)} is not text",
        "give the whole message as text, or leave it out for the documented one",
    )


def _undocumented(
    catalog: Catalog, code: object, params: tuple[object, ...], message: str | None
) -> tuple[Code, str]:
    """Return the code and the message of a reply that the catalog does not know."""
    __tracebackhide__ = True
    number = getattr(code, "code", code)
    if isinstance(number, bool) or not isinstance(number, int | str):
        raise ErrcodesUsageError(
            "code-type",
            f"reply({show_value(number)}, undocumented=True): a code is an integer or text",
            f"write a code such as {next(iter(catalog), 1)!r}",
        )
    call = f"reply({show_code(number)}, undocumented=True"
    if number in catalog:
        raise ErrcodesUsageError(
            "code-is-documented",
            f"{call}): catalog {catalog.name!r} documents {catalog[number]}",
            "leave out undocumented=True",
        )
    if message is None or params:
        raise ErrcodesUsageError(
            "undocumented-without-message",
            f"{call}) has no template to fill",
            f"give the whole message: {call}, message='what the API says')",
        )
    return number, message


def _checked_status(status: object) -> int:
    __tracebackhide__ = True
    if not isinstance(status, int) or not 100 <= status <= 599:
        raise ErrcodesUsageError(
            "http-status",
            f"http_status={show_value(status)} is not an HTTP status",
            "give a number from 100 to 599; the business code is the first argument of reply",
        )
    return int(status)
