"""One envelope compared with what was expected of it: facts in, facts out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.observation import Observation
from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.envelope_shape import make_success
from pytest_errcodes.envelope.code_values import fits_type
from pytest_errcodes.envelope.equal_values import are_equal, equals_anything, tell_failed_comparison
from pytest_errcodes.judging.expectation import AnyCode, is_code
from pytest_errcodes.judging.message_comparison import compare_message, compare_params
from pytest_errcodes.judging.mismatch import Mismatch

if TYPE_CHECKING:
    from pytest_errcodes.active.evidence import Contradiction
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.envelope.refusal import Refusal
    from pytest_errcodes.judging.expectation import ExpectedEnvelope
    from pytest_errcodes.judging.mismatch import Answer

# No catalog has codes of more bits, so none is near to such a number.
_WIDEST_NUMBER = 64


def compare(answer: Answer, expected: ExpectedEnvelope) -> Mismatch | None:
    """Return the first difference between an answer and what was expected, or None.

    The code is judged first, with its type; then the message by the template of the code that
    came, then the parameters, then the data. The policy ``warn`` keeps a message that does not
    fit in the context's ``drift``, and lets it pass. What says one code and carries another is
    never as expected.
    """
    contradiction = answer.evidence.contradiction
    if contradiction is not None:
        return _compare_contradiction(answer, expected, contradiction)
    documented = find_documented(answer, expected)
    mismatch = _compare_code(answer, expected, documented)
    if mismatch or documented is None:
        return mismatch
    return (
        compare_message(answer, expected, documented)
        or compare_params(answer, expected, documented)
        or _compare_data(answer, expected)
    )


def compare_refusal(refusal: Refusal, expected: ExpectedEnvelope) -> Mismatch:
    """Return the mismatch of an object that is no envelope at all."""
    hints = (refusal.hint,) if refusal.hint else ()
    goal = expected.fix_catalog()
    return Mismatch("no-envelope", "envelope", None, refusal, goal, hints=hints)


def compare_field(
    answer: Answer, expected: ExpectedEnvelope, field: str, wanted: Any, came: Any
) -> Mismatch:
    """Return the mismatch of a field whose value is not the one expected; there must be one.

    Args:
        answer: What came altogether.
        expected: What was expected altogether.
        field: Its name.
        wanted: The value that was expected.
        came: The value that came; ``ABSENT`` when there was none.
    """
    from pytest_errcodes.judging.difference import find_data_difference

    path, inner_wanted, inner_came = find_data_difference(wanted, came)
    goal = expected.fix_catalog()
    broken = tell_failed_comparison(inner_wanted, inner_came)
    hints = (broken,) if broken else ()
    return Mismatch("field", field, inner_wanted, inner_came, goal, answer, path, hints=hints)


def find_documented(answer: Answer, expected: ExpectedEnvelope) -> ErrorCode | None:
    """Return what the catalog says of the code that came, success included, if anything."""
    if not isinstance(expected.code, AnyCode) and is_code(answer.code, expected.code.code):
        return expected.code
    return find_in_catalog(answer, expected.judging_catalog)


def find_in_catalog(answer: Answer, catalog: Catalog) -> ErrorCode | None:
    """Return what a catalog says of the code that came, success included, if anything."""
    code, shape = answer.code, answer.shape
    if code is None:
        return make_success(shape) if answer.is_success else None
    found = catalog.get(code)
    if found is None and shape.judge(code, answer.succeeded):
        return shape.success_code(code) or make_success(shape, code)
    return found


def find_nearest(answer: Answer, expected: ExpectedEnvelope) -> tuple[ErrorCode, ...]:
    """Return what the catalog documents near a code that it lacks; nothing near any other."""
    code = answer.code
    if find_documented(answer, expected) is not None or code is None:
        return ()
    if not fits_type(code, answer.shape, expected.judging_catalog):
        return ()
    if isinstance(code, int) and code.bit_length() > _WIDEST_NUMBER:
        return ()
    from pytest_errcodes.catalog.unknown import nearest_codes

    return tuple(nearest_codes(expected.judging_catalog, code))


def name_code_type(code: Code | None) -> str:
    """Return of what type a code is: ``a string``, ``an integer``."""
    return "a string" if isinstance(code, str) else "an integer"


def _compare_contradiction(
    answer: Answer, expected: ExpectedEnvelope, found: Contradiction
) -> Mismatch:
    """Return the mismatch of what says one code and carries another."""
    owner = answer.evidence.owner
    what = "lost" if found.said is None else "changed"
    hint = (
        f"the client {what} the code; if .{found.attribute} is not where {owner} has it, the "
        'catalog must say what is: [envelope] attributes = ["..."]'
    )
    goal = expected.fix_catalog()
    return Mismatch("contradiction", "code", (), found, goal, answer, hints=(hint,))


def _compare_code(
    answer: Answer, expected: ExpectedEnvelope, documented: ErrorCode | None
) -> Mismatch | None:
    wanted: tuple[Code, ...] = ()
    if expected.code is AnyCode.DOCUMENTED:
        is_wanted = documented is not None
    elif expected.code is AnyCode.SUCCESS:
        is_wanted = answer.is_success
        wanted = expected.judging_catalog.shape.success
    else:
        is_wanted = is_code(answer.code, expected.code.code)
        wanted = (expected.code.code,)
    if is_wanted:
        return None
    goal = expected.fix_catalog()
    if failed := _find_failed_item(answer, expected):
        place, item = failed
        hint = f"the answer is a success, and {place} of its batch is none"
        return Mismatch("code", "code", wanted, item.code, goal, item, hints=(hint,))
    hints = _advise_on_code(answer, goal, documented)
    return Mismatch("code", "code", wanted, answer.code, goal, answer, hints=hints)


def _find_failed_item(answer: Answer, expected: ExpectedEnvelope) -> tuple[str, Answer] | None:
    """Return the item of a batch, and its place, for which alone an answer is no success."""
    if expected.code is not AnyCode.SUCCESS or isinstance(answer, Observation):
        return None
    if not answer.shape.judge(answer.code, answer.succeeded):
        return None
    items: tuple[Answer, ...] = answer.items
    for number, item in enumerate(items):
        if not item.is_success:
            path = answer.shape.items
            return f"[{number}]" if path == TOP_LEVEL else f"{path}.{number}", item
    return None


def _advise_on_code(
    answer: Answer, expected: ExpectedEnvelope, documented: ErrorCode | None
) -> tuple[str, ...]:
    shape = answer.shape
    if answer.code is not None and not fits_type(answer.code, shape, expected.judging_catalog):
        came = name_code_type(answer.code)
        remedy = 'decode it, or declare code_type = "either"'
        return (f"the catalog says {shape.code_type}, {came} came: {remedy}",)
    if answer.is_success:
        if answer.evidence.is_own:
            from pytest_errcodes.text.wording import show_code

            owner, code = answer.evidence.owner, show_code(answer.code)
            said = f"{owner} says {code}, which means success"
            return (f"{said}: it may have had no code to read, as from a page of a gateway",)
        return ("the request succeeded: check that the route is the one the client calls",)
    if documented is None and answer.code is not None:
        from pytest_errcodes.text.wording import show_code

        name = expected.judging_catalog.name
        return (f"the catalog {name} does not document {show_code(answer.code)}",)
    return ()


def _compare_data(answer: Answer, expected: ExpectedEnvelope) -> Mismatch | None:
    came, wanted = answer.data, expected.data
    if wanted is ... or (are_equal(came, wanted) and not equals_anything(came, wanted)):
        return None
    return compare_field(answer, expected, "data", expected.data, answer.data)
