"""The codes of a draft: their message templates and classes, what is doubtful, their sections."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.catalog.model import Section
from pytest_errcodes.catalog.placeholders import is_plain
from pytest_errcodes.text.wording import join_words, quote
from pytest_errcodes.tools.harvesting.found_shape import is_http_status
from pytest_errcodes.tools.harvesting.message_folding import (
    Folded,
    find_perhaps_values,
    fold_messages,
    guess_placeholders,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_errcodes.catalog.placeholders import PlaceholderStyle
    from pytest_errcodes.tools.harvesting.draft_shapes import DraftedShapes
    from pytest_errcodes.tools.harvesting.harvested_codes import HarvestedCode
    from pytest_errcodes.tools.harvesting.message_folding import Template

_STYLES: tuple[PlaceholderStyle, ...] = ("printf", "format", "dollar", "angle")
_HOLES = {"printf": "%s", "format": "{{{}}}", "dollar": "${{value{}}}", "angle": "<value{}>"}
_BROKEN = re.compile(r"[\r\n\t ]+")
_SHOWN = 60
_MOST_SHOWN = 3
_LEAST_SHARED = 3
_NONE_SHARED: Mapping[str, int] = {}
#: A word that a person wrote: one of capitals may be the name of an asset.
_WORDS = re.compile(r"(?![A-Z]+\b)[^\W\d_]{2,20}(?![-./@+_]?\w)")
_LEAST_DIGITS = 5
_OPEN_DIGITS = 2
_NUMBER = re.compile(r"-?\d+")
_DIGITS = re.compile(r"(\d+)")
_ALL = Section("errors", "Errors", "")


class DraftedCode(NamedTuple):
    """One code, as the draft is to have it.

    Attributes:
        found: What was seen of it.
        templates: Its messages, the most frequent one first; none if none was seen.
        doubts: What is doubtful about it.
    """

    found: HarvestedCode
    templates: tuple[Template, ...]
    doubts: tuple[str, ...]

    @property
    def exception(self) -> str:
        """The class that it surfaced as; empty if it did not."""
        classes = self.found.classes or self.found.alone
        return classes.most_common(1)[0][0] if classes else ""

    @property
    def http_status(self) -> int:
        """The HTTP status it came with most often; 0 if nobody knows."""
        known = [(status, count) for status, count in self.found.statuses.items() if status]
        return max(known, key=lambda pair: pair[1])[0] if known else 0


def find_shared(codes: Iterable[HarvestedCode]) -> Counter[str]:
    """Return the messages that several codes came with, each with their number.

    Tests that go through all codes invent one for all of them.
    """
    counts = Counter(text for one in codes for text in one.messages)
    return Counter({text: count for text, count in counts.items() if count >= _LEAST_SHARED})


def draft_code(found: HarvestedCode, shared: Mapping[str, int] = _NONE_SHARED) -> DraftedCode:
    """Return a code as the draft is to have it.

    Args:
        found: What was seen of it.
        shared: The messages that several codes came with, each with their number.
    """
    code = str(found.code)
    folded = fold_messages(_BROKEN.sub(" ", text) for text in found.messages)
    folded.sort(key=lambda one: (one.variants[0] in shared, -len(one.variants)))
    templates, guessed = [], False
    for one in folded:
        tokens = one.tokens
        if len(one.variants) == 1:  # else what changes has shown itself
            tokens = guess_placeholders(tokens, found.echoed, code)
            guessed = guessed or tokens != one.tokens
        templates.append(tokens)
    doubts = [
        *_doubt_sight(found),
        *_doubt_messages(found, folded, templates, guessed=guessed),
        *(
            f"{shared[one.variants[0]]} codes have it"
            for one in folded[:1]
            if one.variants[0] in shared
        ),
        *_doubt_class(found),
    ]
    return DraftedCode(found, tuple(templates), tuple(doubts))


def _doubt_sight(found: HarvestedCode) -> Iterable[str]:
    """Yield what is doubtful about how a code was seen."""
    if not found.answers:
        yield "raised; no answer with it was seen"
    elif found.answers == 1:
        yield "seen once"
    statuses = sorted(status for status in found.statuses if status)
    if is_http_status(found.code, statuses):
        yield "maybe an HTTP status"
    if len(statuses) > 1:
        yield f"HTTP {join_words(statuses)}"


def _doubt_messages(
    found: HarvestedCode, folded: Sequence[Folded], templates: Sequence[Template], *, guessed: bool
) -> Iterable[str]:
    code = str(found.code)
    if not folded:
        if found.shape is None or found.shape.message:  # else its envelope says so, once
            yield "no message was seen"
        return
    if len(folded) > 1:
        others = [quote(write_template(one, "printf"), _SHOWN) for one in templates[1:]]
        yield f"{len(folded)} messages: also {join_words(others, _MOST_SHOWN)}"
    if guessed:
        yield "placeholder guessed"
    stood = _list_words(folded[0])
    if stood:
        yield f"the placeholder stood for {join_words(stood, _MOST_SHOWN)}"
    elif templates[0][:1] in (("{",), ("[",)):
        yield "it is JSON of its own"
    elif len(folded[0].variants) == 1 and (values := find_perhaps_values(templates[0], code)):
        yield f"{join_words(values, _MOST_SHOWN)} may be a value"


def _list_words(folded: Folded) -> list[str]:
    """Return the plain words that stood where the first placeholder of a template is."""
    if len(folded.variants) == 1 or None not in folded.tokens:
        return []
    before = "".join(folded.tokens[: folded.tokens.index(None)])  # type: ignore[arg-type]  # texts, up to the first None
    rests = [one[len(before) :] for one in folded.variants if one.startswith(before)]
    words = [found[0] for rest in rests if (found := _WORDS.match(rest))]
    return list(dict.fromkeys(words)) if len(words) == len(rests) else []


def _doubt_class(found: HarvestedCode) -> Iterable[str]:
    if len(found.classes) > 1:
        names = [name for name, _ in found.classes.most_common()]
        yield f"{len(names)} classes: {join_words(names, _MOST_SHOWN)}"
    elif not found.classes and found.alone:
        yield "the class says no code: nothing else was answered in its test"


def choose_style(codes: Iterable[DraftedCode]) -> PlaceholderStyle:
    """Return a placeholder style whose signs stand in no message."""
    literals = [token for one in codes for text in one.templates for token in text if token]
    for style in _STYLES:
        if all(is_plain(token, style) for token in literals):
            return style
    return "printf"


def write_template(template: Template, style: PlaceholderStyle) -> str:
    """Return a template as a catalog writes it."""
    parts = []
    holes = 0
    for token in template:
        if token is not None:
            parts.append(token.replace("%", "%%") if style == "printf" else token)
        else:
            holes += 1
            parts.append(_HOLES[style].format("" if style == "format" else holes))
    return "".join(parts).strip()


def make_sections(
    codes: Iterable[DraftedCode], shapes: DraftedShapes
) -> dict[Section, list[DraftedCode]]:
    """Return the codes by their sections, in order: a section has codes of one shape.

    Args:
        codes: The codes.
        shapes: The shapes in which they come.
    """
    by_shape: dict[str, list[DraftedCode]] = {}
    for one in sorted(codes, key=_rank):
        by_shape.setdefault(shapes.name_of(one.found.shape), []).append(one)
    sections: dict[Section, list[DraftedCode]] = {}
    for name, ones in sorted(by_shape.items()):
        for section, group in _group(ones).items():
            own = Section(f"{section.id}-{name}", section.title, section.label, name)
            sections[own if name else section] = group
    return sections


def _group(ordered: Sequence[DraftedCode]) -> dict[Section, list[DraftedCode]]:
    """Return codes in groups.

    Long numbers are grouped by all digits but the last two, as documents group them; texts by their
    first word, where that makes groups and not a section for each code.
    """
    for group in (_group_by_digits, _group_by_word):
        sections: dict[Section, list[DraftedCode]] = {}
        for one in ordered:
            sections.setdefault(group(str(one.found.code)), []).append(one)
        if 1 < len(sections) <= max(1, len(ordered) // 2):
            return sections
    if len(ordered) == 1 or len({_group_by_digits(str(one.found.code)) for one in ordered}) == 1:
        return {_group_by_digits(str(ordered[0].found.code)): list(ordered)}
    return {_ALL: list(ordered)}


def _rank(one: DraftedCode) -> tuple[bool, list[int], list[str]]:
    """Return what codes are sorted by: numbers as such, texts by their letters."""
    text = str(one.found.code)
    numbers = [int(part) for part in _DIGITS.findall(text)] if _NUMBER.fullmatch(text) else []
    return (not numbers, numbers, [text])


def _group_by_digits(code: str) -> Section:
    if not _NUMBER.fullmatch(code) or len(code.lstrip("-")) < _LEAST_DIGITS:
        return _ALL
    prefix = code[:-_OPEN_DIGITS]
    label = f"{prefix}{'x' * _OPEN_DIGITS}"
    return Section(f"codes-{prefix.lstrip('-')}", label, label)


def _group_by_word(code: str) -> Section:
    word = re.split(r"[._:/-]", code, maxsplit=1)[0]
    if word in ("", code) or not word.isascii() or not word[0].isalpha():
        return _ALL
    return Section(word.lower(), word.replace("_", " ").capitalize(), "")
