"""What a request comes to: a value, which each adapter turns into its library's terms."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

from pytest_errcodes.catalog.facts import Facts

if TYPE_CHECKING:
    import httpx

    from pytest_errcodes.simulation.reply import Reply


class Pass(Enum):
    """A request goes where it would have gone without us."""

    PASS = "pass"  # noqa: S105  # not a password


PASS: Final = Pass.PASS


class Unmatched(Facts):
    """No route matches.

    Attributes:
        explanation: Names the request and the nearest routes; what the library's own error is to
            be raised from.
    """

    explanation: Exception

    @property
    def summary(self) -> str:
        """The request in one line, for the library's own error."""
        return str(self.explanation).partition("\n")[0]


#: A reply of ours; a response by one of respx's other ways to answer; or none.
Answer: TypeAlias = "Reply | httpx.Response | Pass | Unmatched"
