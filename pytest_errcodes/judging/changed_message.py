"""A message that surfaced with other parameters than it was received with, or with other words.

With other parameters both fit their template, so that neither is wrong by itself; but the client
has changed one into the other on the way. Other words may surface beside the documented ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.message_template import stands_in
from pytest_errcodes.judging.comparison import compare
from pytest_errcodes.judging.counting import count_surfaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.judging.expectation import ExpectedEnvelope
    from pytest_errcodes.judging.mismatch import Mismatch

_CHANGED = "the client received it with other parameters than it tells"


def takes_values(code: ErrorCode) -> bool:
    """Return whether a documented message of a code has something in it that changes."""
    return any(one.gaps or one.open_ended for one in code.templates)


def find_changed_message(
    told: Sequence[Observation],
    received: Sequence[Observation],
    code: ErrorCode,
    expected: ExpectedEnvelope,
) -> Mismatch | None:
    """Return how a message that surfaced differs from all that were received; None if it does not.

    Nothing where it reads as the test says, or the test says that it does not matter; and where an
    answer came without a message, which the client cannot have changed.

    Args:
        told: What surfaced of one code.
        received: What the wire carried of it.
        code: The code.
        expected: What was expected of it, and is fulfilled.
    """
    if expected.exact_message is not None or not received:
        return None
    if expected.params is not None:
        told = [one for one in told if compare(one, expected)]
        expected = expected._replace(params=None)
    if expected.policy != "template" or not takes_values(code):
        return None
    messages = [one.message for one in received]
    for one in told:
        texts = [text for text in (one.message, one.evidence.text) if text is not None]
        if any(_has_kept(text, messages) for text in texts) or not _tells(texts, code):
            continue
        shown = one if one.message is not None else one._replace(message=_cut_out(texts[-1], code))
        changed = compare(shown, expected._replace(message=messages[-1]))
        return changed and changed._replace(hints=(_CHANGED,))
    return None


def find_other_message(
    told: Sequence[Observation],
    received: int,
    goals: Sequence[ExpectedEnvelope],
    judged: Sequence[Observation],
) -> Mismatch | None:
    """Return how one of several messages that surfaced is none that may; None if all may.

    Where as many as were received are as they should be, what comes beside them is no answer's: a
    client may raise what it received inside of an exception that has its own words.

    Args:
        told: What surfaced of one code; one at least is as it should be.
        received: How often the wire carried it.
        goals: What it may be, the widest last.
        judged: What of it no helper has judged by its own words.
    """
    odd = [one for one in judged if all(compare(one, goal) for goal in goals)]
    if not odd:
        return None
    # Two equal observations are two; and an exception that is changed later is what it is then.
    places, carriers = {id(one) for one in odd}, {one.carrier for one in odd} - {None}
    fitting = [one for one in told if id(one) not in places and one.carrier not in carriers]
    return None if count_surfaced(fitting) >= received else compare(odd[0], goals[-1])


def _has_kept(text: str, messages: Sequence[str | None]) -> bool:
    """Return whether one of the messages stands in a text, among other words."""
    return any(one is None or one == text or stands_in(one, text) for one in messages)


def _tells(texts: Sequence[str], code: ErrorCode) -> bool:
    """Return whether a message with parameters stands in a text, and none without."""
    said = [one for one in code.templates if any(map(one.stands_in, texts))]
    return bool(said) and all(one.gaps or one.open_ended for one in said)


def _cut_out(text: str, code: ErrorCode) -> str:
    """Return a text from where a message with parameters begins in it."""
    said = next(one for one in code.templates if one.stands_in(text))
    return text[max(text.find(said.literals[0]), 0) :]
