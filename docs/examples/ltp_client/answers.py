"""Reading an answer: its data, or the exception that says what the API said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ltp_client.errors import InvalidAnswerError, error_class

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

SUCCESS = frozenset({200, 200_000})


def read_answer(response: httpx.Response, result: type[T]) -> T:
    """Return the data of a successful answer, which is of type ``result``.

    Raises:
        ApiError: The API answered with an error code.
        InvalidAnswerError: The answer is not an envelope, or its data is of another type.
    """
    code, message, data = _fields(response)
    if code not in SUCCESS:
        raise error_class(code)(
            code,
            message,
            data,
            http_status=response.status_code,
            retry_after=_seconds(response.headers.get("retry-after", "")),
        )
    if not isinstance(data, result):
        raise _invalid(response, f"the data is not a {result.__name__}")
    return data


def _fields(response: httpx.Response) -> tuple[int, str, Any]:
    # The HTTP status says nothing: errors come under 200 as well as under 4xx.
    try:
        body = response.json()
    except ValueError:
        raise _invalid(response, "the body is not JSON") from None
    match body:
        case {"code": int(code), "message": str(message)} if not isinstance(code, bool):
            return code, message, body.get("data")
    raise _invalid(response, "the body has no code and message")


def _invalid(response: httpx.Response, fault: str) -> InvalidAnswerError:
    came = f"HTTP {response.status_code}, {response.text[:100]!r}"
    return InvalidAnswerError(f"{fault}: {came}")


def _seconds(text: str) -> float | None:
    return float(text) if text.isdecimal() else None
