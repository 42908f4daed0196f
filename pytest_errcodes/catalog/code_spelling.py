"""What a code is, and how one is written as an integer and as a text."""

from __future__ import annotations

from typing import Literal

Code = int | str
CodeType = Literal["integer", "string", "either"]


def other_spelling(code: Code) -> Code:
    """Return 200 for "200" and "200" for 200; a text that is no plain integer stays itself."""
    if isinstance(code, int):
        return int.__repr__(code)
    number = integer_of(code)
    return code if number is None else number


def integer_of(text: str) -> int | None:
    """Return the integer that ``text`` writes plainly (``-1121``), else None.

    Leading zeros, a plus sign, spaces and digits of other scripts are not plain, and neither
    are more than 40 digits: no API sends them, and Python refuses to convert 4,300.
    """
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 40:
        return None
    if digits[0] == "0" and text != "0":
        return None
    return int(text)
