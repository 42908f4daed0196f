"""What the client raises: one class for each section of the published error codes."""

from __future__ import annotations

from typing import Any


class LtpError(Exception):
    """Any failure that the client reports; transport errors are its library's own."""


class InvalidAnswerError(LtpError):
    """The answer is not an envelope of this API, or its data is not what the call returns."""


class ApiError(LtpError):
    """The API answered with an error code.

    Attributes:
        code: The business code, such as 401009; never the HTTP status.
        message: What the API says about it.
        data: The envelope's data, any JSON value.
        http_status: The HTTP status of the answer.
        retry_after: Seconds that the API asks to wait; None if it does not say.
    """

    def __init__(
        self,
        code: int,
        message: str,
        data: Any = None,
        *,
        http_status: int = 200,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
        self.data = data
        self.http_status = http_status
        self.retry_after = retry_after


class CommonError(ApiError):
    """400xxx: the request is malformed, or the service is not available."""


class AuthenticationError(ApiError):
    """2xxx, 4xxx, 7xxx, 1000xx: key, signature, nonce or permission."""


class RateLimitedError(AuthenticationError):
    """100429: too many requests."""


class TradingError(ApiError):
    """4010xx: orders, positions, leverage."""


class AlgoError(ApiError):
    """4012xx: strategy and algo orders."""


class PortfolioError(ApiError):
    """402xxx: portfolio management."""


class TransferError(ApiError):
    """403xxx: transfers between portfolios."""


class FeeError(ApiError):
    """406xxx: broker fees."""


class WebSocketError(ApiError):
    """601xxx: subscriptions and logins."""


#: Which class a code belongs to; the first range that holds the code decides.
_CLASSES: tuple[tuple[range, type[ApiError]], ...] = (
    (range(100_429, 100_430), RateLimitedError),
    (range(500, 8_000), AuthenticationError),
    (range(100_000, 101_000), AuthenticationError),
    (range(400_000, 401_000), CommonError),
    (range(401_200, 401_300), AlgoError),
    (range(401_000, 402_000), TradingError),
    (range(402_000, 403_000), PortfolioError),
    (range(403_000, 404_000), TransferError),
    (range(405_000, 406_000), AuthenticationError),
    (range(406_000, 407_000), FeeError),
    (range(601_000, 602_000), WebSocketError),
)


def error_class(code: int) -> type[ApiError]:
    """Return the class for a code; ``ApiError`` itself for one outside the published ranges."""
    return next((found for codes, found in _CLASSES if code in codes), ApiError)
