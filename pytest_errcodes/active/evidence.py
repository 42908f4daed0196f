"""How a code was read: where it stood, and whether what carried it says the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from pytest_errcodes.catalog.facts import Facts

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Code

EvidenceKind = Literal["envelope", "attribute", "text", "word", "class"]
"""Where a code stood, from the strongest evidence to the weakest:

- ``envelope``: in the code field of an envelope;
- ``attribute``: in an attribute of an exception or object;
- ``text``: in a JSON object within the text of an exception;
- ``word``: as a word in the text of an exception;
- ``class``: nowhere: the class of the exception stands for it.
"""

_WEAK = {
    "text": "read in JSON within the text of",
    "word": "read as a word in the text of",
    "class": "told by nothing but the class",
}


class Contradiction(Facts):
    """What an exception or object says itself, against what it carries.

    Attributes:
        attribute: The attribute that would carry the code.
        said: The code that it holds, or None.
        holder: What holds the other code: ``.response``.
        carried: The other code.
    """

    attribute: str
    said: Code | None
    holder: str
    carried: Code


class Evidence(NamedTuple):
    """How a code was read.

    Attributes:
        kind: Where it stood.
        owner: The class of the exception or object that carried it; empty for a bare envelope.
        text: The text of the exception that carried it; None for what is no exception.
        contradiction: What else it says of the code; None unless that is another one.
    """

    kind: EvidenceKind = "envelope"
    owner: str = ""
    text: str | None = None
    contradiction: Contradiction | None = None

    @property
    def is_own(self) -> bool:
        """Whether the code stood apart from an envelope, so that no message need be with it."""
        return self.kind != "envelope"

    @property
    def note(self) -> str:
        """How it was read, where that was weak: ``read as a word in the text of ApiError``."""
        how = _WEAK.get(self.kind, "")
        return f"{how} {self.owner}" if how else ""


ENVELOPE: Final = Evidence()
"""The evidence of an envelope that nothing carried."""
