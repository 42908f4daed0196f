"""Whether an answer that was written says what it is to, to who reads it by its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.code_spelling import other_spelling
from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.envelope_writing import as_mapping
from pytest_errcodes.catalog.field_paths import find_field
from pytest_errcodes.catalog.outcome import SUCCESSES, has_code, judge_code, judge_codeless
from pytest_errcodes.text.wording import show_code

if TYPE_CHECKING:
    from pytest_errcodes.catalog.envelope_fields import EnvelopeFields


def find_other_reading(
    envelope: dict[str, Any] | list[Any],
    shape: EnvelopeFields,
    code: int | str | None,
    http_status: int,
    *,
    is_success: bool,
    is_error: bool,
) -> str:
    """Return what an answer would be read as, if that is not what it is to be; empty if it is.

    Args:
        envelope: The answer.
        shape: Its shape.
        code: The code that it is to carry; None for a success that has none.
        http_status: The HTTP status that it comes with.
        is_success: Whether it is to be a success.
        is_error: Whether the catalog documents the code as an error.
    """
    if isinstance(envelope, list):
        if code is None or not shape.is_list:
            if http_status in SUCCESSES or shape.items == TOP_LEVEL:
                return ""
            reason = f"it has no code, and HTTP status {http_status} is none of a success"
            return f"it would be no envelope: {reason}"
        envelope = as_mapping(envelope)
    if not has_code(envelope, shape):
        found, reason, _ = judge_codeless(envelope, (shape,), http_status)
        if found is None:
            return f"it would be no envelope: {reason or f'the field {shape.code!r} is missing'}"
        succeeded, is_code, shown = True, code is None, "no code"
    else:
        value = find_field(envelope, shape.code)
        succeeded = judge_code(envelope, shape, value, http_status, is_error=is_error)
        is_code, shown = code in (value, other_spelling(value)), show_code(value)
    if not is_code:
        return f"it would be read with {shown}"
    if succeeded == is_success:
        return ""
    return "it would be read as " + ("an error" if is_success else "a success")
