"""Where the message that came leaves the one that is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.message_template import MessageTemplate

_WIDTH = 30  # characters of each that are shown


def tell_difference(templates: Sequence[MessageTemplate], came: str) -> str:
    """Return in one line where a message stops to fit a template that it does not fit.

    Takes time linear in the two: the parts between placeholders are looked for from left to right.

    Args:
        templates: What is documented; of several, the one is taken that the message fits longest.
        came: The message.
    """
    found = [_find_difference(template, came) for template in templates]
    at, documented = max(found, key=lambda pair: pair[0])
    there, rest = f"at character {at + 1}: ", came[at:]
    if rest and documented:
        return f"{there}{quote(rest, _WIDTH)} came, {quote(documented, _WIDTH)} is documented"
    if documented:
        return f"{there}it ends, {quote(documented, _WIDTH)} is documented"
    return f"{there}{quote(rest, _WIDTH)} came, where the documented one ends"


def _find_difference(template: MessageTemplate, came: str) -> tuple[int, str]:
    """Return up to where a message fits a template, and what is documented there."""
    at = 0
    for number, literal in enumerate(template.literals):
        reached = at if number == 0 else came.find(literal, at)
        if reached < 0 or (number == 0 and not came.startswith(literal)):
            common = _common(literal, came, at)
            return at + common, literal[common:]
        at = reached + len(literal)
    return at, ""


def _common(literal: str, came: str, at: int) -> int:
    """Return how many characters a part of the template has in common with the message there."""
    pairs = zip(literal, came[at:], strict=False)
    return next(
        (n for n, (one, other) in enumerate(pairs) if one != other),
        min(len(literal), len(came) - at),
    )
