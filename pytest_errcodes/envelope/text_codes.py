"""A code in the text of an exception: in JSON that stands there, or as a word."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.catalog.envelope_fields import HTTP_STATUS
from pytest_errcodes.catalog.model import integer_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog import Catalog, Code, ErrorCode

# A text of megabytes is a page or a dump, and its code stands at its beginning.
_LONGEST = 100_000
_MOST_OBJECTS = 20
_LEAD = 60

#: What holds numbers that are no codes: URLs, paths, addresses, dates, UUIDs, versions.
_NOISE = re.compile(
    r"(?i:client|server) error '[0-9]{3} [^']*'|\b[0-9]{3} (?:Client|Server) Error:"
    r"|\bHTTP/[0-9.]+ [0-9]{3}\b"
    r"|\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s'\"<>]+"
    r"|(?<![\w/])(?:[A-Za-z]:\\|\.{0,2}[/\\])[^\s'\"<>:,;()]+"
    r"|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b"
    r"|\b(?:localhost|[\w-]+(?:\.[\w-]+)+):[0-9]{1,5}\b"
    r"|\b[vV]?[0-9]+(?:\.[0-9]+){2,}\b"
    r"|\b[0-9]{1,4}([-/.:])[0-9]{1,2}\1[0-9]{1,4}(?:[T ][0-9:.,]+(?:Z|[+-][0-9:]+)?)?"
)
_TOKEN = re.compile(r"[^\s\"'`()\[\]{}<>,;:=|\0]+")
_DIGITS = re.compile(r"[0-9]+")

_CODEISH = re.compile(
    r"(?:code|err(?:or|no)?|exception|fault|reason|ret|错误码|错误代码|代码|コード|код)"
    r"[\"']?\s*(?:is|was|no\.?|number)?\s*[:=#]?\s*[(\[<{]?\s*[\"']?\Z",
    re.IGNORECASE,
)
_OTHER_CODE = re.compile(
    r"(?:exit|zip|post(?:al)?|country|area|bar|qr|byte|key|char|promo|currency|close|verify|2fa)"
    r"[\s_-]?code[\"']?\s*(?:is|was)?\s*[:=]?\s*[\"']?\Z",
    re.IGNORECASE,
)
#: What is said to be an HTTP status, which is a code only where the catalog says so.
_STATUS = re.compile(
    r"(?:\bhttp\b|\bhttp/[0-9.]+|status(?:[\s_-]?code)?|statusCode)[\"']?\s*(?:is|was)?"
    r"\s*[:=(\[]?\s*[\"']?\Z",
    re.IGNORECASE,
)
#: Nouns before a number that say what it is instead.
_QUANTITY = re.compile(
    r"(?:\b(?:cancel|amend|modify|replace|fetch|find|delete|orders?|ids?|\w+_ids?|uid|pid|\w*orderid|no|number|amount|price|qty|quantity|size|volume"
    r"|balance|total|sum|fee|cost|value|margin|notional|port|line|column|col|row|page|limit|offset"
    r"|timeout|after|than|least|most|exceeds?|max(?:imum)?|min(?:imum)?|account|user"
    r"|portfolio|position|trade|ticket|trace|session|thread|version|build"
    r"|seq(?:uence)?|nonce|timestamp|ts|time|epoch|year|count|index|length|bytes?|remaining"
    r"|up to|weight)"
    r"|(?-i:[a-z]I[dD]s?|[a-z](?:Price|Qty|Quantity|Amount|Size|Time|Balance)))"
    r"[\"']?\s*(?:is|was|of)?\s*[#:=]?\s*[(\[]?\s*[\"']?\Z|[$€£¥₿]\s*\Z",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:ms|msecs?|s|secs?|seconds?|minutes?|mins?|h|hrs?|hours?|days?|b|bytes?|kb|mb|gb|px"
    r"|usd[tc]?|eur|gbp|jpy|cny|krw|btc|eth|bnb|sol|xrp|units|contracts|lots|shares|items|times"
    r"|attempts|retries|rows|points|percent|dollars|euros)\b|\s?[%$€£¥₿]",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:code|err|error)-\Z", re.IGNORECASE)
_ASSIGNED = re.compile(r"[\w\])\"'][\"']?\s*=\s*[\"']?\Z")
#: What stands before a code of several words, and behind it; or the text begins and ends there.
_OPENS = ("", "\n", *"\"'`([{<:=")
_CLOSES = ("", "\n", *"\"'`)]}>,;.!:")
_SHORTEST_MESSAGE = 4
_SHORTEST_NUMBER = 4


class _Word(NamedTuple):
    """A documented code that stands in a text."""

    error_code: ErrorCode
    is_sure: bool


def find_objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects that stand in a text, without those that stand within them."""
    decoder = json.JSONDecoder()
    position = text.find("{", 0, _LONGEST)
    for _ in range(_MOST_OBJECTS):
        if position < 0:
            return
        end = position + 1
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            yield value
        position = text.find("{", end, _LONGEST)


def find_word(text: str, catalog: Catalog, http_status: int | None) -> Code | None:
    """Return the code that stands as a word in a text; None if there is none, or more than one.

    Only an error that the catalog documents counts, and no number that is a part of another one,
    or of a date or a URL, or that is said to be something else: an amount, an id, a port.

    Args:
        text: The text of an exception.
        catalog: Whose codes are looked for.
        http_status: The HTTP status that came with it, which is no code; None if not known.
    """
    if not _may_name_code(text[:_LONGEST], catalog):
        return None
    shown = _NOISE.sub(lambda found: "\0" * len(found[0]), text[:_LONGEST])
    words: dict[Code, bool] = {}
    for word in _find_words(shown, catalog, http_status):
        code = word.error_code.code
        words[code] = words.get(code, False) or word.is_sure
    sure = [code for code, is_sure in words.items() if is_sure]
    for some in (sure, list(words)):
        if len(some) == 1:
            return some[0]
        if some:
            return None
    return None


def _may_name_code(text: str, catalog: Catalog) -> bool:
    """Return whether a documented code stands anywhere in a text: most long texts name none."""
    digits = set(_DIGITS.findall(text))
    if any(_look_up(one, catalog) or _look_up(f"-{one}", catalog) for one in digits):
        return True
    if isinstance(next(iter(catalog), 0), int):
        return False
    tokens = _TOKEN.findall(text)
    return any(token in catalog or token.rstrip(".!?") in catalog for token in tokens) or any(
        phrase in text for phrase, _ in _list_phrases(catalog)
    )


def _find_words(text: str, catalog: Catalog, http_status: int | None) -> Iterator[_Word]:
    is_numbered = isinstance(next(iter(catalog), 0), int)
    for found in (_DIGITS if is_numbered else _TOKEN).finditer(text):
        start, end = found.span()
        token = found[0]
        if not is_numbered:
            token = token.rstrip(".!?")
            end = start + len(token)
        if (token.isascii() and token.isdigit()) or is_numbered:
            word = _judge_number(text, start, end, catalog, http_status)
        else:
            word = _judge_token(text, start, end, catalog)
        if word is not None:
            yield word
    for phrase, code in () if is_numbered else _list_phrases(catalog):
        yield from _find_phrase(text, phrase, code)


@lru_cache(maxsize=16)
def _list_phrases(catalog: Catalog) -> list[tuple[str, ErrorCode]]:
    """Return the codes that no single word is, such as ``EOrder:Insufficient funds``."""
    texts = ((str(code), error_code) for code, error_code in catalog.items())
    return [(text, code) for text, code in texts if text and _TOKEN.fullmatch(text) is None]


def _find_phrase(text: str, phrase: str, code: ErrorCode) -> Iterator[_Word]:
    """Yield a code of several words if it stands by itself: in quotes or brackets, or alone."""
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        before = text[max(0, start - _LEAD) : start].rstrip(" ")
        after = text[end : end + _LEAD].lstrip(" ")
        if before[-1:] in _OPENS and after[:1] in _CLOSES:
            yield _Word(code, is_sure=True)
        start = text.find(phrase, end)


def _judge_number(
    text: str, start: int, end: int, catalog: Catalog, http_status: int | None
) -> _Word | None:
    """Return the code that digits are, unless they are a part of something or mean another."""
    if text[start - 1 : start] == "-" and not text[max(0, start - 2) : start - 1].isalnum():
        start -= 1
    digits = text[start:end]
    code = _look_up(digits, catalog)
    if code is None or _is_part(text, start, end):
        return None
    lead, rest = text[max(0, start - _LEAD) : start], text[end : end + 200]
    is_status = catalog.shape.code == HTTP_STATUS and _STATUS.search(lead) is not None
    if is_status or _is_followed_by_message(rest, code):
        return _Word(code, is_sure=True)
    if _is_other(lead) or _UNIT.match(rest) or digits == str(http_status):
        return None
    if _CODEISH.search(lead) is not None:
        return _Word(code, is_sure=True)
    # 404 and 2026 stand in many a text, and so do small numbers: more must speak for them.
    is_common = len(digits) < _SHORTEST_NUMBER or _looks_like_year(digits)
    if is_common or _QUANTITY.search(lead) is not None or _ASSIGNED.search(lead) is not None:
        return None
    return _Word(code, _stands_out(text, start, end))


def _is_other(lead: str) -> bool:
    return bool(_OTHER_CODE.search(lead) or _STATUS.search(lead))


def _judge_token(text: str, start: int, end: int, catalog: Catalog) -> _Word | None:
    """Return the code that a word is; an everyday word must be said to be a code."""
    token = text[start:end]
    code = catalog.get(token)
    if code is None:
        return None
    lead, rest = text[max(0, start - _LEAD) : start], text[end : end + 200]
    if _is_other(lead):
        return None
    if _is_followed_by_message(rest, code) or _CODEISH.search(lead):
        return _Word(code, is_sure=True)
    is_name = re.search(r"[\d_.]", token) is not None or (token.isupper() and len(token) > 3)
    if _stands_out(text, start, end):
        return _Word(code, is_sure=True)
    if not is_name or _QUANTITY.search(lead) or _ASSIGNED.search(lead):
        return None
    return _Word(code, is_sure=False)


def _look_up(digits: str, catalog: Catalog) -> ErrorCode | None:
    number = integer_of(digits)
    found = None if number is None else catalog.get(number)
    return found or catalog.get(digits)


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a number is a part of something longer: a decimal, a date, a word, an amount."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    last, first = before[-1:], after[:1]
    if any(_continues(one) for one in (last, first)):
        return True
    if last and last in "$€£¥₿@/\\+~^&?%.*":
        return True
    if last == "-" and _PREFIX.search(text[max(0, start - _LEAD) : start]) is None:
        return True
    if last and last in ",:'" and before[:1].isdigit() and len(before) == 2:
        return True
    follower = after[1:2]
    if first and first in ".,:-/'+*" and follower.isdigit():
        return True
    return bool(first) and first in "./+*" and follower.isalpha()


def _continues(letter: str) -> bool:
    """Whether a character makes a longer word of a number; scripts without spaces do not."""
    return letter.isdigit() or (letter.isalnum() and letter.isascii()) or letter in {"_", "\0"}


def _looks_like_year(digits: str) -> bool:
    return len(digits) == _SHORTEST_NUMBER and digits[:2] in ("19", "20")


def _is_followed_by_message(rest: str, code: ErrorCode) -> bool:
    """Whether the documented message follows: ``401009 clientOrderId already exists``."""
    beginnings = [template.literals[0].strip().lower() for template in code.templates]
    beginnings = [one for one in beginnings if len(one) >= _SHORTEST_MESSAGE]
    if not beginnings:
        return False
    plain = re.sub(r"\A[\s\"'):,;.\]>–—|-]*(?:(?:message|msg)[\"']?\s*[:=]\s*[\"']?)?", "", rest)
    return plain.lower().startswith(tuple(one[:100] for one in beginnings))


def _stands_out(text: str, start: int, end: int) -> bool:
    """Whether a word stands in brackets of its own, or before a colon at the start of the text."""
    before, after = text[:start].rstrip()[-1:], text[end : end + 1]
    if (before, after) in (("[", "]"), ("(", ")"), ("<", ">")):
        return True
    return text[:start].strip("\"'([ ") == "" and text[end:].lstrip()[:1] in (
        ":",
        "-",
        "–",
        "—",
        "]",
    )
