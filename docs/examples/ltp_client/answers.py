"""Reading an answer: its data, or the exception that says what the API said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from ltp_client.errors import InvalidAnswerError, error_class

if TYPE_CHECKING:
    from ltp_client.transport import Answer

T = TypeVar("T")

SUCCESS = frozenset({200, 200_000})


def read_answer(answer: Answer, result: type[T]) -> T:
    """Return the data of a success, which is of type ``result``.

    Raises:
        ApiError: The API answered with an error code.
        InvalidAnswerError: The answer is not an envelope, or its data is of another type.
    """
    code, message, data = _fields(answer)
    if code not in SUCCESS:
        raise error_class(code)(
            code,
            message,
            data,
            http_status=answer.http_status,
            retry_after=_seconds(answer.headers.get("retry-after", "")),
        )
    if not isinstance(data, result):
        raise _invalid(answer, f"the data is not a {result.__name__}")
    return data


def _fields(answer: Answer) -> tuple[int, str, Any]:
    # The HTTP status says nothing: errors come under 200 as well as under 4xx.
    try:
        body = json.loads(answer.body)
    except ValueError:
        raise _invalid(answer, "the body is not JSON") from None
    match body:
        case {"code": int(code), "message": str(message)} if not isinstance(code, bool):
            return code, message, body.get("data")
    raise _invalid(answer, "the body has no code and message")


def _invalid(answer: Answer, fault: str) -> InvalidAnswerError:
    text = answer.body.decode(errors="replace")
    came = f"HTTP {answer.http_status}, {text[:100]!r}"
    return InvalidAnswerError(f"{fault}: {came}")


def _seconds(text: str) -> float | None:
    return float(text) if text.isdecimal() else None
