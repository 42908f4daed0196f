"""Which words of a message look as if they were values: identifiers, times, secrets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.text.secrets import MASK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.tools.harvesting.message_folding import Template

_LONG_NUMBER = 6
_LONG_MIX = 10
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HEX = re.compile(r"(?=.*\d)(?:0x)?[0-9a-fA-F]{8,}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_HOST = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_PREFIXED = re.compile(r"[A-Za-z]{2,8}[_-]\w*\d\w*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def looks_like_value(token: str) -> bool:
    """Return whether a word is no word of a message: ``ord_8a7f3``, a UUID, a long number."""
    if token == MASK or any(
        form.fullmatch(token) for form in (_UUID, _HEX, _TIME, _MAIL, _HOST, _PREFIXED)
    ):
        return True
    if _NUMBER.fullmatch(token):
        return len(token.partition(".")[0]) >= _LONG_NUMBER
    digits = sum(letter.isdigit() for letter in token)
    return len(token) >= _LONG_MIX and digits >= 3 and "/" not in token  # h264, oauth2


def guess_placeholders(tokens: Template, sent: Iterable[str], code: str) -> Template:
    """Return a template with placeholders for what looks like a value.

    Args:
        tokens: The template so far.
        sent: Words that the client itself has sent.
        code: The code, which a message may well say.
    """
    echoed = frozenset(sent)
    return tuple(
        None
        if token is not None and token != code and (token in echoed or looks_like_value(token))
        else token
        for token in tokens
    )


def find_perhaps_values(tokens: Template, code: str) -> list[str]:
    """Return the numbers and quoted words that stand in a template, and may be values too."""
    found = []
    for before, token, after in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        if token is None or token == code:
            continue
        is_quoted = before in ("'", '"', "`") and after == before
        if _NUMBER.fullmatch(token) or (is_quoted and token[0].isalnum()):
            found.append(token)
    return list(dict.fromkeys(found))
