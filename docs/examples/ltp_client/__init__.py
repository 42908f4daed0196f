"""A client of the LTP RapidX API: orders, leverage and portfolios, sync and async."""

from ltp_client.calls import Order
from ltp_client.clients import AsyncClient, Client
from ltp_client.errors import (
    AlgoError,
    ApiError,
    AuthenticationError,
    CommonError,
    FeeError,
    InvalidAnswerError,
    LtpError,
    PortfolioError,
    RateLimitedError,
    TradingError,
    TransferError,
    WebSocketError,
)
from ltp_client.retry import Retry
from ltp_client.signing import Signer

__all__ = [
    "AlgoError",
    "ApiError",
    "AsyncClient",
    "AuthenticationError",
    "Client",
    "CommonError",
    "FeeError",
    "InvalidAnswerError",
    "LtpError",
    "Order",
    "PortfolioError",
    "RateLimitedError",
    "Retry",
    "Signer",
    "TradingError",
    "TransferError",
    "WebSocketError",
]
