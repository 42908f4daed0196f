"""What the names in source say of the things they name."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
# Not "errno", which is the system's, unless a catalog says that its API calls its codes so.
_CODE = frozenset({"code", "codes", "ecode", "errcode", "errorcode", "retcode"})
# What stands before "code" where it is no business code: a transport's, a person's, a thing's.
_OTHER_CODES = frozenset(
    (
        "access", "airline", "airport", "area", "ascii", "asset", "auth", "authorization",
        "backup", "bank", "bar", "barcode", "branch", "button", "byte", "calling", "card", "char",
        "child", "cipher", "city", "class", "close", "coin", "color", "colour", "confirmation",
        "container", "cost", "country", "coupon", "course", "cpt", "currency", "cursor", "cvc",
        "cvv", "department", "device", "dial", "dialing", "dialling", "discount", "district",
        "dns", "dtmf", "employee", "escape", "exec", "exit", "fips", "ftp", "geo", "gift",
        "glyph", "grant", "grpc", "hash", "hs", "http", "https", "iata", "icao", "icd", "imap",
        "industry", "insn", "instruction", "invite", "isin", "iso", "item", "job", "key", "lang",
        "language", "ldap", "letter", "locale", "machine", "market", "merchant", "mfa", "morse",
        "mysql", "naics", "native", "network", "op", "opcode", "origin", "os", "otp", "page",
        "pair", "pairing", "pg", "pgcode", "phone", "pin", "plan", "plu", "point", "pop", "posix",
        "post", "postal", "postcode", "proc", "process", "product", "promo", "province", "psql",
        "qr", "recovery", "redirect", "referral", "region", "reset", "response", "return", "ric",
        "rpc", "sales", "scan", "security", "sgr", "shell", "shipping", "sic", "signal", "site",
        "sku", "sms", "smtp", "socket", "sort", "source", "sql", "sqlite", "ssh", "ssl", "state",
        "station", "status", "stock", "subdivision", "subprocess", "supplier", "swift", "symbol",
        "system", "tariff", "tax", "ticker", "timezone", "tls", "totp", "transport", "unicode",
        "uom", "usb", "vat", "vendor", "verification", "verify", "virtual", "voucher",
        "warehouse", "win", "windows", "winsock", "wmo", "wsa", "xa", "zip",
    )
)  # fmt: skip  # one word a line would hide the list
# What else gives such a code: attributes, and functions by their last name.
_FOREIGN = frozenset(
    (
        "check_call", "errno", "exitcode", "getch", "getcode", "get_wch", "keycode", "ord", "poll",
        "returncode", "status", "wait", "waitkey", "winerror",
    )
)  # fmt: skip  # as above
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


def says_foreign_code(name: str) -> bool:
    """Whether a name says that it names a code of something else: ``errno``, ``exit_code``."""
    words = words_of(name)
    is_code = bool(words) and words[-1] in _CODE
    return (is_code and not says_code(name)) or name.lower() in _FOREIGN


def says_errors(name: str) -> bool:
    """Whether a name says that what it names holds codes or errors: ``ERRORS``, ``ErrorCode``."""
    words = set(words_of(name))
    return bool(words & _ERRORS) and not words & _OTHER_CODES


def says_message(name: str) -> bool:
    """Whether a name says that it names the message of an error, or the error itself."""
    words = words_of(name)
    return bool(words) and words[-1] in _MESSAGE
