"""What a test expects of the codes it meets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pytest_errcodes.catalog import ErrorCode


class Expectation(NamedTuple):
    """What one ``expects_code`` marker says.

    Attributes:
        codes: The codes that must be seen.
        any_of: Whether one of them is enough.
        params: The parameters that the message must hold, as text; None for any.
        message: The exact message, or a message policy; None for the policy in force.
        times: How often each code must come; None for at least once.
        surfaced: Whether the client's caller must have seen it, not only the client.
    """

    codes: tuple[ErrorCode, ...]
    any_of: bool = False
    params: tuple[str, ...] | None = None
    message: str | None = None
    times: int | None = None
    surfaced: bool = False
