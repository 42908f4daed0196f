"""TypeScript; that a compiler takes the whole file was tried by hand."""

from __future__ import annotations

import pytest

from pytest_errcodes import ErrcodesUsageError
from pytest_errcodes.catalog import Catalog, EnvelopeShape, ErrorCode, Section
from pytest_errcodes.tools import export_catalog

SECTION = Section("a", "A", "")


def exported(*codes: ErrorCode) -> str:
    """Return what is written of some codes."""
    return export_catalog(
        Catalog("x", codes, sections=[SECTION], shapes=[EnvelopeShape()]), "typescript"
    )


def test_a_comment_stays_one() -> None:
    """No message ends the comment that shows it; quotes stand there as they are."""
    text = exported(ErrorCode(1, 'a "b" */ c\nd', SECTION))
    assert '  /** a "b" *\\/ c\\nd */\n  A_B_C_D: 1,\n' in text
    assert '  [ErrorCode.A_B_C_D]: "a \\"b\\" */ c\\nd",\n' in text


def test_negative_codes() -> None:
    """The number is a value, and a key only by the name of its code."""
    text = exported(ErrorCode(-1121, "Invalid symbol.", SECTION))
    assert "  INVALID_SYMBOL: -1121,\n" in text
    assert '  [ErrorCode.INVALID_SYMBOL]: "Invalid symbol.",\n' in text


def test_a_number_that_javascript_would_round() -> None:
    """It is refused: two such codes could become one."""
    assert "9007199254740991," in exported(ErrorCode(2**53 - 1, "x", SECTION))
    with pytest.raises(ErrcodesUsageError) as caught:
        exported(ErrorCode(-(2**53), "x", SECTION))
    assert str(caught.value) == (
        "code -9007199254740992 is larger than a number of JavaScript holds: it would be rounded\n"
        'hint: declare code_type = "string" under [envelope], if the API sends it as a text'
    )


def test_all_messages_of_a_code() -> None:
    """Where a code has several messages, the others stand in a table of their own."""
    one = ErrorCode(1, "Order not found", SECTION, alternatives=('No "order" %s', "Gone"))
    text = exported(one, ErrorCode(2, "Busy", SECTION))
    assert '  [ErrorCode.ORDER_NOT_FOUND]: "Order not found",\n' in text
    assert (
        "export const furtherMessages = {\n"
        '  [ErrorCode.ORDER_NOT_FOUND]: ["No \\"order\\" %s", "Gone"],\n'
        "} as const;\n" in text
    )
    assert (
        "export type ErrorMessage =\n"
        "  | (typeof errorMessages)[ErrorCode]\n"
        "  | (typeof furtherMessages)[keyof typeof furtherMessages][number];\n" in text
    )
    assert "furtherMessages" not in exported(ErrorCode(2, "Busy", SECTION))
