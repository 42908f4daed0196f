"""A matcher for ``==`` inside any structure, which can say why it did not match."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import place_of_caller
from pytest_errcodes.assertions.asserts import read_expected
from pytest_errcodes.assertions.swallowed_failures import forget_failure
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.equal_values import are_equal, differ, equals_anything
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.comparison import compare, compare_field, compare_refusal
from pytest_errcodes.judging.exception_classes import compare_object, read_class
from pytest_errcodes.judging.expectation import ExpectedEnvelope
from pytest_errcodes.judging.instructions import (
    keeps_result,
    throws_call_away,
    throws_comparison_away,
)
from pytest_errcodes.judging.mismatch import Mismatch, StructureMismatch
from pytest_errcodes.text.true_kinds import is_a

if TYPE_CHECKING:
    from types import FrameType

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode

_MEMBERS = 5
#: A mapping of others may have no end.
_MOST_KEYS = 100_000


class IsCode:
    """Equal to whatever carries an envelope with a code, as in ``answer == {"r": IsCode(401009)}``.

    Its repr is the value it was compared to once that matched, and the expectation otherwise, so
    that pytest's diff marks only what differs.

    Attributes:
        mismatch: Why the last comparison failed; None when it did not.
    """

    # Comparing changes what it prints, so it is no key of a dict.
    __hash__ = None  # type: ignore[assignment]  # this is how Python marks a type as unhashable

    def __init__(
        self,
        code: Code | ErrorCode,
        /,
        *params: object,
        catalog: Catalog | None = None,
        undocumented: bool = False,
        **fields: Any,
    ) -> None:
        """Prepare a matcher.

        Args:
            code: The code, or an ``ErrorCode``.
            params: What must stand in the message where its template has placeholders; none for
                anything.
            catalog: The catalog to judge by; None for the one in force.
            undocumented: Whether the catalog lacks ``code``, on purpose; its message is judged only
                if ``message`` gives it to the letter.
            fields: What else must be equal: ``message`` (a message policy, or the exact text),
                ``data``, ``http_status``, or any other field of the object by its name.

        Raises:
            UnknownCodeError: The catalog does not document ``code``.
            ErrcodesUsageError: The number of parameters is wrong, or the matcher is a statement of
                its own.
        """
        __tracebackhide__ = True
        self._params, self._fields = params, dict(fields)
        self._expected = ExpectedEnvelope.of(
            code,
            params,
            message=self._fields.pop("message", None),
            data=self._fields.pop("data", ...),
            catalog=catalog,
            undocumented=undocumented,
            verb="IsCode",
        )
        said: dict[str, Any] = {"undocumented": True} if undocumented else {}
        self._given = said | fields
        self._matched: object = self
        self._mismatch: Mismatch | None = None
        self._observations: list[Observation] = []
        if type(self) is IsCode and throws_call_away(sys._getframe(1)):  # noqa: SLF001  # no cheaper way
            raise ErrcodesUsageError(
                "matcher-as-condition",
                f"{self!r} stands alone, and is compared with nothing",
                f"compare it: assert answer == {self!r}",
            )

    def __eq__(self, other: object) -> bool:
        __tracebackhide__ = True
        frame = sys._getframe(1)
        if throws_comparison_away(frame) or not (keeps_result(frame) or _is_read(frame)):
            place = place_of_caller("IsCode")
            # Noted too, for a test that catches whatever is raised.
            current().unchecked[id(self)] = lambda: self._refuse_thrown_away(place)
            raise self._refuse_thrown_away(place)
        found = self._compare_once(other)
        if found is None:
            return False
        place = place_of_caller("IsCode")
        forget_failure(place, current().unchecked)
        observation = found.surface("assertion", place, other)
        if observation is not None:
            self._observations.append(observation)
            if self._expected.has_words:
                current().settle(observation, "message")
        return True

    def __ne__(self, other: object) -> bool:
        return self._compare_once(other) is None  # what is not to match is no observation

    def withdraw(self) -> None:
        """Take back what was observed: the structure that the matcher stands in did not match."""
        current().withdrawn += self._observations

    def _compare_once(self, other: object) -> Envelope | None:
        """Return the envelope that matched, if one did; what came of it is remembered."""
        found = self._compare(other)
        if isinstance(found, Mismatch):
            self._mismatch, self._matched = found, self
            return None
        self._mismatch, self._matched = None, other
        return found

    def __bool__(self) -> bool:
        __tracebackhide__ = True
        raise ErrcodesUsageError(
            "matcher-as-condition",
            f"{self!r} stands as a condition, and is compared with nothing",
            f"compare it: assert answer == {self!r}",
        )

    def _refuse_thrown_away(self, place: str) -> ErrcodesUsageError:
        __tracebackhide__ = True
        return ErrcodesUsageError(
            "comparison-thrown-away",
            f"{place} is compared, and nobody looks at the result",
            f"assert it: assert answer == {self!r}",
        )

    def __repr__(self) -> str:
        if self._matched is not self:
            with suppress(Exception):  # a foreign __repr__ may raise anything
                return repr(self._matched)
        from pytest_errcodes.text.wording import show_value

        named = (f"{name}={show_value(value)}" for name, value in self._given.items())
        arguments = (self._expected.title, *map(show_value, self._params), *named)
        return f"IsCode({', '.join(arguments)})"

    @property
    def mismatch(self) -> str | None:
        """Why the last comparison failed; None when it did not."""
        return None if self._mismatch is None else _render(self._mismatch)

    def why_not(self, other: object) -> str | None:
        """Return why ``other`` does not match, or None if it does; nothing is remembered."""
        found = self._compare(other)
        return _render(found) if isinstance(found, Mismatch) else None

    def find_mismatch(self, other: object) -> Mismatch | None:
        """Return how ``other`` differs, or None if it matches; nothing is remembered."""
        found = self._compare(other)
        return found if isinstance(found, Mismatch) else None

    def _compare(self, other: object) -> Envelope | Mismatch:
        found = read_expected(other, self._expected)
        if isinstance(found, Refusal):
            found = read_class(other, self._expected.code) or found
        if isinstance(found, Refusal):
            return compare_refusal(found, self._expected)
        mismatch = compare(found, self._expected) or compare_object(other, found, self._expected)
        if mismatch:
            return mismatch
        for name, wanted in self._fields.items():
            came = found.http_status if name == "http_status" else found.field(name)
            if differ(came, wanted) or equals_anything(came, wanted):
                return compare_field(found, self._expected, name, wanted, came)
        return Envelope.of_reading(found)


def _is_read(frame: FrameType) -> bool:
    """Return whether something reads what a frame compares now, as far as its source tells."""
    from pytest_errcodes.judging.unread_results import is_unread

    return not is_unread(frame)


def explain_comparison(op: str, left: object, right: object) -> list[str] | None:
    """Return what pytest shows of a failed ``left op right`` that an ``IsCode`` takes part in.

    Where one stands inside a structure, only if nothing else in there differs; None leaves the
    explanation to pytest, whose diff shows everything.
    """
    mismatch = compare_structures(op, left, right)
    return None if mismatch is None else _render(mismatch).splitlines()


def compare_structures(op: str, left: object, right: object) -> StructureMismatch | None:
    """Return where matchers in ``left op right`` do not match; None when anything else differs."""
    if op == "in":
        return _compare_members(left, right)
    try:
        found = _find_mismatches("", left, right, set()) if op == "==" else None
    except ErrcodesUsageError:  # a mistake in the test
        raise
    except Exception:  # noqa: BLE001  # another member may raise anything: that is pytest's
        return None
    return StructureMismatch(op, left, right, tuple(found)) if found else None


def _compare_members(matcher: object, members: object) -> StructureMismatch | None:
    """Return why no member matches, of as many as pytest has lines for."""
    if not isinstance(matcher, IsCode) or not isinstance(members, list | tuple) or not members:
        return None
    found = [(at, matcher.find_mismatch(one)) for at, one in enumerate(members[:_MEMBERS])]
    places = tuple((f"[{at}]", mismatch) for at, mismatch in found if mismatch)
    return StructureMismatch("in", matcher, members, places, len(members) - len(found))


def _find_mismatches(
    path: str, left: object, right: object, seen: set[tuple[int, int]]
) -> list[tuple[str, Mismatch]] | None:
    """Return where a matcher did not match, and why; None when anything else differs."""
    for matcher, other in ((left, right), (right, left)):
        if isinstance(matcher, IsCode):
            mismatch = matcher.find_mismatch(other)
            return [(path, mismatch)] if mismatch else []
    pairs = _pair_members(left, right)
    if pairs is None:
        return [] if are_equal(left, right) else None
    if (id(left), id(right)) in seen:  # a structure that holds itself, or one thing twice
        return []
    seen.add((id(left), id(right)))
    found = []
    for step, one, another in pairs:
        inner = _find_mismatches(path + step, one, another, seen)
        if inner is None:
            return None
        found += inner
    return found


def _pair_members(left: Any, right: Any) -> list[tuple[str, object, object]] | None:
    """Return the members of two containers side by side; None when they have not the same."""
    if is_a(left, Mapping) and is_a(right, Mapping) and _have_same_keys(left, right):
        from pytest_errcodes.text.wording import show_value

        return [(f"[{show_value(key)}]", left[key], right[key]) for key in left]
    if isinstance(left, list | tuple) and type(left) is type(right) and len(left) == len(right):
        members = enumerate(zip(left, right, strict=True))
        return [(f"[{index}]", one, another) for index, (one, another) in members]
    return None


def _have_same_keys(left: Mapping[Any, Any], right: Mapping[Any, Any]) -> bool:
    """Return whether two mappings have the same keys; of no end of them, they have not."""
    if type(left) is dict and type(right) is dict:
        return left.keys() == right.keys()
    keys = [set(islice(one, _MOST_KEYS)) for one in (left, right)]
    return keys[0] == keys[1] and len(keys[0]) == len(left) == len(right)


def _render(mismatch: Mismatch | StructureMismatch) -> str:
    from pytest_errcodes.judging.rendering import render

    return render(mismatch)
