"""Picking codes out of a catalog: by selectors, and by words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.labels import RANGE, number_test
from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.catalog.unknown import nearest_lines
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.nearest import nearest_words
from pytest_errcodes.text.wording import show_argument

if TYPE_CHECKING:
    from pytest_errcodes.catalog.documented_codes import DocumentedCodes
    from pytest_errcodes.catalog.model import Code, ErrorCode

_SHORT = 12
_MOST_BITS = 132
_FORMS = (
    "a selector is a code, a pattern such as 4010xx, a range such as 401000-401020, "
    "a section id, a tag, or *; ! in front excludes"
)


def select(catalog: DocumentedCodes, selectors: tuple[str | int, ...]) -> tuple[ErrorCode, ...]:
    """Return the codes that ``selectors`` pick, in document order.

    Raises:
        ErrcodesUsageError: A selector picks nothing (``unknown-selector``).
    """
    included: set[Code] = set()
    excluded: set[Code] = set()
    everything = True
    for selector in selectors:
        word = _word(catalog, selector)
        if word.startswith("!"):
            excluded |= _pick(catalog, word[1:].strip(), selector, excludes=True)
        else:
            everything = False
            included |= _pick(catalog, word, selector)
    return tuple(
        error_code
        for code, error_code in catalog.items()
        if code not in excluded and (everything or code in included)
    )


def _word(catalog: DocumentedCodes, selector: object) -> str:
    """Return a selector as a text; an integer is the text of itself."""
    kind = type(selector)  # its __class__ may say anything
    if issubclass(kind, str):
        return str.__str__(selector).strip()
    if issubclass(kind, int) and kind is not bool and int.bit_length(selector) < _MOST_BITS:  # type: ignore[arg-type]  # it is one
        return int.__repr__(selector)
    raise _explain_empty(catalog, selector, selector)


def _pick(
    catalog: DocumentedCodes, word: str, selector: str | int, *, excludes: bool = False
) -> set[Code]:
    """Return the codes that ``word`` picks, which is ``selector`` without its ``!``."""
    if word == "*":
        return set(catalog)
    number = integer_of(word)
    for code in (number, word):
        if code is not None and code in catalog:
            return {code}
    named = {
        code
        for code, error_code in catalog.items()
        if word == error_code.section.id or word in error_code.tags
    }
    if named:
        return named
    fits = number_test(word)
    if fits is not None:
        picked = {code for code in catalog if fits(str(code))}
        if picked or excludes:
            return picked
    elif number is not None and excludes:
        return set()
    raise _explain_empty(catalog, selector, word if number is None else number)


def _explain_empty(catalog: DocumentedCodes, selector: object, asked: object) -> ErrcodesUsageError:
    """Say that ``selector`` picks nothing, and what is near to what it asked for."""
    lines = [f"selector {show_argument(selector)} picks nothing in catalog {catalog.name!r}"]
    hint = _FORMS
    ids = [section.id for section in catalog.sections]
    tags = list(dict.fromkeys(tag for error_code in catalog.values() for tag in error_code.tags))
    asked = str.__str__(asked) if issubclass(type(asked), str) else asked
    is_number = issubclass(type(asked), int) and type(asked) is not bool
    if type(asked) is str and (nearest := nearest_words(asked, [*ids, *tags], 2)):
        lines.append(f"  nearest: {', '.join(nearest)}")
    elif is_number or type(asked) is str:
        lines += nearest_lines(catalog, asked)
    for name, words in (("sections", ids), ("tags", tags)):
        if not is_number and 0 < len(words) <= _SHORT:
            lines.append(f"  {name}: {', '.join(words)}")
    ends = re.fullmatch(RANGE, asked) if type(asked) is str else None
    if ends and int(ends[1]) > int(ends[2]):
        hint = f"a range begins with its lower number: {ends[2]}-{ends[1]}"
    return ErrcodesUsageError("unknown-selector", "\n".join(lines), hint)


def search(catalog: DocumentedCodes, words: str) -> tuple[ErrorCode, ...]:
    """Return the codes that hold all ``words``, whatever their case, in document order."""
    wanted = words.casefold().split()
    return tuple(
        error_code
        for error_code in catalog.values()
        if all(word in _haystack(error_code) for word in wanted)
    )


def _haystack(error_code: ErrorCode) -> str:
    """Return all that a search looks into."""
    section = error_code.section
    parts = (str(error_code), section.id, section.title, *error_code.tags, *error_code.alternatives)
    return "\n".join(parts).casefold()
