"""The first place in which two texts, or two values, differ."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.envelope.equal_values import differ, equals_anything
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.secrets import find_secrets_inside, looks_secret

if TYPE_CHECKING:
    from pytest_errcodes.catalog import MessageTemplate

#: A mapping of a foreign class may give keys without end.
_MOST_KEYS = 100_000


def measure_prefix(left: str, right: str) -> int:
    """Return how many characters ``left`` and ``right`` have in common at their start."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def show_template(template: MessageTemplate) -> str:
    """Return a template as a text, with its placeholders as they are written."""
    literals, gaps = template.literals, template.gaps
    return literals[0] + "".join(
        gap.text + literal for gap, literal in zip(gaps, literals[1:], strict=True)
    )


def find_template_place(template: MessageTemplate, text: str) -> tuple[int, int]:
    """Find where ``text`` stops to fit a template.

    Returns:
        The index of the place in the template as ``show_template`` shows it, and in ``text``.
    """
    literals, gaps = template.literals, template.gaps
    at_shown = at = measure_prefix(literals[0], text)
    if at < len(literals[0]):
        return at_shown, at
    for gap, literal in zip(gaps, literals[1:], strict=True):
        reached, start = _find_longest(literal, text, at)
        at_shown += len(gap.text) + reached
        at = start + reached
        if reached < len(literal):
            break
    return at_shown, at


def _find_longest(literal: str, text: str, start: int) -> tuple[int, int]:
    """Return how much of ``literal``'s beginning stands in ``text`` from ``start``, and where."""
    low, high, place = 0, len(literal), start
    while low < high:
        middle = (low + high + 1) // 2
        found = text.find(literal[:middle], start)
        if found >= 0:
            low, place = middle, found
        else:
            high = middle - 1
    return low, place


def find_data_difference(expected: Any, came: Any) -> tuple[tuple[object, ...], Any, Any]:
    """Find the first field in which two values differ; there must be one.

    The value of a field that looks secret is not looked into: only that it differs may be told.
    One that its neighbours tell of, as in ``{"name": "X-API-Key", "value": …}``, stays with them.

    Args:
        expected: The value that was expected.
        came: The value that came; ``ABSENT`` when there was none.

    Returns:
        The keys and indexes that lead to the field, and both values; ``ABSENT`` for one that is
        not there.
    """
    path: list[object] = []
    passed: set[tuple[int, int]] = set()  # a structure may hold itself
    while (step := _find_step(expected, came, passed)) is not None:
        if _is_told_beside(step[0], expected) or _is_told_beside(step[0], came):
            break
        name, expected, came = step
        path.append(name)
        passed.add((id(expected), id(came)))
        if looks_secret(name):
            break
    return tuple(path), expected, came


def _is_told_beside(name: object, container: Any) -> bool:
    """Return whether a member is a secret by what stands beside it in its container."""
    try:
        return name in find_secrets_inside(container, 0)
    except Exception:  # noqa: BLE001  # a foreign container may raise anything
        return False


def _find_step(
    expected: Any, came: Any, passed: set[tuple[int, int]]
) -> tuple[object, Any, Any] | None:
    """Return the first step into two containers; None where they cannot be taken apart."""
    try:
        return _find_first_step(expected, came, passed)
    except ErrcodesUsageError:  # an IsCode in there was written wrong
        raise
    except Exception:  # noqa: BLE001  # a foreign container may raise anything
        return None


def _find_first_step(
    expected: Any, came: Any, passed: set[tuple[int, int]]
) -> tuple[object, Any, Any] | None:
    """Return the first key or index at which two containers differ, and what they hold there."""
    if (lone := _find_lone_step(expected, came)) is not None and _is_unpassed(*lone[1:], passed):
        return lone
    if isinstance(expected, Mapping) and isinstance(came, Mapping):
        more = (key for key in islice(came, _MOST_KEYS) if key not in expected)
        for key in chain(islice(expected, _MOST_KEYS), more):
            left, right = expected.get(key, ABSENT), came.get(key, ABSENT)
            if left is ABSENT or right is ABSENT or _is_new(left, right, passed):
                return key, left, right
    if isinstance(expected, list | tuple) and isinstance(came, list | tuple):
        for index in range(max(len(expected), len(came))):
            left = expected[index] if index < len(expected) else ABSENT
            right = came[index] if index < len(came) else ABSENT
            if left is ABSENT or right is ABSENT or _is_new(left, right, passed):
                return index, left, right
    return None


def _find_lone_step(expected: Any, came: Any) -> tuple[object, Any, Any] | None:
    """Return the step into two containers of one member each, which is what differs in them.

    It is not compared once more: of values that are nested deeper than Python compares, each level
    would be compared down to its end. Only Python's own containers are equal if their members are.
    """
    if type(expected) is not type(came) or type(expected) not in (dict, list, tuple):
        return None
    if len(expected) != 1 or len(came) != 1:
        return None
    if type(expected) is not dict:
        return 0, expected[0], came[0]
    (key,) = expected
    return (key, expected[key], came[key]) if key in came else None


def _is_new(left: Any, right: Any, passed: set[tuple[int, int]]) -> bool:
    """Return whether two members differ, and are not compared already further up."""
    if not _is_unpassed(left, right, passed):
        return False
    return differ(right, left) or equals_anything(right, left)


def _is_unpassed(left: Any, right: Any, passed: set[tuple[int, int]]) -> bool:
    return (id(left), id(right)) not in passed
