"""How the message of one code changed: its parameters, its substance or its wording."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog.message_template import MessageTemplate, Placeholder
    from pytest_errcodes.catalog.model import ErrorCode
    from pytest_errcodes.tools.diffing.change import ChangeKind, ChangeSlug

_NOUNS = {"integer": "an integer", "number": "a number", "text": "any text"}
# A dash is a sign only where a number follows and no word stands before it: -1, but not 4-10.
_TOKENS = re.compile(
    r"(?:(?<!\w)(?P<sign>[-–−]))?(?P<number>\d+(?:[.,]\d+)*)|(?P<kept>[^\W\d_]+|!=)|(?P<other>.)",
    re.DOTALL,
)
_MEANINGFUL = "%&"  # punctuation to Unicode, but "5%" is not "5"


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two texts.

    Attributes:
        kind: What that means for a client.
        slug: What differs.
        summary: The difference in a few words.
    """

    kind: ChangeKind
    slug: ChangeSlug
    summary: str


def message_difference(old: ErrorCode, new: ErrorCode) -> Difference | None:
    """Return how the message of ``old`` became that of ``new``; None where a client sees none.

    The gravest difference counts. Placeholders that are only written in another style are none:
    the style is the envelope's, and its change is told there.
    """
    if old.messages != new.messages and (old.alternatives or new.alternatives):
        return _alternatives(old, new)
    alike = (old.message, old.style, old.open_ended) == (new.message, new.style, new.open_ended)
    if alike:
        return None
    before, after = old.template, new.template
    if summary := _parameters(before, after):
        return Difference("breaking", "parameters", summary)
    said = [substance_of_template(template) for template in (before, after)]
    if said[0] != said[1] or _names_differ(before, after):
        return Difference("meaning", "message", "says something else")
    if summary := _kinds(before, after):
        return Difference("meaning", "message", summary)
    return _compare_wording(old, new)


def _alternatives(old: ErrorCode, new: ErrorCode) -> Difference:
    """Return how the messages of a code changed that has, or had, several."""
    went = [message for message in old.messages if message not in new.messages]
    came = [message for message in new.messages if message not in old.messages]
    if went and came:
        return Difference("meaning", "message", "has other messages")
    if went:
        noun = "a message" if len(went) == 1 else f"{len(went)} messages"
        return Difference("meaning", "message", f"no longer has {noun} that it had")
    if came:
        noun = "another message" if len(came) == 1 else f"{len(came)} further messages"
        return Difference("addition", "message", f"has {noun} as well")
    return Difference("moved", "message", "has its messages in another order")


def _compare_wording(old: ErrorCode, new: ErrorCode) -> Difference | None:
    """Return how a message that says the same is written now; None for the same way."""
    restyled = old.style != new.style and old.template.literals == new.template.literals
    if old.message != new.message and not restyled:
        return Difference("wording", "message", "is written differently")
    if old.open_ended != new.open_ended:
        # The message ends with a placeholder, which takes all that follows anyway.
        negation = "" if new.open_ended else "no longer "
        return Difference("wording", "open-ended", f"is {negation}marked as open-ended")
    return None


def text_difference(old: str, new: str, slug: ChangeSlug, noun: str) -> Difference | None:
    """Return how a text beside the messages changed, such as a description.

    Args:
        old: The text as it was; may be empty.
        new: The text as it is; may be empty.
        slug: What the text is.
        noun: The text in the summary, such as ``description``.
    """
    if old == new:
        return None
    if not old:
        return Difference("addition", slug, f"has a {noun} now")
    if not new:
        return Difference("wording", slug, f"has no {noun} any more")
    if substance(old) == substance(new):
        return Difference("wording", slug, f"has its {noun} written differently")
    return Difference("meaning", slug, f"has a {noun} that says something else")


def _parameters(old: MessageTemplate, new: MessageTemplate) -> str:
    """Return how the number or the order of the parameters changed; empty if it did not."""
    if len(old.placeholders) != len(new.placeholders):
        noun = "parameter" if _count_parameters(new) == "1" else "parameters"
        return f"takes {_count_parameters(new)} {noun}, formerly {_count_parameters(old)}"
    if old.has_tail != new.has_tail:
        return "may go on with any text now" if new.has_tail else "no longer goes on with any text"
    before, after = _order(old), _order(new)
    if before != after and sorted(before) == sorted(after):
        return "has its parameters in another order"
    return ""


def _count_parameters(template: MessageTemplate) -> str:
    """Return how many parameters a message takes."""
    count = len(template.placeholders)
    return f"{count} to {count + 1}" if template.has_tail else f"{count}"


def _order(template: MessageTemplate) -> list[str]:
    """Return what tells the parameters apart, in the order in which the message has them."""
    keys = (name_of(gap) or f"{gap.parameter}" for gap in template.gaps)
    return list(dict.fromkeys(keys))


def _names_differ(old: MessageTemplate, new: MessageTemplate) -> bool:
    """Whether a parameter that had a name has another one: ``{minimum}``, then ``{maximum}``."""
    names = (
        (substance(name_of(before)), substance(name_of(after)))
        for before, after in zip(old.gaps, new.gaps, strict=True)
    )
    return any(before and after and before != after for before, after in names)


def _kinds(old: MessageTemplate, new: MessageTemplate) -> str:
    """Return which parameter is another kind of value now; empty if none is."""
    for before, after in zip(old.gaps, new.gaps, strict=True):
        if before.kind != after.kind:
            return f"takes {_NOUNS[after.kind]} for {after.text}, not {_NOUNS[before.kind]}"
    return ""


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
