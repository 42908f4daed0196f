"""How values stand in a text for people: short, on one line, without secrets or control codes.

=================  ================================================================================
``shorten``        the beginning of a text
``excerpt``        a part of a text
``escape``         a text on one line, without control characters
``quote``          a short text in double quotes
``show_name``      a name from outside: of a key, a header, a method, a class, a file
``join_lines``     the lines of a text, each of which stays one
``show_text``      the beginning of a text that came from outside: escaped, secrets masked
``show_value``     any value that came from outside, as Python writes it: escaped, secrets masked
``show_around``    the part of a long text around an index, as Python writes it
``show_argument``  any value that the user's own code passed, as Python writes it
``show_code``      a code
``name_kind``      what a value is, in JSON's words
``join_words``     words as a sentence lists them
``pluralize``      a noun behind a number
``count_columns``  how wide a text is
=================  ================================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.text.true_kinds import is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH = 60
_MOST_DIGITS = 40
# A secret is masked whole only if all of it is looked at, and a text may have 50 MB.
_LOOKED_AT = 20
_MOST_LOOKED_AT = 4_000
#: Nobody reads more of one value.
_MOST_SHOWN = 2_000
_AROUND = 500
_LEAST_LOOKED_AT = 400


def shorten(text: str, width: int = _WIDTH) -> str:
    """Return the first ``width`` characters of ``text``, with ``…`` where more follow."""
    return text if len(text) <= width else f"{text[:width]}…"


def excerpt(text: str, start: int, width: int) -> str:
    """Return ``width`` characters of ``text`` from ``start`` on, with ``…`` for what was cut."""
    end = start + width
    before = f"…{text[start + 1 : end]}" if start else text[:end]
    return before if end >= len(text) else f"{before[:-1]}…"


def escape(text: str) -> str:
    """Return ``text`` with each character that does not print escaped as in a Python literal."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else repr(character)[1:-1] for character in text
    )


def quote(text: str, width: int = _WIDTH) -> str:
    """Return ``text`` in double quotes and on one line, shortened to ``width`` characters."""
    return f'"{shorten(escape(text[: width + 1]), width)}"'


def show_name(name: object, width: int = _WIDTH) -> str:
    """Return a name from outside as it stands in a sentence: on one line, short, without secrets.

    Args:
        name: Of a key, a header, a class; of a class itself, its name.
        width: The most characters.
    """
    kind = type(name)  # its __class__ may say anything
    if issubclass(kind, type):
        text: str = type.__dict__["__name__"].__get__(name)  # a metaclass may say anything
    else:
        text = str.__str__(name) if issubclass(kind, str) else show_value(name, width)
    if len(text) <= width and text.isidentifier() and not any(map(str.isdigit, text)):
        return text
    return show_text(text, width)


def join_lines(lines: Iterable[str]) -> str:
    """Return a text of lines, each of which stays one whatever stands in it."""
    return "\n".join(map(escape, lines))


def show_text(text: str, width: int) -> str:
    """Return the beginning of a text from outside, on one line and without its secrets."""
    from pytest_errcodes.text.secrets import mask_text

    return shorten(escape(mask_text(text[: _measure_look(width)])), width)


def show_value(value: Any, width: int | None = None) -> str:
    """Return the repr of a value from outside, on one line and without its secrets.

    Args:
        value: Anything: what has no repr is told by its type.
        width: The most characters; None for as many as anybody reads.
    """
    from pytest_errcodes.text.secrets import mask_text
    from pytest_errcodes.text.value_copies import mask_beginning

    look = _MOST_SHOWN if width is None else _measure_look(width)
    try:
        text = repr(mask_beginning(value, look))
        is_cut = len(text) > look
        text = escape(mask_text(text[:look])) + ("…" if is_cut else "")
    except Exception:  # noqa: BLE001  # a foreign __repr__, a huge int: the text must still come
        text = f"<{show_name(type(value))} without a repr>"
    return text if width is None else shorten(text, width)


def show_around(text: str, at: int) -> str:
    """Return the repr of the part of a long text around an index, without its secrets."""
    from pytest_errcodes.text.secrets import mask_part

    start, end = max(0, at - _AROUND), at + _AROUND
    piece = escape(repr(mask_part(text, start, end)))
    if start:
        piece = f"{piece[0]}…{piece[1:]}"
    return piece if end >= len(text) else f"{piece[:-1]}…"


def _measure_look(width: int) -> int:
    """Return how much of a text is looked at, of which so much is shown."""
    return min(max(_LOOKED_AT * width, _LEAST_LOOKED_AT), max(_MOST_LOOKED_AT, 2 * width))


def show_argument(value: object) -> str:
    """Return the repr, shortened, of a value that the user's own code passed: nothing is masked."""
    from pytest_errcodes.text.value_copies import copy_beginning

    look = _measure_look(_WIDTH)
    try:
        text = repr(copy_beginning(value, look))
        return shorten(escape(text[:look]))
    except Exception:  # noqa: BLE001  # a text of an error must not fail on a broken __repr__
        if issubclass(type(value), int):
            return f"an integer of {int.bit_length(value)} bits"  # type: ignore[arg-type]  # it is one
        return f"an object of type {show_name(type(value))}"


def show_code(code: Any) -> str:
    """Return a code as it is shown: ``401009``, ``"51008"``; a huge one is measured."""
    if code is None:
        return "no code"
    if issubclass(type(code), int):
        code = int.__int__(code)
        digits = int(code.bit_length() * 0.30103) + 1
        return int.__repr__(code) if digits <= _MOST_DIGITS else f"an integer of {digits:,} digits"
    if not issubclass(type(code), str):  # an envelope that somebody built holds anything
        return show_value(code, _MOST_DIGITS)
    from pytest_errcodes.text.secrets import mask_text

    return quote(mask_text(str.__str__(code)[: _LOOKED_AT * _MOST_DIGITS]), _MOST_DIGITS)


def name_kind(value: Any) -> str:
    """Return what a value is in JSON's words: ``null``, ``a number (7)``."""
    if value is None:
        return "null"
    if issubclass(type(value), int | float):
        return f"{'a bool' if type(value) is bool else 'a number'} ({show_value(value)})"
    return "an object" if is_mapping(value) else f"a {show_name(type(value))}"


def join_words(words: Sequence[object], most: int | None = None) -> str:
    """Return words as a sentence lists them: ``1, 2 and 3``, or ``1, 2 and 7 more``.

    Args:
        words: At least one; anything with a text.
        most: How many parts the list has at most; None for as many as there are words.
    """
    texts = list(map(str, words))
    if most is not None and len(texts) > most:
        texts[most - 1 :] = [f"{len(texts) - most + 1:,} more"]
    *before, last = texts
    return f"{', '.join(before)} and {last}" if before else last


def pluralize(noun: str, number: int) -> str:
    """Return a noun as it stands behind a number: ``0 codes``, ``1 code``, ``2 codes``."""
    return noun if number == 1 else f"{noun}s"


def count_columns(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(character) else 1 + (east_asian_width(character) in ("W", "F"))
        for character in text
    )
