"""The errors a user meets: one family, each with a slug, a message and a hint."""

from __future__ import annotations


class ErrcodesError(Exception):
    """What went wrong, in words a user can act on.

    Attributes:
        slug: Stable name of the kind of error, and its anchor on the page of usage errors.
        message: The thing, the place and the fault; may hold several lines. What does not print
            in them, as of a name that came from outside, is escaped.
        hint: What to do about it, in one line; empty when there is nothing to advise.
    """

    def __init__(self, slug: str, message: str, hint: str = "") -> None:
        if not (message.isprintable() and hint.isprintable()):
            from pytest_errcodes.text.wording import join_lines

            message, hint = join_lines(message.split("\n")), join_lines([hint])
        super().__init__(slug, message, hint)
        self.slug = slug
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\nhint: {self.hint}" if self.hint else self.message


class ErrcodesUsageError(ErrcodesError):
    """A mistake in how the plugin is used: a marker, a route, an option, a catalog file."""

    __module__ = "pytest_errcodes"  # where users import it from, and short in pytest's output
