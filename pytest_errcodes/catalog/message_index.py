"""Which codes a message belongs to, found without trying every template."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.placeholders import is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.catalog.message_template import MessageTemplate
    from pytest_errcodes.catalog.model import ErrorCode

#: Of a longer text the words are not looked at: to list them takes longer than to look at the
#: beginning and the end that each template asks for.
_LONG = 10_000

# What a text must have for a template to fit it: a whole word, a beginning or an end.
Trait = tuple[str, str]


class MessageIndex:
    """The messages of a catalog: whole ones by their text, templates by their rarest trait."""

    def __init__(self, codes: Sequence[ErrorCode]) -> None:
        #: Each message of each code: one code's stand side by side, in its own order.
        self._entries = [
            (code, place, message) for code in codes for place, message in enumerate(code.messages)
        ]
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._by_trait: dict[Trait, list[int]] = defaultdict(list)
        traits: dict[int, list[Trait]] = {}
        for position, (error_code, place, message) in enumerate(self._entries):
            if not error_code.open_ended and is_plain(message, error_code.style):
                self._whole[message].append(position)
                continue
            template = error_code.templates[place]
            if template.gaps or template.open_ended:
                traits[position] = _traits(template)
            else:
                self._whole[template.literals[0]].append(position)
        frequency = Counter(trait for found in traits.values() for trait in found)
        for position, found in traits.items():
            rarest = min(found, key=frequency.__getitem__)
            self._by_trait[rarest].append(position)
        self._starts = sorted({len(text) for kind, text in self._by_trait if kind == "start"})
        self._ends = sorted({len(text) for kind, text in self._by_trait if kind == "end"})

    def match(self, text: str) -> tuple[tuple[ErrorCode, tuple[str, ...]], ...]:
        """Return every code whose message ``text`` fits, once, with its parameters, in order."""
        fits: dict[int, tuple[str, ...]] = dict.fromkeys(self._whole.get(text, ()), ())
        for position in self._find_candidates(text):
            error_code, place, _ = self._entries[position]
            params = error_code.templates[place].match(text)
            if params is not None:
                fits[position] = params
        first: dict[int, tuple[ErrorCode, tuple[str, ...]]] = {}
        for position in sorted(fits):
            error_code = self._entries[position][0]
            first.setdefault(id(error_code), (error_code, fits[position]))
        return tuple(first.values())

    def _find_candidates(self, text: str) -> Iterator[int]:
        """Yield the places of the templates that a text may fit."""
        if len(text) <= _LONG:
            for trait in self._traits_of(text):
                yield from self._by_trait.get(trait, ())
            return
        for position in chain.from_iterable(self._by_trait.values()):
            error_code, place, _ = self._entries[position]
            template = error_code.templates[place]
            first, last = template.literals[0], template.literals[-1]
            if text.startswith(first) and (template.has_tail or text.endswith(last)):
                yield position

    def _traits_of(self, text: str) -> Iterator[Trait]:
        """Yield the traits of a text that some template asks for, and others."""
        for word in set(text.split()):
            yield ("word", word)
        for width in self._starts:
            if width <= len(text):
                yield ("start", text[:width])
        for width in self._ends:
            if width <= len(text):
                yield ("end", text[len(text) - width :])


def _traits(template: MessageTemplate) -> list[Trait]:
    """Return what every text has that fits ``template``."""
    literals = list(template.literals)
    traits = [("start", literals[0])]
    literals[0] = f" {literals[0]}"
    if not template.has_tail:
        traits.append(("end", template.literals[-1]))
        literals[-1] += " "
    traits += [("word", word) for literal in literals for word in _whole_words(literal)]
    return traits


def _whole_words(literal: str) -> list[str]:
    """Return the words of a literal that no parameter beside it can lengthen.

    At the beginning and the end of the message, where there is none, the literal has a space.
    """
    words = literal.split()
    return words[not literal[:1].isspace() : len(words) - (not literal[-1:].isspace())]
