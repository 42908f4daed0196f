"""The values that stand in a text, as JSON or as Python writes them, whole or cut off.

One pass from left to right, whatever the text holds: a bracket that turns out to open no value,
such as that of ``[2026-01-02T03:04:05Z]``, costs nothing more. What is whole JSON, and mostly all
of it is, is read by Python's own parser, in a tenth of the time.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING = {"{": "}", "[": "]", "(": ")"}
_WORDS = {"true": True, "True": True, "false": False, "False": False, "null": None, "None": None}
_TOKEN = re.compile(
    r"""
      (?P<mark>[{}\[\](),:])
    | (?P<slashes>\\*)(?P<quote>["'])
    | (?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.-])
    | (?P<prefix>[bru]{1,2})(?=["'])
    | (?P<word>[^\W\d][\w.'-]*)
    | (?P<other>[^\s{}\[\](),:"']+)
    """,
    re.VERBOSE,
)
_OPENING = re.compile(r"[{\[]")
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
#: Brackets in brackets; deeper ones are a mistake or a trap.
MOST_DEEP = 100
_MISSING = object()
#: How JSON begins that may hold an envelope, other than ``[2026-01-02]``.
_JSON = re.compile(r"""\{[ \t\r\n]*["}]|\[[ \t\r\n]*[{\["\]]""")
#: How often a text is read in vain, as JSON that turns out to be none, at most.
_MOST_IN_VAIN = 4


def _read_integer(text: str) -> int | str:
    return int(text) if len(text) < 20 else text


def _keep_first(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(pairs[::-1]) if len(pairs) > 1 else dict(pairs)


#: As the scan reads: of a key that comes twice the first counts, and fractions stay texts.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_keep_first,
    parse_float=str,
    parse_int=_read_integer,
    parse_constant=str,
    strict=False,
)


@dataclass(slots=True)
class _Open:
    """A bracket that was not closed yet, with what it holds so far."""

    mark: str
    items: list[Any] = field(default_factory=list)
    pairs: dict[str, Any] = field(default_factory=dict)
    key: Any = _MISSING  # the value before a colon
    last: Any = _MISSING  # the value that no comma follows yet
    has_colon: bool = False

    @property
    def may_hold_more(self) -> bool:
        """Whether a further bracket may open here: behind a comma or a colon, and as no key."""
        return self.last is _MISSING and (self.has_colon or self.mark != "{")

    def take(self, value: Any) -> bool:
        """Take a value; False where none can stand."""
        if self.last is not _MISSING:
            return False
        self.last = value
        return True

    def colon(self) -> bool:
        """Take what came as a key; False where no key can stand."""
        if self.mark != "{" or self.has_colon or self.last is _MISSING:
            return False
        self.key, self.last, self.has_colon = self.last, _MISSING, True
        return True

    def comma(self) -> bool:
        """Put away what came; False where a pair is not whole."""
        if self.mark == "{" and self.last is not _MISSING:
            if not self.has_colon:
                return False
            if isinstance(self.key, str | int):
                self.pairs.setdefault(str(self.key), self.last)
        elif self.last is not _MISSING:
            self.items.append(self.last)
        elif self.has_colon:
            return False
        self.key = self.last = _MISSING
        self.has_colon = False
        return True

    @property
    def value(self) -> Any:
        """What it holds, as far as it came."""
        return self.pairs if self.mark == "{" else self.items


def find_values(text: str) -> Iterator[Any]:
    """Yield the objects and lists in a text, in the order in which they end.

    An object that is cut off, or goes on with something else, is yielded with what it has until
    there. What stands in another that is yielded is not yielded by itself.

    Args:
        text: Any text, such as a line of a log.
    """
    yield from _Scan(text).values()


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[_Open] = []
        self._unclosed: set[str] = set()  # quotes of which no further one closes a text
        self._left = _MOST_IN_VAIN * len(text)  # characters that may be read in vain

    def values(self) -> Iterator[Any]:
        """Yield the values of the text."""
        at, text = 0, self._text
        while True:
            found = (_TOKEN if self._open else _OPENING).search(text, at)
            if found is None:
                break
            at = found.end()
            mark = found["mark"] if self._open else found[0]
            if mark is not None:
                whole = self._read_whole(at - 1)
                if whole is None:
                    yield from self._take_mark(mark)
                    continue
                value, at = whole
                if self._open:
                    yield from self._take(value)
                else:
                    yield value
            elif found["quote"]:
                value, at = self._read_text(found)
                yield from self._take(value)
            elif found["number"]:
                number = found["number"]
                is_whole = number.lstrip("-").isdigit()
                yield from self._take(int(number) if is_whole and len(number) < 20 else number)
            elif found["word"]:
                yield from self._take(_WORDS.get(found["word"], found["word"]))
            elif not found["prefix"]:  # that of b'bytes' says nothing
                yield from self._give_up()
        yield from self._give_up()

    def _read_whole(self, start: int) -> tuple[Any, int] | None:
        """Return the JSON value that a bracket opens, and where it ends; None if that is none."""
        if self._left <= 0 or not _JSON.match(self._text, start):
            return None
        if self._open and not self._open[-1].may_hold_more:
            return None
        try:
            return _DECODER.raw_decode(self._text, start)
        except json.JSONDecodeError as error:
            self._left -= error.pos + 1  # the error itself has counted the lines up to there
        except RecursionError:
            self._left = 0
        return None

    def _take(self, value: Any) -> Iterator[Any]:
        if value is _MISSING or not self._open[-1].take(value):
            yield from self._give_up()

    def _take_mark(self, mark: str) -> Iterator[Any]:
        if mark in _CLOSING:
            if self._open and (not self._open[-1].may_hold_more or len(self._open) > MOST_DEEP):
                yield from self._give_up()
            if mark != "(" or self._open:
                self._open.append(_Open(mark))
            return
        inner = self._open[-1]
        if mark == ":":
            is_fit = inner.colon()
        elif mark == ",":
            is_fit = inner.comma()
        else:
            is_fit = _CLOSING[inner.mark] == mark and inner.comma()
            if is_fit:
                self._open.pop()
                if not self._open:
                    yield inner.value
                elif not self._open[-1].take(inner.value):
                    yield inner.value
                    is_fit = False
        if not is_fit:
            yield from self._give_up()

    def _give_up(self) -> Iterator[Any]:
        """Yield what was open, the inner ones first; what follows is read anew."""
        waiting, self._open = self._open, []
        inner: Any = _MISSING
        for one in reversed(waiting):
            if inner is not _MISSING and one.last is _MISSING:
                one.last = inner
            if not one.comma():
                one.last = _MISSING
            inner = one.value or _MISSING
        if inner is not _MISSING:
            yield inner

    def _read_text(self, found: re.Match[str]) -> tuple[Any, int]:
        """Return a text in quotes and where it ends; of one that is cut off what is there."""
        text, start = self._text, found.end()
        closing = found["slashes"] + found["quote"]
        end = -1 if closing in self._unclosed else _find_closing(text, start, closing)
        if end >= 0:
            return _unescape(text[start:end], len(closing)), end + len(closing)
        inner = self._open[-1]
        is_new = closing not in self._unclosed
        self._unclosed.add(closing)
        if is_new and inner.mark == "{" and inner.has_colon:
            inner.take(_unescape(text[start:].rstrip("\n"), len(closing)))
        return _MISSING, start


def _find_closing(text: str, start: int, closing: str) -> int:
    """Return where a text in quotes ends: at a quote with as many backslashes as it began with."""
    at = text.find(closing, start)
    slashes = len(closing) - 1
    while at >= 0:
        before = at
        while before > start and text[before - 1] == "\\":
            before -= 1
        escaping = at - before
        if (slashes and not escaping) or (not slashes and escaping % 2 == 0):
            return at
        at = text.find(closing, at + len(closing))
    return -1


def _unescape(text: str, marks: int) -> str:
    """Return what a text in quotes says, as JSON escapes it, or as Python does.

    Args:
        text: What stands between the quotes.
        marks: The characters of one quote; with its backslashes they are doubled by each text
            that the text stands in.
    """
    for _ in range(marks.bit_length()):
        if "\\" not in text:
            break
        try:
            text = str(json.loads(f'"{text}"'))
        except ValueError:
            text = _ESCAPED.sub(_character, text)
    return text


def _character(found: re.Match[str]) -> str:
    said = found[1]
    if len(said) == 5:
        return chr(int(said[1:], 16))
    return _ESCAPES.get(said, said)
