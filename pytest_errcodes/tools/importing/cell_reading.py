"""Reading codes and tags out of the cells that hold them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import integer_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.model import Code, CodeType

#: A range of more codes than this is a reserved block, not documentation.
MOST_IN_RANGE = 1000
_PATTERN = re.compile(r"-?[0-9]+[xX]+")  # 4010xx announces codes, and is none
_CODE = re.compile(r"-?[0-9]+|[A-Za-z0-9_][A-Za-z0-9_.:-]*")
# What a page says of an object in a program: SomeError.status, err.code, client.orders. Codes have
# dots too: InvalidParameter.Format, order.not_found.
_ATTRIBUTE = re.compile(
    r"(?:\w+\.)*(?:\w*(?:Error|Exception|Response|Result)|e|ex|exc|exception|err|error|resp|response"
    r"|res|result)\.(?:args|body|cause|code|data|description|details?|errno|error|error_code|errors"
    r"|headers?|http_body|http_status|json|json_body|message|msg|name|params?|raw|reason|request"
    r"|request_id|requestId|response|retry_after|stack|status|status_code|statusCode|text|type|url"
    r"|user_message)"
    r"|(?:client|exc|req|res|resp|self|session)\.[a-z]\w*"
)
_RANGE = re.compile(r"(-?[0-9]{1,40})\s*(?:-|–|—|~|\.{2,3}|to|through)\s*(-?[0-9]{1,40})")
_BETWEEN = re.compile(r"\s*(?:[,;|]|\s/\s|\bor\b|\band\b)\s*")


class CodeRangeError(ValueError):
    """A range that cannot be taken apart; the text says why."""


def read_codes(cell: str) -> list[str]:
    """Return the codes that a cell holds, as they are written; none where it holds something else.

    A cell may hold one code, several (``4001, 4002``), or a range (``400100-400200``), whose codes
    are all returned.

    Raises:
        CodeRangeError: A range runs backwards, or over more than ``MOST_IN_RANGE`` codes.
    """
    text = cell.strip().strip("`'\"").strip().replace("\u2212", "-")
    if _PATTERN.fullmatch(text) or ("." in text and _ATTRIBUTE.fullmatch(text)):
        return []
    if _CODE.fullmatch(text) and not _RANGE.fullmatch(text):
        return [text]
    if found := _RANGE.fullmatch(text):
        return _list_range(found[1], found[2])
    parts = [part.strip("`'\" ") for part in _BETWEEN.split(text)]
    if len(parts) > 1 and all(integer_of(part) is not None for part in parts):
        return parts
    return []


def _list_range(first: str, last: str) -> list[str]:
    low, high = int(first), int(last)
    if high < low:
        raise CodeRangeError(f"the range {first}-{last} runs backwards")
    if high - low >= MOST_IN_RANGE:
        raise CodeRangeError(
            f"the range {first}-{last} holds {high - low + 1:,} codes, more than {MOST_IN_RANGE:,}"
        )
    width = len(first) if first.startswith("0") and len(first) == len(last) else 0
    return [str(number).zfill(width) for number in range(low, high + 1)]


def looks_like_codes(cell: str) -> bool:
    """Whether a cell can hold codes: a number, or a word that no sentence would hold alone."""
    try:
        codes = read_codes(cell)
    except CodeRangeError:
        return True
    return bool(codes) and all(
        integer_of(code) is not None or any(not character.isalpha() for character in code)
        for code in codes
    )


def code_type_of(codes: Iterable[str]) -> CodeType:
    """Return ``integer`` if all codes are plain integers, else ``string``."""
    return "integer" if all(integer_of(code) is not None for code in codes) else "string"


def as_type(code: str, code_type: CodeType) -> Code:
    """Return a code as a catalog of ``code_type`` writes it."""
    number = None if code_type == "string" else integer_of(code)
    return code if number is None else number


def split_tags(cell: str) -> tuple[str, ...]:
    """Return the tags that a cell lists, between commas; one with a comma stands in quotes.

    What no selector could name, such as ``*``, is no tag.
    """
    import csv
    import io

    tags: list[str] = []
    for row in csv.reader(io.StringIO(cell, newline=""), skipinitialspace=True):
        tags += row
    return tuple(dict.fromkeys(tag for tag in tags if is_tag(tag)))


def join_tags(tags: list[str]) -> str:
    """Return a cell that lists tags, for ``split_tags``."""
    return ", ".join('"' + tag.replace('"', '""') + '"' for tag in tags)


def is_tag(tag: str) -> bool:
    """Whether a selector can name a text."""
    return bool(tag.strip()) and tag != "*" and not tag.startswith("!")
