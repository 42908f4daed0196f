"""What the names in source say of the things they name."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_CODE = frozenset({"code", "codes", "ecode", "errcode", "errno", "errorcode", "retcode"})
# What stands before "code" where it is no business code: a transport's, a person's, a thing's.
_OTHER_CODES = frozenset(
    (
        "area", "ascii", "asset", "auth", "authorization", "bank", "bar", "byte", "char", "city",
        "close", "coin", "color", "colour", "country", "coupon", "currency", "discount", "escape",
        "exit", "grant", "hash", "http", "https", "invite", "key", "lang", "language", "locale",
        "market", "mfa", "network", "op", "otp", "phone", "pin", "post", "postal", "product",
        "promo", "qr", "region", "referral", "response", "return", "sms", "source", "state",
        "status", "stock", "swift", "symbol", "system",
        "totp", "unicode", "verification", "verify", "zip",
    )
)  # fmt: skip  # one word a line would hide the list
_ERRORS = _CODE | {"err", "errors", "error", "failure", "failures", "rejection", "rejections"}
_MESSAGE = frozenset(
    (
        "desc", "description", "detail", "details", "e", "err", "error", "errors", "ex", "exc",
        "exception", "message", "messages", "msg", "msgs", "reason", "text",
    )
)  # fmt: skip  # as above


@lru_cache(maxsize=10_000)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name: ``error_code``, ``errorCode`` and ``ERROR_CODE`` have two."""
    return tuple(word.lower() for word in _WORD.findall(name))


def says_code(name: str) -> bool:
    """Whether a name says that it names a business code: ``code``, ``errCode``, ``retry_codes``.

    ``status_code``, ``exit_code``, ``country_code`` and their like say otherwise.
    """
    words = words_of(name)
    return bool(words) and words[-1] in _CODE and not _OTHER_CODES & set(words)


def says_errors(name: str) -> bool:
    """Whether a name says that what it names holds codes or errors: ``ERRORS``, ``ErrorCode``."""
    words = set(words_of(name))
    return bool(words & _ERRORS) and not words & _OTHER_CODES


def says_message(name: str) -> bool:
    """Whether a name says that it names the message of an error, or the error itself."""
    words = words_of(name)
    return bool(words) and words[-1] in _MESSAGE
