"""What a catalog knows of a value that source writes as a code."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import integer_of, other_spelling
from pytest_errcodes.text.wording import quote
from pytest_errcodes.tools.scanning.source_names import says_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, ErrorCode
    from pytest_errcodes.tools.scanning.source_facts import SourceFacts

# Numbers that other protocols send where a client calls them code: HTTP statuses, and the codes
# with which a WebSocket is closed (RFC 6455, section 7.4.1).
_HTTP_STATUSES = range(100, 600)
_CLOSE_CODES = range(1000, 1016)
_FEWEST_DIGITS = 4


def show_codes(codes: Iterable[ErrorCode]) -> str:
    """Return codes with their messages, on one line: ``601009 "Login failed", ...``."""
    return ", ".join(f"{found.code} {quote(found.message)}" for found in codes)


def list_first(codes: Sequence[ErrorCode], most: int) -> str:
    """Return some codes, and how many more there are: ``601009, 601010 and 3 more``."""
    listed = ", ".join(str(found.code) for found in codes[:most])
    return f"{listed} and {len(codes) - most} more" if len(codes) > most else listed


def find_documented(catalog: Catalog, value: Code) -> ErrorCode | None:
    """Return what the catalog documents under a value, written as integer or as text."""
    return catalog.get(value) or catalog.get(other_spelling(value))


def is_success(catalog: Catalog, value: Code) -> bool:
    """Whether a value, written as integer or as text, means success in one of the shapes."""
    spellings = {value, other_spelling(value)}
    return any(not spellings.isdisjoint(shape.success) for shape in catalog.shapes)


def names_code(catalog: Catalog, name: str) -> bool:
    """Whether a name says that it names a business code, in general or in this API."""
    return says_code(name) or name in _own_names(catalog)


@lru_cache(maxsize=4)
def _own_names(catalog: Catalog) -> frozenset[str]:
    """Return what an API calls its codes: the last names of fields and attributes."""
    paths = [shape.code for shape in catalog.shapes]
    paths += [name for shape in catalog.shapes for name in shape.attributes]
    return frozenset(path.rpartition(".")[2] for path in paths)


def may_be_code(catalog: Catalog, value: Code) -> bool:
    """Whether a value could be a code of this API, by the look of it.

    A number has four digits or more, or as many as a documented one; it is no HTTP status. A
    word looks like a documented one.
    """
    number = value if isinstance(value, int) else integer_of(value)
    if number is None:
        return isinstance(value, str) and _is_like_documented(catalog, value)
    if number in _HTTP_STATUSES or number in _CLOSE_CODES:
        return False
    digits = len(str(abs(number)))
    return digits >= _FEWEST_DIGITS or digits in _numbers_of_digits(catalog)


def count_values(files: Iterable[SourceFacts], catalog: Catalog) -> tuple[int, int]:
    """Return how many values of source could be codes by their type, and how many are.

    Values are numbers; where codes may be texts, texts too.
    """
    values = documented = 0
    takes_texts = catalog.shape.code_type != "integer"
    for facts in files:
        for literal in facts.literals:
            value = literal.value
            if takes_texts or isinstance(value, int) or integer_of(value) is not None:
                values += 1
                documented += find_documented(catalog, value) is not None
    return values, documented


@lru_cache(maxsize=4)
def _numbers_of_digits(catalog: Catalog) -> frozenset[int]:
    """Return how many digits the documented numbers have."""
    numbers = (str(code).removeprefix("-") for code in catalog)
    return frozenset(len(number) for number in numbers if number.isdigit())


def _is_like_documented(catalog: Catalog, word: str) -> bool:
    """Whether a word is nearly a documented code.

    That is one with as many digits, with other digits (C009 where C001 is documented), or with a
    slip of the pen.
    """
    from pytest_errcodes.text.nearest import nearest_words

    texts = [code for code in catalog if isinstance(code, str) and integer_of(code) is None]
    if word.isascii() and word.isdigit():  # with leading zeros
        return len(word) >= _FEWEST_DIGITS and any(len(text) == len(word) for text in texts)
    return _shape(word) in _shapes(catalog) or bool(nearest_words(word, texts, alike=0.85))


@lru_cache(maxsize=4)
def _shapes(catalog: Catalog) -> frozenset[str]:
    """Return the shapes of the documented words that hold letters and two digits or more."""
    shapes = {_shape(code) for code in catalog if isinstance(code, str)}
    return frozenset(
        shape for shape in shapes if shape.count("9") > 1 and any(map(str.isalpha, shape))
    )


def _shape(word: str) -> str:
    """Return a word with all its digits alike."""
    return re.sub("[0-9]", "9", word)
