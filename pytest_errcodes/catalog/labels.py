"""What the labels of sections announce: ``4010xx``, ``401000-401020``, ``2xxx / 4xxx``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.text.true_kinds import make_plain_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.catalog.documented_codes import DocumentedCodes
    from pytest_errcodes.catalog.model import Section

# Compiled when they are first needed: most runs ask for no label.
_PATTERN = r"(?i)-?(?=x*[0-9])[0-9]*x[0-9x]*"
_WIDEST = 1_000
RANGE = r"(-?[0-9]{1,40})-(-?[0-9]{1,40})"


def section_for(catalog: DocumentedCodes, code: object) -> Section | None:
    """Return the section whose label ``code`` falls in, documented or not."""
    if not catalog.shape.allows(code):
        return None
    plain = make_plain_code(code)  # one of a derived class may say anything
    if type(plain) is int and plain.bit_length() > _WIDEST:  # Python takes seconds to write it
        return None
    text = str(plain)
    for section in catalog.sections:
        if label_fits(section.label, text):
            return section
    return None


def label_fits(label: str, code: str) -> bool:
    """Return whether a code's text is one of those that a label announces."""
    for word in label_words(label):
        fits = number_test(word)
        if word == code or (fits is not None and fits(code)):
            return True
    return False


def label_words(label: str) -> list[str]:
    """Return what a label holds: patterns, ranges, numbers and words, as in ``2xxx / 4xxx``."""
    return re.split(r"[\s/,;()]+", label)


def number_test(word: str) -> Callable[[str], object] | None:
    """Return a test of a code's text for a pattern (``4010xx``) or a range, else None."""
    if re.fullmatch(_PATTERN, word):
        return re.compile(word.lower().replace("x", "[0-9]")).fullmatch
    if ends := re.fullmatch(RANGE, word):
        low, high = int(ends[1]), int(ends[2])
        if low > high:
            return None
        return lambda text: (number := _number(text)) is not None and low <= number <= high
    return None


def _number(text: str) -> int | None:
    """Return the number that a code's text writes, leading zeros or not."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 40 else None
