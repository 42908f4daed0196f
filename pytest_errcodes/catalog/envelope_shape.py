"""The shape of an envelope, and what stands for a success of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.envelope_fields import EnvelopeFields
from pytest_errcodes.catalog.model import SUCCESS, ErrorCode
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pytest_errcodes.catalog.model import Code


class EnvelopeShape(EnvelopeFields):
    """Which fields of an envelope carry what, and what of an answer means success.

    Its attributes are those of ``EnvelopeFields``, of which it inherits all that facts have.
    It stands apart from them, since an ``ErrorCode`` knows its shapes, and a shape makes one of its
    success.
    """

    def success_code(self, code: Code) -> ErrorCode | None:
        """Return ``code`` with the message of success if it means success, else None.

        The document announces these codes apart from its sections.
        """
        if not self.is_success(code):
            return None
        return make_success(self, code)


def make_success(
    shape: EnvelopeShape, code: Code | None = None, shapes: tuple[EnvelopeShape, ...] = ()
) -> ErrorCode:
    """Return what stands for a success of a shape, with its message; without a code if it has none.

    Its code is then the empty text, which no catalog documents.

    Args:
        shape: The shape.
        code: The code.
        shapes: Those of the catalog; the one shape where they are not at hand.
    """
    own = "" if code is None else code
    message, style = shape.success_message, shape.placeholders
    return ErrorCode(own, message, SUCCESS, style=style, shapes=shapes or (shape,))


def find_success(shape: EnvelopeShape) -> ErrorCode:
    """Return the success of a shape: its first code that means one, else one without a code.

    Raises:
        ErrcodesUsageError: The shape does not say what a success is (``no-success``).
    """
    __tracebackhide__ = True
    if shape.success:
        return make_success(shape, shape.success[0])
    if shape.may_lack_code:
        return make_success(shape)
    raise ErrcodesUsageError(
        "no-success",
        "reply() without a code answers a success, and the catalog does not say what one is",
        "write success = [0] under [envelope], or give reply a code",
    )
