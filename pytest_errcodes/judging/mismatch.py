"""How what came differs from what was expected, as facts.

Nothing here is a text for people: ``rendering`` writes those, ``json_form`` what JSON can hold. A
test that passes makes mismatches too, as where one of several codes is enough, and shows none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import NoEnvelope, Observation
    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.envelope.envelope import Envelope
    from pytest_errcodes.envelope.reading import Reading
    from pytest_errcodes.judging.counting import HiddenRetry
    from pytest_errcodes.judging.expectation import ExpectedEnvelope

    #: Whatever has the parts of an envelope.
    Answer = Envelope | Observation | Reading

Kind = Literal[
    "code",
    "contradiction",
    "message",
    "parameters",
    "parameter",
    "field",
    "no-envelope",
    "nothing-raised",
    "exception-type",
    "exception-text",
]
"""What differs: a part of an envelope, or how it came. ``expected`` and ``came`` hold

- ``code``: the codes of which one was expected, and the code;
- ``contradiction``: nothing, and the ``Contradiction``;
- ``message``: the message or its ``MessageTemplate``, and the message or None; of an exception
  without a message its text;
- ``parameters``: the parameters, as texts; of one ``parameter``, ``ABSENT`` where there is none;
- ``field``: the values at the path, ``ABSENT`` where there is none;
- ``no-envelope``: None, and the ``Refusal``;
- ``nothing-raised``: None, and what was observed, or None if nobody did;
- ``exception-type``: the names of the types, and that of the type;
- ``exception-text``: the regular expression, and the text.
"""


class Mismatch(NamedTuple):
    """How one envelope, or the exception that carries it, differs from what was expected.

    Attributes:
        kind: What differs.
        field: The field that differs: ``code``, ``message``, ``parameter``, ``data``, another one
            by its name; ``envelope`` and ``exception`` when it is the whole.
        expected: What was expected there, as it is.
        came: What came there, as it is.
        goal: What was expected altogether, with the catalog it was judged by.
        answer: What came altogether; None when that was no envelope.
        path: The keys and indexes that lead to the difference in the value of a field; the number
            of a parameter.
        at: Index of the first character that differs in the message expected, or in its template
            as ``show_template`` shows it, and in the one that came; None where that says nothing.
        seen_at: Where the answer was seen, where that belongs to the mismatch; else empty.
        hints: What to do about it, each in one line.
        nested: Several at once: each parameter that differs; the other codes that would have done.
    """

    kind: Kind
    field: str
    expected: Any
    came: Any
    goal: ExpectedEnvelope
    answer: Answer | None = None
    path: tuple[object, ...] = ()
    at: tuple[int, int] | None = None
    seen_at: str = ""
    hints: tuple[str, ...] = ()
    nested: tuple[Mismatch, ...] = ()


class StructureMismatch(NamedTuple):
    """How two structures differ in which matchers stand.

    Attributes:
        operator: How they were compared: ``==`` or ``in``.
        left: The structure, or the matcher, on the left.
        right: That on the right.
        members: How each member differs that a matcher does not match, by its place in the
            structure: ``['results'][1]``; empty for the structure itself.
        unseen: How many members were not looked at.
    """

    operator: str
    left: object
    right: object
    members: tuple[tuple[str, Mismatch], ...]
    unseen: int = 0


UnmetKind = Literal[
    "not-seen",
    "none-seen",
    "not-surfaced",
    "surfaced",
    "untold",
    "not-received",
    "times",
    "retried",
    "error",
]
"""How an expectation is not met.

- ``not-seen``: the codes did not come;
- ``none-seen``: none of them did, and one would have been enough;
- ``not-surfaced``: the client received the code, and its caller cannot see it;
- ``surfaced``: the client's caller sees it, and the client was to handle it;
- ``untold``: it was to handle it, and whether the test itself caught it cannot be told;
- ``not-received``: it surfaced, and the wire carried others;
- ``times``: it came another number of times;
- ``retried``: it was received more often from one endpoint than it surfaced;
- ``error``: one came where none was expected.
"""


class UnmetExpectation(NamedTuple):
    """How all that a test saw differs from what it expected.

    Attributes:
        kind: How it is not met.
        codes: The codes that it is about.
        seen: All that was observed.
        times: How often the code was expected; None for at least once.
        came: How often it came; None where that was not counted.
        how: What was counted: ``received``, or where nothing was, ``surfaced``.
        narrowed: Whether only those counted whose parameters or message are as expected.
        retry: How often a code came that was ``retried``; None for any other kind.
        hints: What to do about it, each in one line.
        no_envelopes: The answers that the client got beside them, and that are none.
    """

    kind: UnmetKind
    codes: tuple[ErrorCode, ...]
    seen: tuple[Observation, ...]
    times: int | None = None
    came: int | None = None
    how: Literal["received", "surfaced"] = "received"
    narrowed: bool = False
    retry: HiddenRetry | None = None
    hints: tuple[str, ...] = ()
    no_envelopes: tuple[NoEnvelope, ...] = ()


def tell_no_envelopes(
    unmet: Sequence[Mismatch | UnmetExpectation], answers: Sequence[NoEnvelope]
) -> list[Mismatch | UnmetExpectation]:
    """Let codes that did not come, or too seldom, tell of the answers that are no envelopes."""
    told = ("not-seen", "none-seen", "not-received", "times")
    return [
        one._replace(no_envelopes=tuple(answers))
        if isinstance(one, UnmetExpectation) and one.kind in told
        else one
        for one in unmet
    ]
