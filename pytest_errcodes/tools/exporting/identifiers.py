"""Names of codes and sections in other languages: identifiers in ASCII, each used once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, Section

    Spelling = Callable[[list[str]], str]

_LONGEST = 50  # characters of the words of a name


def constant_names(catalog: Catalog) -> dict[Code, str]:
    """Return a name in capitals for each code: ``CLIENT_ORDER_ID_ALREADY_EXISTS``.

    Names are made of the messages; of the code, where a message has no word in ASCII. Codes
    whose messages make the same name get their code behind it.
    """
    return _names_of_codes(catalog, _constant, set())


def class_names(
    catalog: Catalog, taken: Iterable[str]
) -> tuple[dict[Section, str], dict[Code, str]]:
    """Return the name of an exception for each section and for each code.

    Args:
        catalog: The catalog.
        taken: Names that stand for something else already.
    """
    used = set(taken)
    sections: dict[Section, str] = {}
    for section in catalog.sections:
        words = _words(section.id)
        name = _class(words)
        if name in used:
            name = _take_unused([*words, "section"], _class, used, Counter())
        used.add(name)
        sections[section] = name
    return sections, _names_of_codes(catalog, _class, used)


def _names_of_codes(catalog: Catalog, spell: Spelling, used: set[str]) -> dict[Code, str]:
    """Return a name for each code; none of those in ``used``, to which they are added."""
    numbered = {code: _words(re.sub("^-", "minus ", str(code))) for code in catalog}
    words = {code: _words(found.slug) or numbered[code] for code, found in catalog.items()}
    plain = {code: spell(parts) for code, parts in words.items()}
    counts = Counter(plain.values())
    numbers: Counter[str] = Counter()
    names: dict[Code, str] = {}
    for code, name in plain.items():
        if counts[name] > 1 or name in used:
            names[code] = _take_unused([*words[code], *numbered[code]], spell, used, numbers)
        else:
            names[code] = name
        used.add(names[code])
    return names


def _take_unused(words: list[str], spell: Spelling, used: set[str], numbers: Counter[str]) -> str:
    """Return the name that words make, with a number behind it where it is taken."""
    name = first = spell(words)
    while name in used:
        numbers[first] += 1
        name = spell([*words, str(numbers[first] + 1)])
    return name


def _words(text: str) -> list[str]:
    """Return the first words of a text, in lower case and ASCII: as many as make a short name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words: list[str] = []
    length = 0
    for word in re.findall("[a-z0-9]+", plain):
        length += len(word) + 1
        if words and length > _LONGEST:
            break
        words.append(word[:_LONGEST])
    return words


def _constant(words: list[str]) -> str:
    name = "_".join(words).upper()
    return name if name[:1].isalpha() else f"CODE_{name}".rstrip("_")


def _class(words: list[str]) -> str:
    *before, last = words or [""]
    pascal = "".join(word.capitalize() for word in ([*before] if last == "error" else words))
    return f"{pascal}Error" if pascal[:1].isalpha() else f"Code{pascal}Error"
