"""The message of an envelope compared with what was expected of it, and its parameters."""

from __future__ import annotations

from contextlib import suppress
from itertools import zip_longest
from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current
from pytest_errcodes.catalog.message_template import stands_in
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.mismatch import Mismatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.catalog.message_template import MessageTemplate
    from pytest_errcodes.judging.expectation import ExpectedEnvelope
    from pytest_errcodes.judging.mismatch import Answer


def compare_message(
    answer: Answer, expected: ExpectedEnvelope, documented: ErrorCode
) -> Mismatch | None:
    """Return how the message differs from the exact or the documented one; None if it does not."""
    exact, came = expected.exact_message, answer.message
    if exact is not None:
        is_said = came == exact or _says(answer, exact)
        return None if is_said else _compare_texts(answer, expected, exact)
    if not answer.shape.message:
        return None  # the API sends none, so what an exception says are its client's own words
    needs_none = answer.evidence.is_own or answer.code is None
    if (came is None and needs_none) or _fits_anywhere(answer, documented):
        return None  # a code without a message is a code
    policy = expected.policy
    if policy == "ignore":
        return None
    if policy == "warn" and answer.code is not None:
        from pytest_errcodes.active.drift import Drift

        nearest = find_nearest_template(documented, came or "").text
        current().drift.append(Drift(answer.code, nearest, came or "(no message)"))
        return None
    from pytest_errcodes.judging.difference import find_template_place

    template, goal = find_nearest_template(documented, came or ""), expected.fix_catalog()
    place, hints = find_template_place(template, came or ""), _advise_on_message(answer, goal)
    return Mismatch("message", "message", template, came, goal, answer, at=place, hints=hints)


def _compare_texts(answer: Answer, expected: ExpectedEnvelope, wanted: str) -> Mismatch:
    """Return the mismatch of a message to the letter; without one, of the exception's text."""
    from pytest_errcodes.judging.difference import measure_prefix

    evidence = answer.evidence
    came = evidence.text if answer.message is None and evidence.is_own else answer.message
    at, goal = measure_prefix(wanted, came or ""), expected.fix_catalog()
    return Mismatch("message", "message", wanted, came, goal, answer, at=(at, at))


def _list_texts(answer: Answer) -> list[str]:
    """Return the texts of an exception in which the message of the API may stand."""
    text = answer.evidence.text
    return [] if text is None else [answer.message or "", text]


def _fits_anywhere(answer: Answer, documented: ErrorCode) -> bool:
    """Return whether the message fits, or, of an exception, the documented one stands in a text."""
    if fits(answer, documented):  # as nearly all do
        return True
    texts = _list_texts(answer)
    return any(template.stands_in(text) for template in documented.templates for text in texts)


def _says(answer: Answer, message: str) -> bool:
    """Return whether an exception says a message, among other words."""
    return bool(message) and any(stands_in(message, text) for text in _list_texts(answer))


def _advise_on_message(answer: Answer, expected: ExpectedEnvelope) -> tuple[str, ...]:
    if answer.message is None:
        return ()
    others = expected.judging_catalog.match_message(answer.message)
    if others:
        from pytest_errcodes.text.wording import show_code

        owners = " or ".join(show_code(other.code) for other, _ in others)
        return (f"the catalog documents this message for {owners}",)
    return ('if the API words it so now, message="warn" reports it and passes',)


def compare_params(
    answer: Answer, expected: ExpectedEnvelope, documented: ErrorCode
) -> Mismatch | None:
    """Return which parameters stand in the message and are others; None if those expected do."""
    came = answer.message
    sends_none = came is None and not answer.shape.message
    if expected.params is None or (came is None and not answer.evidence.is_own) or sends_none:
        return None
    taking = list(_render_all(documented, expected.params))
    rendered = [text for _, text in taking]
    if any(_says(answer, text) for text in rendered):
        return None
    if came is None:
        return _compare_texts(answer, expected, rendered[0])
    wanted = tuple(str(param) for param in expected.params)
    fitting = [
        (template, params)
        for template in documented.templates
        if (params := template.match(came)) is not None
    ]
    if not fitting or came in rendered or any(params == wanted for _, params in fitting):
        return None
    template, found = next((one for one in fitting if len(one[1]) == len(wanted)), fitting[0])
    own = next((text for other, text in taking if other is template), rendered[0])
    from pytest_errcodes.catalog.field_paths import ABSENT
    from pytest_errcodes.judging.difference import measure_prefix

    at, goal = measure_prefix(own, came), expected.fix_catalog()
    nested = tuple(
        Mismatch("parameter", "parameter", one, other, goal, answer, (number,))
        for number, (one, other) in enumerate(zip_longest(wanted, found, fillvalue=ABSENT), 1)
        if one != other
    )
    return Mismatch(
        "parameters", "parameter", wanted, found, goal, answer, at=(at, at), nested=nested
    )


def _render_all(
    documented: ErrorCode, params: tuple[object, ...]
) -> Iterator[tuple[MessageTemplate, str]]:
    """Yield each message that takes the parameters, and how it reads with them; one does."""
    for template in documented.templates:
        if template.takes(len(params)):
            with suppress(ErrcodesUsageError):  # this template may want a number: %d
                yield template, template.render(*params)


def fits(answer: Answer, documented: ErrorCode) -> bool:
    """Return whether the message that came fits a documented one."""
    return answer.message is not None and documented.match(answer.message) is not None


def find_nearest_template(documented: ErrorCode, came: str) -> MessageTemplate:
    """Return the documented message that a message which fits none fits farthest."""
    if not documented.alternatives:
        return documented.template
    from pytest_errcodes.judging.difference import find_template_place

    return max(documented.templates, key=lambda one: find_template_place(one, came)[0])
