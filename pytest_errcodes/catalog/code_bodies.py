"""Bodies that carry a code, for other mocks than ours and for a web framework's test app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Unpack, cast

from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from typing import Protocol

    from pytest_errcodes.catalog.answer_making import MadeAnswer
    from pytest_errcodes.catalog.answer_options import (
        AnsweredCode,
        AnswerOptions,
        BodyOptions,
        Call,
    )
    from pytest_errcodes.catalog.envelope_fields import EnvelopeFields

    class ShapedCode(AnsweredCode, Protocol):
        """What a body asks of its code; ``ErrorCode`` is one."""

        @property
        def shapes(self) -> tuple[EnvelopeFields, ...]:
            """The envelope shapes of its catalog, the default one first."""


class MockResponse(NamedTuple):
    """An answer that carries a code, in the parts that every mock takes.

    As a tuple it is what Flask takes for a response, and what ``Response(*...)`` of Starlette and
    of Werkzeug is called with.

    Attributes:
        content: The envelope as JSON in UTF-8.
        http_status: The HTTP status, 100 to 599.
        headers: The headers by their names, in lower case; each response has a dict of its own.
    """

    content: bytes
    http_status: int
    headers: dict[str, str]


class CodeBodies:
    """The methods of an ``ErrorCode`` that write what it is answered with."""

    __slots__ = ()

    def body(self: ShapedCode, *params: object, **options: Unpack[BodyOptions]) -> dict[str, Any]:
        """Return an envelope that carries this code, as the object that its JSON is.

        It has the shape of the code's section, unless ``shape`` names another. No request is known
        here, so that fields which repeat one of the request are missing; ``fields={"id": 7}``
        gives them. Batches are made by the catalog: ``errcode_catalog.body(items=[...])``.

        Args:
            params: One value for each placeholder of the code's message.
            options: As in ``BodyOptions``: data, message, fields, code_type, alternative, shape.

        Raises:
            ErrcodesUsageError: Parameters or options are not usable; the checks are those of a
                route's ``reply``.
        """
        __tracebackhide__ = True
        from pytest_errcodes.catalog.answer_options import BodyOptions

        call, chosen = name_call(self.code, "body"), cast("AnswerOptions", options)
        return read_body(make_code_answer(self, call, params, chosen, BodyOptions))

    def response(
        self: ShapedCode, *params: object, **options: Unpack[AnswerOptions]
    ) -> MockResponse:
        """Return an answer that carries this code: bytes, HTTP status and headers.

        Args:
            params: One value for each placeholder of the code's message.
            options: As in ``AnswerOptions``: those of ``body``, http_status, headers.

        Raises:
            ErrcodesUsageError: As in ``body``.
        """
        __tracebackhide__ = True
        from pytest_errcodes.catalog.answer_options import AnswerOptions

        answer = make_code_answer(
            self, name_call(self.code, "response"), params, options, AnswerOptions
        )
        return write_response(answer, options)


def make_code_answer(
    code: ShapedCode,
    call: Call,
    params: tuple[object, ...],
    options: AnswerOptions,
    known: type,
) -> MadeAnswer:
    """Make an answer for another mock.

    Args:
        code: The code.
        call: What asked for it, for the texts.
        params: One value for each placeholder of its message.
        options: What else it says.
        known: What describes the options that there are.

    Raises:
        ErrcodesUsageError: Parameters or options are not usable.
    """
    __tracebackhide__ = True
    from pytest_errcodes.catalog.answer_making import make_answer
    from pytest_errcodes.catalog.answer_options import check_option_names

    check_option_names(options, known.__annotations__, call.verb)
    try:
        return make_answer(code, code.shapes, params, options, call)
    except ErrcodesUsageError as error:  # where we noticed it is of no use to the user
        raise error.with_traceback(None) from None
    except Exception as error:  # noqa: BLE001  # an argument of others may raise anything
        from pytest_errcodes.catalog.foreign_arguments import blame_argument

        raise blame_argument(call.verb, (*params, *options.values()), error) from None


def read_body(answer: MadeAnswer) -> dict[str, Any]:
    """Return the envelope as its JSON says it: what the test changes later is not in there."""
    from json import loads

    body: dict[str, Any] = loads(answer.body)
    return body


def write_response(answer: MadeAnswer, options: AnswerOptions) -> MockResponse:
    """Return an answer in the parts that a mock takes."""
    __tracebackhide__ = True
    from pytest_errcodes.catalog.answer_headers import write_headers

    headers = write_headers(answer.body, options.get("headers"))
    return MockResponse(answer.body, answer.http_status, headers)


def name_call(code: int | str, verb: str) -> Call:
    """Return how texts name a call of a code's own method."""
    from pytest_errcodes.catalog.answer_options import Call
    from pytest_errcodes.text.wording import show_code

    return Call(f"[{show_code(code)}].{verb}", "")
