"""What to do about an expectation that was not met, each in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.judging.comparison import name_code_type
from pytest_errcodes.judging.counting import find_uncarried, pick, pick_received
from pytest_errcodes.judging.mismatch import UnmetExpectation
from pytest_errcodes.text.wording import join_words, show_code

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.judging.counting import HiddenRetry
    from pytest_errcodes.judging.exception_codes import Codeless
    from pytest_errcodes.judging.mismatch import Mismatch
    from pytest_errcodes.judging.own_handlers import Unasserted

_MOST_CODES = 5


def advise_on_type(codes: Sequence[ErrorCode], seen: Sequence[Observation]) -> tuple[str, ...]:
    """Return the advice for a code that was seen in the other type, such as "401009"."""
    for code in codes:
        for one in seen:
            if type(one.code) is not type(code.code) and (
                show_code(one.code).strip('"') == show_code(code.code).strip('"')
            ):
                wanted = "integers" if isinstance(code.code, int) else "strings"
                came = f"codes of the catalog are {wanted}, and {name_code_type(one.code)} came"
                return (f'{came}: decode it, or declare code_type = "either"',)
    return ()


def advise_on_silence(
    code: ErrorCode,
    seen: Sequence[Observation],
    codeless: Sequence[Codeless],
    recorded: Sequence[Observation],
) -> tuple[str, ...]:
    """Return the advice for a code that the client received and its caller could not see.

    Args:
        code: The code.
        seen: All that was observed.
        codeless: What was raised and carries no code.
        recorded: What was asserted of the answers that a mock kept.
    """
    if codeless:
        return (advise_on_codeless(codeless[0], seen),)
    of_type = advise_on_type((code,), [one for one in seen if one.surfaced])
    if of_type:  # it did surface, in the other type
        return of_type
    made_up = (
        one.code
        for one in seen
        if one.surfaced and one.code is not None and not pick_received(seen, one.code)
    )
    for other in made_up:
        changed = f"the client received {show_code(code.code)}, and its caller saw"
        return (f"{changed} {show_code(other)}",)
    for place in (one.place for one in pick(recorded, code.code)):
        kept = f"{place} looks at the answer that the mock kept, not at what the client made of it"
        return (f"{kept}; assert what the client raises or returns",)
    caught = "an except outside of the test function is not seen: use pytest.raises"
    return (
        f"no exception with it reached the test: the client swallowed it, {suggest_return(code)}",
        f"{caught}; if the client is to handle the code, say surfaced=False",
    )


def advise_on_handler(found: Unasserted) -> str:
    """Return the advice for what the test itself caught and nothing asserts."""
    name, line = found.name, found.line
    if found.is_unwatched:
        return (
            "an except of the test's own is not seen where another tool, such as a debugger, took "
            "the place of what watches it: use pytest.raises"
        )
    if found.keeper == "subtest":
        left = f"{name} from line {line} left a subtest, which failed with it"
        return f"{left}: put raises_code or pytest.raises into the subtest"
    if found.keeper == "block":
        return f"what the assertion in line {line} fails with is caught by the test: let it fail"
    if name == "AssertionError":
        return f"the {found.keeper} in line {line} caught an assertion that failed: let it fail"
    caught = f"the {found.keeper} in line {line} caught {name}, and nothing asserts it"
    remedy = "use raises_code or" if found.keeper == "suppress" else "assert its code there, or use"
    return f"{caught}: {remedy} pytest.raises"


def suggest_return(code: ErrorCode) -> str:
    """Return what else a client may have done that raised nothing, and how a test asserts that."""
    return f"or returned it (then assert result == IsCode({_write_argument(code)}))"


def _write_argument(code: ErrorCode) -> str:
    """Return what a helper or marker is given for a code."""
    shown = show_code(code.code)
    return f"{shown}, undocumented=True" if code.is_undocumented else shown


def tell_seen_before(
    unmet: Sequence[Mismatch | UnmetExpectation], before: Sequence[Observation]
) -> list[Mismatch | UnmetExpectation]:
    """Let codes that were not seen tell that a fixture had seen them."""
    return [
        one._replace(hints=(*one.hints, *_advise_on_fixtures(one.codes, before)))
        if isinstance(one, UnmetExpectation) and one.kind in ("not-seen", "none-seen")
        else one
        for one in unmet
    ]


def _advise_on_fixtures(
    codes: Sequence[ErrorCode], before: Sequence[Observation]
) -> tuple[str, ...]:
    for code in (one for one in codes if pick(before, one.code)):
        key = show_code(code.code)
        seen = f"a fixture saw {key} before the test began, and only the test counts"
        asserted = f"assert_code(error, {_write_argument(code)})"
        return (f"{seen}; assert what it gives the test: {asserted}",)
    return ()


def advise_on_codeless(codeless: Codeless, seen: Sequence[Observation]) -> str:
    """Return the advice for an exception that carries no code.

    Args:
        codeless: The exception.
        seen: All that was observed.
    """
    if codeless.stands_for:
        return _advise_on_other_class(codeless, seen)
    lost = f"{codeless.place} carries no code"
    if codeless.cause:
        remedy = f"give it the code, or say assert_code(error.{codeless.cause_path}, ...)"
        return f"{lost}, and its cause, {codeless.cause}, does: {remedy}"
    if codeless.is_foreign:
        return f"{lost}: the client broke on the answer, or lost the code"
    stated = f"if the class stands for the code, say exception={codeless.name}"
    return f"{lost}: give it one, in an attribute such as .code; {stated}"


def _advise_on_other_class(codeless: Codeless, seen: Sequence[Observation]) -> str:
    """Return the advice for an exception whose class the catalog gives to other codes."""
    codes = join_words([show_code(code) for code in codeless.stands_for[:_MOST_CODES]])
    stands = f"{codeless.place} stands for {codes}, as the catalog says"
    received = [show_code(code) for code in codeless.stands_for if pick_received(seen, code)]
    if received:
        expected = "expect that one, and with surfaced=False what the client handles"
        return f"{stands}, and {received[0]} was received: {expected}"
    stated = f"if the class stands for this code too, say exception={codeless.name}"
    return f"{stands}: the client changed the code; {stated}"


def advise_on_invention(
    code: ErrorCode, seen: Sequence[Observation], *, is_expected: bool = True
) -> tuple[str, ...]:
    """Return the advice for a code that surfaced and that nothing sent."""
    answers = find_uncarried(seen, code.code)
    sent = ", ".join(dict.fromkeys(show_code(one.code) for one in answers))
    came = f"the routes sent {sent}"
    if any(one.source != "route" for one in answers):
        came = f"a mock or a server sent {sent}"
    changed = f"{came}, and the client made {show_code(code.code)} out of it"
    option = "received=False"
    say = option if is_expected else f"expects_code({show_code(code.code)}, {option}) too"
    return (f"{changed}; if it raises the code by itself, say {say}",)


def advise_on_unreadable(code: ErrorCode) -> str:
    """Return the advice for a code that surfaced after a route had answered no envelope."""
    made = f"the route sent no code, and the client made {show_code(code.code)} out of its answer"
    return f"{made}; if it raises the code by itself, say received=False"


def advise_on_unwatched(senders: str) -> str:
    """Return the advice for a code that may have come where nothing sees it."""
    unseen = f"answers to {senders} are not seen, nor counted"
    return (
        f"{unseen}: expect what the client raises or returns, and assert what it handles yourself"
    )


def advise_on_retry(
    code: ErrorCode, retry: HiddenRetry, helper: str, *, selected: bool
) -> tuple[str, ...]:
    """Return the advice for a code that was received more often than it surfaced.

    Args:
        code: The code.
        retry: How often.
        helper: What judges it: ``expects_code`` or ``raises_code``.
        selected: Whether ``every_code`` gave the test the code.
    """
    times = f"times={retry.received + retry.accounted}"
    if_right = "if the client is right to send the request again,"
    if selected:
        stated = f'every_code("{code.code}", {times})'
        return (f'{if_right} leave the code out by "!{code.code}" and say so: {stated}',)
    return (f"{if_right} say so: {helper}({_write_argument(code)}, {times})",)


def tell_group(codeless: Codeless) -> str:
    """Return why a group that ends a test is left to it, though one in it carries a code."""
    return (
        f"{codeless.place} carries no code, and {codeless.beside} beside it does\n"
        "hint: a group ends the test as expected where each in it carries a code; of one that "
        "pytest.raises or pytest.RaisesGroup catches, those count that do"
    )


def tell_other_error(
    codes: Collection[ErrorCode], seen: Sequence[Observation], raised: Codeless
) -> str:
    """Return that the client received another error than the one expected; empty if not so.

    Args:
        codes: The expected codes.
        seen: All that was observed.
        raised: The exception without a code that came of it.
    """
    received = [one for one in seen if not one.surfaced]
    if len(codes) != 1 or not received or any(one.surfaced for one in seen):
        return ""
    (expected,), last = codes, received[-1]
    if last.is_success or pick_received(seen, expected.code):
        return ""
    other, name = show_code(last.code), raised.name
    return f"expected {show_code(expected.code)}; {other} was received; {name} carries no code"
