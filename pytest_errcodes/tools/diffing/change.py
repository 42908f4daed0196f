"""One change between two catalogs, what it means for a client, and whether it is to fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pytest_errcodes.catalog.model import Code

ChangeKind = Literal["breaking", "renumbered", "meaning", "wording", "addition", "moved"]
#: The kinds of changes, the gravest first.
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
_NONE = "none"
ChangeSlug = Literal[
    "code-added",
    "code-removed",
    "code-type",
    "description",
    "envelope-added",
    "envelope-field",
    "envelope-removed",
    "exception",
    "http-status",
    "message",
    "open-ended",
    "order",
    "parameters",
    "placeholders",
    "renumbered",
    "section",
    "section-added",
    "section-label",
    "section-order",
    "section-removed",
    "section-renamed",
    "section-title",
    "solution",
    "success-added",
    "success-message",
    "success-removed",
    "tags",
]
Value = str | int | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that two catalogs say differently.

    Attributes:
        kind: What it means for a client: ``breaking``, ``renumbered``, ``meaning``,
            ``wording``, ``addition`` or ``moved``.
        slug: What changed, such as ``code-removed`` or ``http-status``.
        subject: What it is a change of: a code, ``section trading``, ``envelope.websocket``,
            or ``catalog`` for all codes at once.
        summary: The change in a few words that go on after the subject: ``removed``.
        old: What the old catalog says: the message of a code that was removed, renumbered or has
            a new message; else the value. None where it says nothing.
        new: The same of the new catalog.
        codes: The codes that it touches, as the old and the new catalog write them.
    """

    kind: ChangeKind
    slug: ChangeSlug
    subject: str
    summary: str
    old: Value = None
    new: Value = None
    codes: tuple[Code, ...] = ()

    @property
    def shows_texts(self) -> bool:
        """Whether ``old`` and ``new`` are texts to be read under each other."""
        return self.slug in _SHOWING_TEXTS

    def as_dict(self) -> dict[str, object]:
        """Return the facts as JSON values, each with all of its keys.

        Keys: ``kind``, ``slug``, ``subject``, ``summary``, ``old``, ``new``, ``codes``.
        """
        return {
            "kind": self.kind,
            "slug": self.slug,
            "subject": self.subject,
            "summary": self.summary,
            "old": list(self.old) if isinstance(self.old, tuple) else self.old,
            "new": list(self.new) if isinstance(self.new, tuple) else self.new,
            "codes": list(self.codes),
        }

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject} {self.summary}"


# Changes whose texts are shown under each other; the summary of any other holds both values.
_SHOWING_TEXTS: frozenset[ChangeSlug] = frozenset(
    {
        "code-added",
        "code-removed",
        "description",
        "message",
        "parameters",
        "renumbered",
        "section-label",
        "section-title",
        "solution",
        "success-message",
    }
)


def failing_kinds(words: str) -> frozenset[ChangeKind]:
    """Return the kinds of changes that ``words`` name: ``breaking,meaning``.

    ``breaking`` names ``renumbered`` too, since the old code is gone; ``none`` stands alone.

    Raises:
        ErrcodesUsageError: A word is no kind of changes (``change-kind``).
    """
    named = [word.strip().lower() for word in words.split(",")]
    if named == [_NONE]:
        return frozenset()
    for word in named:
        if word not in KINDS:
            raise _unknown(words, word)
    renumbered: set[ChangeKind] = {"renumbered"} if "breaking" in named else set()
    return frozenset(kind for kind in KINDS if kind in named) | renumbered


def _unknown(words: str, word: str) -> ErrcodesUsageError:
    """Say that ``word`` is no kind, and which was meant."""
    from pytest_errcodes.text.nearest import suggest

    kinds = f"the kinds are {', '.join(KINDS)}; none stands alone"
    return ErrcodesUsageError(
        "change-kind",
        f"--fail-on={words}: {word!r} is no kind of changes",
        kinds if word == _NONE else suggest(word, (*KINDS, _NONE), kinds),
    )
