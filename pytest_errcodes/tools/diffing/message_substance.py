"""What a text says, apart from how it is written: two spellings of one text have one substance."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog.message_template import MessageTemplate, Placeholder

# A dash is a sign only where a number follows and no word stands before it: -1, but not 4-10.
_TOKENS = re.compile(
    r"(?:(?<!\w)(?P<sign>[-–−]))?(?P<number>\d+(?:[.,]\d+)*)|(?P<kept>[^\W\d_]+|!=)|(?P<other>.)",
    re.DOTALL,
)
_MEANINGFUL = "%&"  # punctuation to Unicode, but "5%" is not "5"


def substance(text: str) -> str:
    """Return what is left of a text without case, punctuation, dashes, quotes and spacing.

    Digits are kept with what makes a number of them, symbols such as ``<`` and ``$`` are kept too:
    where it is in doubt whether something is said, it counts as said.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = []
    for token in _TOKENS.finditer(plain):
        if number := token["number"]:
            # Numbers are kept apart: "4-10" is not "410".
            kept.append(f"\0{'-' if token['sign'] else ''}{number}\0")
        elif word := token["kept"]:
            kept.append(word)
        elif _says_something(token["other"]):
            kept.append(token["other"])
    return "".join(kept)


def _says_something(character: str) -> bool:
    """Whether a character that is neither letter nor digit is more than punctuation."""
    if character in _MEANINGFUL:
        return True
    category = unicodedata.category(character)
    return category[0] in "MS" and category != "Sk"  # Sk has the backtick and the acute accent


def substance_of_template(template: MessageTemplate) -> tuple[str, ...]:
    """Return the substance of each part of a message between its placeholders."""
    return tuple(map(substance, template.literals))


def name_of(placeholder: Placeholder) -> str:
    """Return the name that a placeholder gives its parameter; empty for ``%s``, ``{}``, ``{0}``."""
    if placeholder.text.startswith("%"):
        return ""
    name = re.split("[!:]", placeholder.text.lstrip("${<").rstrip("}>"))[0]
    return "" if name.isdigit() else name
