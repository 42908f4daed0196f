"""Names of markers that nobody registered and that look like ours: ``expect_code``, ``errcode``.

pytest only warns of a marker that it does not know, and a test whose expectation is misspelled
expects nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.marker_values import show_mark
from pytest_errcodes.plugin.markers import MARKERS

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How people word what our names say; each is taken back to the shortest form.
_WORDINGS = (
    (re.compile(r"[^a-z0-9]"), ""),
    (re.compile(r"^expect(?:s|ed|ing|ation)?(?:the|an|api|business|a)?"), "expect"),
    (re.compile(r"^(?:every|each|all)"), "every"),
    (re.compile(r"error|err"), "err"),
    (re.compile(r"^(expect|every)err"), r"\1"),
    (re.compile(r"s$"), ""),
)
#: Words that differ from "code" by one letter and mean something else.
_OTHER_WORDS = re.compile(
    r"(?:[^a-z]|expect|expects|every|err|error)"
    r"(?:mode|node|bode|lode|rode|come|cone|cope|core|cove|coke|cede|cite|coda|code[crd])s?$"
)
_SHORTEST = 6
_WIDEST = 40


def list_registered_names(lines: Iterable[str]) -> frozenset[str]:
    """Return the names of the markers that pytest's setting ``markers`` lists.

    Args:
        lines: The lines of the setting, such as ``slow: takes minutes`` or ``flaky(times): ...``.
    """
    return frozenset(re.split(r"[:(]", line, maxsplit=1)[0].strip() for line in lines)


def find_meant(name: str) -> str | None:
    """Return the one of our markers that a name was meant for, or None if for none.

    Args:
        name: The name of a marker that is not ours.
    """
    if not _SHORTEST <= len(name) <= _WIDEST or _OTHER_WORDS.search(name.lower()):
        return None
    written = _reduce(name)
    for ours in MARKERS:
        if any(_is_near(word, right) for word in written for right in _reduce(ours)):
            return ours
    return None


def make_name_mistake(mark: Any) -> ErrcodesUsageError:
    """Return the mistake of a marker that was meant for one of ours."""
    meant = find_meant(mark.name)
    hint = f"write @pytest.mark.{meant}"
    if meant == "errcodes" and mark.args:  # errcodes takes options alone: a code was meant
        hint = f"write @pytest.mark.expects_code, or {meant} for settings"
    return ErrcodesUsageError(
        "marker-name",
        f"{show_mark(mark)} has a name that nobody registered, so it checks nothing",
        f"{hint}; if it is your own, register {mark.name} under markers in the ini file",
    )


def _reduce(name: str) -> set[str]:
    """Return a name, and what is left of it without separators, endings and the like."""
    reduced = [name.lower()]
    for pattern, word in _WORDINGS:
        reduced.append(pattern.sub(word, reduced[-1]))
    reduced.append(_WORDINGS[-1][0].sub("", reduced[1]))
    return set(reduced)


def _is_near(word: str, right: str) -> bool:
    """Return whether a word is ``right`` but for one letter: more, less, another, or swapped."""
    if word == right:
        return True
    longer, shorter = (word, right) if len(word) >= len(right) else (right, word)
    if len(longer) - len(shorter) > 1:
        return False
    at = next(
        (at for at, pair in enumerate(zip(word, right, strict=False)) if len({*pair}) > 1), -1
    )
    if at < 0:
        return True  # the longer one has one letter more at its end
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    rest, other = word[at + 1 :], right[at + 1 :]
    swapped = word[at : at + 2] == right[at : at + 2][::-1] and rest[1:] == other[1:]
    return rest == other or swapped
