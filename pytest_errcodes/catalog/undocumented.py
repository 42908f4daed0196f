"""Codes that a catalog lacks, where a test means one on purpose."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.envelope_fields import ERROR_STATUSES, HTTP_STATUS
from pytest_errcodes.catalog.model import UNDOCUMENTED, ErrorCode, other_spelling
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.true_kinds import make_plain_code
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog.documented_codes import DocumentedCodes
    from pytest_errcodes.catalog.model import Code

#: Python refuses to write integers of thousands of digits; no catalog has one.
_WIDEST = 128


def make_undocumented(
    catalog: DocumentedCodes, code: object, verb: str, *, ahead: str = ""
) -> ErrorCode:
    """Return what stands for a code that the catalog lacks; it has no message.

    Args:
        catalog: The catalog.
        code: The code, a member of an enum that has it, or an ``ErrorCode``.
        verb: What was called with ``undocumented=True``, for the texts; empty where whoever tells
            them names it.
        ahead: What stands before the code in that call.

    Raises:
        ErrcodesUsageError: It is no code, or the catalog has it.
    """
    __tracebackhide__ = True
    number: Any = getattr(code, "code", code.value if isinstance(code, Enum) else code)
    if isinstance(number, bool) or not isinstance(number, int | str):
        raise ErrcodesUsageError(
            "code-type",
            _name_call(verb, f"{ahead}{show_value(number)}") + "a code is an integer or text",
            f"write a code such as {next(iter(catalog), 1)!r}",
        )
    number = make_plain_code(number)
    _refuse_documented(catalog, number, _name_call(verb, f"{ahead}{show_code(number)}"))
    http_status = catalog.http_status
    if catalog.shape.code == HTTP_STATUS and number in ERROR_STATUSES:
        http_status = int(number)
    return ErrorCode(
        number,
        "(undocumented)",
        UNDOCUMENTED,
        style="none",
        http_status=http_status,
        shapes=catalog.shapes,
    )


def _refuse_documented(catalog: DocumentedCodes, number: Code, call: str) -> None:
    """Refuse a code that the catalog has, as it is written or in its other spelling.

    Args:
        catalog: The catalog.
        number: The code.
        call: What the text begins with.
    """
    __tracebackhide__ = True
    is_huge = isinstance(number, int) and number.bit_length() > _WIDEST
    for spelling in (number,) if is_huge else (number, other_spelling(number)):
        found = catalog.get(spelling)
        if found is None and catalog.is_success(spelling):
            raise ErrcodesUsageError(
                "code-is-documented",
                f"{call}{show_code(spelling)} means success in catalog {catalog.name!r}",
                "leave out undocumented=True",
            )
        if found is not None:
            hint = "leave out undocumented=True"
            if spelling != number:
                hint += f", and write {show_code(spelling)}"
            raise ErrcodesUsageError(
                "code-is-documented", f"{call}catalog {catalog.name!r} documents {found}", hint
            )


def _name_call(verb: str, argument: str) -> str:
    """Return the beginning of a text that names a call."""
    return f"{verb}({argument}, undocumented=True): " if verb else ""


def is_undocumented(code: object) -> bool:
    """Return whether a code stands for one that its catalog lacks."""
    return isinstance(code, ErrorCode) and code.is_undocumented


def expect_undocumented(
    catalog: DocumentedCodes,
    code: object,
    params: tuple[object, ...],
    message: str | None,
    verb: str,
    *,
    ahead: str = "",
) -> ErrorCode:
    """Return what stands for a code that is expected, and that the catalog lacks.

    Args:
        catalog: The catalog.
        code: The code.
        params: What must stand in its message; there can be none.
        message: The exact message; None for any.
        verb: What was called with ``undocumented=True``, for the texts; empty where whoever tells
            them names it.
        ahead: What stands before the code in that call.

    Raises:
        ErrcodesUsageError: As in ``make_undocumented``, or a template is asked for.
    """
    __tracebackhide__ = True
    found = make_undocumented(catalog, code, verb, ahead=ahead)
    if params or message in ("template", "warn"):
        what = "fill" if params else "judge the message by"
        start = f"{verb}({ahead}{show_code(found.code)}, undocumented=True"
        subject = f"{start})" if verb else show_code(found.code)
        said = "message='what the API says'"
        raise ErrcodesUsageError(
            "undocumented-without-message",
            f"{subject} has no template to {what}",
            f"give the whole message: {f'{start}, {said})' if verb else said}",
        )
    return found


def check_wording(code: ErrorCode, params: tuple[object, ...], message: object, verb: str) -> None:
    """Refuse an answer of a code that the catalog lacks without the message that it needs.

    Raises:
        ErrcodesUsageError: There is none, or there are parameters for it.
    """
    __tracebackhide__ = True
    if message is None or params:
        call = f"{verb}({show_code(code.code)}, undocumented=True"
        raise ErrcodesUsageError(
            "undocumented-without-message",
            f"{call}) has no template to fill",
            f"give the whole message: {call}, message='what the API says')",
        )
