"""What is said beside an exception that carries no code, where one was expected."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current
from pytest_errcodes.envelope.broken_objects import name_class
from pytest_errcodes.envelope.exception_parts import is_group, iterate_leaves
from pytest_errcodes.envelope.foreign_objects import has_foreign_text, is_builtin
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.text.wording import join_lines, show_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.judging.expectation import ExpectedEnvelope


def _find_inside(error: BaseException, expected: ExpectedEnvelope) -> str:
    """Return the class of what carries the expected code in a group; empty where nothing does."""
    for one in iterate_leaves(error) if is_group(error) else ():
        found = read(one, expected.judging_catalog)
        if not isinstance(found, Refusal) and show_code(found.code) == expected.title:
            return name_class(one)
    return ""


def note_codeless(
    error: BaseException, expected: ExpectedEnvelope, seen: Sequence[Observation]
) -> None:
    """Add a note to an exception that leaves a block of ``raises_code`` and carries no code.

    Args:
        error: The exception; a failed assertion and what is no ``Exception`` get none.
        expected: What the block expects.
        seen: What was observed in the block.
    """
    own = type(error)
    if not issubclass(own, Exception) or issubclass(own, AssertionError):
        return
    code, kind = expected.fix_catalog().title, name_class(error)
    received = dict.fromkeys(show_code(one.code) for one in seen if not one.surfaced)
    lines = [f"expected {code}, and {kind} carries no code"]
    if code in received:
        lines = [f"{code} was received; {kind} carries no code"]
    elif received:
        lines = [f"expected {code}; {', '.join(received)} was received; {kind} carries no code"]
    elif current().sees_wire:
        lines = [f"expected {code}; no code was received; {kind} carries none"]
    inside = _find_inside(error, expected)
    # To say its class would make it pass: a broken client raises Python's own classes too.
    if inside:
        lines[0] = f"{kind} carries no code, and {inside} in it does"
        inner = f"assert_code(raised.value.exceptions[0], {code})"
        lines += [
            f"hint: put raises_code({code}) around the call itself, in its task",
            f"hint: or wait for the group with pytest.RaisesGroup, and say {inner}",
        ]
    elif code in received and (is_builtin(own) or has_foreign_text(error)):
        lines.append("hint: the client broke on the answer, or lost the code")
    elif code in received or not (received or current().sees_wire):
        lines += [
            f"hint: where the class stands for the code, say raises_code({code}, exception={kind})",
            "hint: else let the exception carry it, as an attribute such as .code",
        ]
    note = join_lines(lines)
    with suppress(Exception):  # an exception that takes no note is left as it is
        notes = getattr(error, "__notes__", ())
        if type(notes) is not list or note not in notes:  # it may be anything, without an end too
            BaseException.add_note(error, note)
