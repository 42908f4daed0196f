"""Error codes of the exchange; importing this module fails, and need not."""

from enum import Enum, IntEnum, auto

from exchange.base import BASE, ErrorInfo, _

raise SystemExit("this is read, never run")

ERR_TIMEOUT = 1001  # Request timed out after %d ms
ERR_OFFLINE = -1002
"""The exchange is offline."""
PAGE_SIZE = 100


class Trading(IntEnum):
    """Errors of orders."""

    # --- Orders (4010xx) ---
    DUPLICATE = 401009  # clientOrderId already exists
    GONE = 401010
    """Order gone,
    or never there."""
    UNNAMED = 401011

    # --- Limits (4011xx) ---
    TOO_MANY = 401101, "Too many orders"
    DYNAMIC = auto()
    SUM = BASE + 1
    ALIAS = DUPLICATE


class Wallet(Enum):
    INSUFFICIENT = (5001, "Insufficient balance", 402)
    SUSPENDED = ErrorInfo(5002, message="Withdrawals are suspended", status=503)
    BLOCKED = ErrorInfo(code=5003, message=_("Address is on the blocklist"), solution="Ask us")
    LONG = {"code": 5004, "message": "Address is too long: " + "%d or more"}  # noqa: RUF012  # as teams write it


class Chain(IntEnum):
    # The chain is down
    DOWN = 6001
    # The chain has forked
    FORKED = 6002


MESSAGES = {
    Trading.UNNAMED: "Order has no name",
    7001: f"Fee of {BASE} is unknown",
    7002: ("Fee is no number", 400),
}


class ExchangeError(Exception):
    code = None


class AccountError(ExchangeError):
    """Errors of accounts."""


class NoAccount(AccountError):
    """No such account.

    It may be closed.
    """

    code = 8001


class Locked(AccountError):
    code = 8002
    message = "Account is locked"
    http_status = 423


class Again(ExchangeError):
    code = Trading.DUPLICATE
    message = "clientOrderId already exists"
