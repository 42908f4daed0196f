"""Rules about characters that a reader cannot see or tell apart, and about dashes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from pytest_errcodes.tools.findings import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.tools.findings import Finding
    from pytest_errcodes.tools.linting.lint_subject import Message, Subject

CONTROL = Rule(
    "control-character",
    "warning",
    "A message holds a character that is not seen: a control "
    "character, one without width, or a space that is none.",
)
LOOK_ALIKE = Rule(
    "look-alike-character", "warning", "A character of another script looks like a Latin one."
)
DASHES = Rule("mixed-dashes", "note", "Messages of one catalog write the dash in several ways.")
RULES = (CONTROL, LOOK_ALIKE, DASHES)

# Letters that look like Latin ones, each above the letter that it looks like.
_CYRILLIC = ("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһ", "ABESIJKMHOPCTYXaesijopcyxdqwh")
_GREEK = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν", "ABEZHIKMNOPTYXoiv")
_LOOKS_LIKE = {
    letter: latin for pair in (_CYRILLIC, _GREEK) for letter, latin in zip(*pair, strict=True)
}
_SCRIPTS = ("CYRILLIC", "GREEK")
_IDEOGRAPHIC_SPACE = "\u3000"
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_DASH = re.compile(r"(?<=[^\W\d]) (--|[-–—]) (?=[^\W\d])")
_DASH_NAMES = {"-": "a hyphen", "--": "two hyphens", "–": "an en dash", "—": "an em dash"}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield the findings of this group."""
    for message in subject.messages:
        code, text = message.error_code, message.text
        if text.isascii() and text.isprintable():
            continue
        for character in _find_unseen(text):
            told = f"{code.code} holds {_name_character(character)}: {message.shown}"
            hint = "write a plain space" if character.isspace() else "take it out"
            yield subject.finding(CONTROL, code, told, hint)
        for character, latin in _look_alikes(text).items():
            name = _name_character(character)
            told = f"{code.code} holds {name}, which looks like {latin}: {message.shown}"
            yield subject.finding(LOOK_ALIKE, code, told, f"write {latin}")
    yield from _dashes(subject)


def _find_unseen(text: str) -> list[str]:
    """Return the characters of a text that are not seen, and the spaces that are not plain."""
    if text.isprintable():
        return []
    own = _IDEOGRAPHIC_SPACE if _has_wide_letters(text) else ""
    return [mark for mark in dict.fromkeys(text) if not mark.isprintable() and mark not in own]


def _name_character(character: str) -> str:
    """Return the number and the name of a character: ``U+200B ZERO WIDTH SPACE``."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def _look_alikes(text: str) -> dict[str, str]:
    """Return the characters of another script in a Latin text that look like Latin ones."""
    if not _ASCII_LETTER.search(text):
        return {}
    found = {}
    names = {letter: unicodedata.name(letter, "") for letter in text if not letter.isascii()}
    for script in _SCRIPTS:
        letters = [letter for letter, name in names.items() if name.startswith(script)]
        foreign = any(letter not in _LOOKS_LIKE for letter in letters)
        for letter in letters:
            if letter in _LOOKS_LIKE and (not foreign or _touches_latin(letter, text)):
                found[letter] = _LOOKS_LIKE[letter]
    if not _has_wide_letters(text):
        wide = (letter for letter in names if unicodedata.east_asian_width(letter) == "F")
        found |= {letter: unicodedata.normalize("NFKC", letter) for letter in wide}
    return found


def _has_wide_letters(text: str) -> bool:
    """Whether a text holds letters of a script that has wide punctuation and spaces."""
    return any(unicodedata.east_asian_width(letter) == "W" for letter in text)


def _touches_latin(letter: str, text: str) -> bool:
    """Whether a letter stands right beside a Latin one, within one word."""
    return re.search(f"[A-Za-z]{letter}|{letter}[A-Za-z]", text) is not None


def _dashes(subject: Subject) -> Iterator[Finding]:
    """Yield each message whose dash is not the one that most messages have."""
    users: dict[str, list[Message]] = defaultdict(list)
    for message in subject.messages:
        for dash in dict.fromkeys(_DASH.findall(message.prose)):
            users[dash].append(message)
    if len(users) < 2:
        return
    usual = max(users, key=lambda dash: len(users[dash]))
    for dash, messages in users.items():
        for message in messages if dash != usual else ():
            code, count = message.error_code, len(users[usual])
            other = "another message has" if count == 1 else f"{count} other messages have"
            told = f"{code.code} holds {_DASH_NAMES[dash]} where {other} {_DASH_NAMES[usual]}: "
            told += message.shown
            yield subject.finding(DASHES, code, told, f"write {usual}")
