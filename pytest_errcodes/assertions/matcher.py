"""A matcher for ``==`` inside any structure, which can say why it did not match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_errcodes.assertions.checking import observe, place_of_caller
from pytest_errcodes.envelope.envelope import NotAnEnvelopeError
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.judging.comparison import Expected, compare, field_mismatch, refused
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.envelope.envelope import Envelope

_SHORT = 60
_MEMBERS = 5


class IsCode:
    """Equal to whatever carries an envelope with a code, as in ``answer == {"r": IsCode(401009)}``.

    Its repr is the value it was compared to once that matched, and the expectation otherwise, so
    that pytest's diff marks only what differs.

    Attributes:
        mismatch: Why the last comparison failed; None when it did not.
    """

    mismatch: str | None

    # Comparing changes what it prints, so it is no key of a dict.
    __hash__ = None  # type: ignore[assignment]  # this is how Python marks a type as unhashable

    def __init__(
        self,
        code: Code | ErrorCode,
        /,
        *params: object,
        catalog: Catalog | None = None,
        **fields: Any,
    ) -> None:
        """Prepare a matcher.

        Args:
            code: The code, or an ``ErrorCode``.
            params: What must stand in the message where its template has placeholders; none for
                anything.
            catalog: The catalog to judge by; None for the one in force.
            fields: What else must be equal: ``message`` (a message policy, or the exact text),
                ``data``, ``http_status``, or any other field of the object by its name.

        Raises:
            UnknownCodeError: The catalog does not document ``code``.
            ErrcodesUsageError: The number of parameters is wrong.
        """
        __tracebackhide__ = True
        self._fields = dict(fields)
        self._expected = Expected.of(
            code,
            params,
            message=self._fields.pop("message", None),
            data=self._fields.pop("data", ...),
            catalog=catalog,
        )
        self._described = _described(self._expected.title, params, fields)
        self._matched: object = self
        self.mismatch = None

    def __eq__(self, other: object) -> bool:
        __tracebackhide__ = True
        judged = self._judge(other)
        if isinstance(judged, str):
            self.mismatch, self._matched = judged, self
            return False
        self.mismatch, self._matched = None, other
        observe(judged, "assertion", place_of_caller("IsCode"))
        return True

    def __repr__(self) -> str:
        return self._described if self._matched is self else repr(self._matched)

    def why_not(self, other: object) -> str | None:
        """Return why ``other`` does not match, or None if it does; nothing is remembered."""
        judged = self._judge(other)
        return judged if isinstance(judged, str) else None

    def _judge(self, other: object) -> Envelope | str:
        try:
            reading = read(other, self._expected.judging_catalog)
        except NotAnEnvelopeError as error:
            return refused(error, self._expected).text
        envelope = reading.envelope
        if mismatch := compare(envelope, self._expected):
            return mismatch.text
        for name, wanted in self._fields.items():
            came = envelope.http_status if name == "http_status" else reading.field(name)
            if came != wanted:
                title = f"expected {self._expected.title} with the {name} given, came another"
                return field_mismatch(title, name, wanted, came).text
        return envelope


def _described(code: str, params: tuple[object, ...], fields: dict[str, Any]) -> str:
    named = (f"{name}={show_value(value)}" for name, value in fields.items())
    arguments = (code, *map(show_value, params), *named)
    return f"IsCode({', '.join(arguments)})"


def explain_comparison(op: str, left: object, right: object) -> list[str] | None:
    """Return what pytest shows of a failed ``left op right`` that an ``IsCode`` takes part in.

    Where one stands inside a structure, only if nothing else in there differs; None leaves the
    explanation to pytest, whose diff shows everything.
    """
    if op == "in":
        return _explain_membership(left, right)
    failed = _failed("", left, right, set()) if op == "==" else None
    if not failed:
        return None
    lines = [f"{_short(left)} == {_short(right)}"]
    for path, reason in failed:
        lines += [f"at {path}:"] if path else []
        lines += reason.splitlines()
    return lines


def _explain_membership(matcher: object, members: object) -> list[str] | None:
    """Return why no member matches: a line for each, as pytest shows but a few."""
    if not isinstance(matcher, IsCode) or not isinstance(members, list | tuple) or not members:
        return None
    reasons = [matcher.why_not(member) for member in members[:_MEMBERS]]
    lines = [f"{_short(matcher)} in {_short(members)}"]
    lines += [f"[{at}]: {reason.splitlines()[0]}" for at, reason in enumerate(reasons) if reason]
    if more := len(members) - len(reasons):
        lines.append(f"and {more} more")
    return lines


def _failed(
    path: str, left: object, right: object, seen: set[tuple[int, int]]
) -> list[tuple[str, str]] | None:
    """Return where a matcher did not match, and why; None when anything else differs."""
    for matcher, other in ((left, right), (right, left)):
        if isinstance(matcher, IsCode):
            reason = matcher.why_not(other)
            return [(path, reason)] if reason else []
    pairs = _pairs(left, right)
    if pairs is None:
        return [] if left == right else None
    if (id(left), id(right)) in seen:  # a structure that holds itself, or one thing twice
        return []
    seen.add((id(left), id(right)))
    found = []
    for step, one, another in pairs:
        inner = _failed(path + step, one, another, seen)
        if inner is None:
            return None
        found += inner
    return found


def _pairs(left: object, right: object) -> list[tuple[str, object, object]] | None:
    """Return the members of two containers side by side; None when they have not the same."""
    if isinstance(left, Mapping) and isinstance(right, Mapping) and left.keys() == right.keys():
        return [(f"[{show_value(key)}]", left[key], right[key]) for key in left]
    if isinstance(left, list | tuple) and type(left) is type(right) and len(left) == len(right):
        members = enumerate(zip(left, right, strict=True))
        return [(f"[{index}]", one, another) for index, (one, another) in members]
    return None


def _short(value: object) -> str:
    return show_value(value, _SHORT)
