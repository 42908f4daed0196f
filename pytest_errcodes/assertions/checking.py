"""What every assertion does: read the object, note what was seen, and judge it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pytest_errcodes.active.context import observe
from pytest_errcodes.envelope.envelope import NotAnEnvelopeError
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.judging.comparison import compare, refused

if TYPE_CHECKING:
    from pytest_errcodes.envelope.envelope import Envelope
    from pytest_errcodes.judging.comparison import Expected


def judge(obj: object, expected: Expected, place: str) -> Envelope:
    """Return the envelope in ``obj`` if it is as expected.

    Args:
        obj: Anything that ``Envelope.of`` reads.
        expected: What it must be.
        place: Where the assertion stands, for the observation.

    Raises:
        AssertionError: It is no envelope, or another one; the text compares the two.
    """
    __tracebackhide__ = True
    try:
        envelope = read(obj, expected.judging_catalog).envelope
    except NotAnEnvelopeError as error:
        raise AssertionError(refused(error, expected).text) from None
    observe(envelope.observation("assertion", place))
    mismatch = compare(envelope, expected)
    if mismatch:
        raise AssertionError(mismatch.text)
    return envelope


def place_of_caller(helper: str) -> str:
    """Return where the caller of the calling function stands: ``assert_code at test_x.py:12``."""
    # inspect.stack() reads source files and takes milliseconds; this takes none, and every
    # supported interpreter has it.
    frame = sys._getframe(2)  # noqa: SLF001  # the only cheap way to a caller's frame
    name = frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{helper} at {name}:{frame.f_lineno}"
