"""Two values, one under the other, with a pointer to the first place where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_errcodes.envelope.foreign_objects import ABSENT
from pytest_errcodes.text.secrets import MASK, looks_secret, mask_text
from pytest_errcodes.text.wording import count_columns, escape, excerpt, show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog import MessageTemplate

_WIDTH = 100
_NARROWEST = 40
_LABEL = 8
# Text beyond this distance from the difference is not even looked at: a message may have 50 MB.
_REACH = 4_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison.

    Attributes:
        label: ``expected``, ``came`` or another word of at most eight letters.
        key: What the text belongs to: a code, or the path of a field.
        text: The text as it is; it is masked, escaped and cut when it is drawn.
        at: Index in ``text`` of the first difference, or None.
    """

    label: str
    key: str
    text: str
    at: int | None = None


def drawn(rows: list[Row], *, key_at: int | None = None) -> list[str]:
    """Return the lines of a comparison; the pointer stands under the row labelled ``came``.

    Args:
        rows: The rows, in order.
        key_at: Index in the keys of the first difference, when it is not in the texts.
    """
    key_width = max(count_columns(row.key) for row in rows)
    width = max(_NARROWEST, _WIDTH - _LABEL - 6 - key_width)
    shown = [_displayed(row.text, row.at or 0) for row in rows]
    starts = _starts(shown, width)
    lines = []
    for row, (text, at), start in zip(rows, shown, starts, strict=True):
        piece = excerpt(text, start, width)
        padding = " " * (key_width - count_columns(row.key))
        lead = f"  {row.label:{_LABEL}}  {row.key}{padding}  "
        lines.append(f"{lead}{piece}".rstrip())
        if row.label != "came":
            continue
        if key_at is not None:
            lines.append(" " * (_LABEL + 4 + count_columns(row.key[:key_at])) + "^")
        elif row.at is not None and text == shown[0][0]:
            alike = "differ in a secret, which is not shown" if MASK in text else "only look alike"
            lines.append(f"  they {alike}")
        elif row.at is not None:
            lines.append(" " * (count_columns(lead) + count_columns(piece[: at - start])) + "^")
    return lines


def _starts(shown: list[tuple[str, int]], width: int) -> list[int]:
    """Return from where each text is shown, so that their differences stand in one column."""
    if all(len(text) <= width for text, _ in shown):
        return [0] * len(shown)
    starts = [0 if at <= width - 20 else at - width // 2 for _, at in shown]
    unused = [
        min(start, start + width - len(text))
        for start, (text, _) in zip(starts, shown, strict=True)
        if start
    ]
    shift = max(0, min(unused, default=0))
    return [max(0, start - shift) for start in starts]


def _displayed(text: str, at: int) -> tuple[str, int]:
    """Return ``text`` without secrets and control codes, and where its index ``at`` went."""
    start = max(0, at - _REACH)
    before = escape(mask_text(text[start:at]))
    whole = escape(mask_text(text[start : at + _REACH]))
    cut_off = "…" if start else ""
    return cut_off + whole, min(len(cut_off + before), len(cut_off + whole))


def common_prefix(left: str, right: str) -> int:
    """Return how many characters ``left`` and ``right`` have in common at their start."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def template_difference(template: MessageTemplate, text: str) -> tuple[str, int, int]:
    """Find where ``text`` stops to fit a template.

    Returns:
        The template as it is shown, and the index of the place in it and in ``text``.
    """
    literals, gaps = template.literals, template.gaps
    shown = literals[0] + "".join(
        gap.text + literal for gap, literal in zip(gaps, literals[1:], strict=True)
    )
    at_shown = at = common_prefix(literals[0], text)
    if at < len(literals[0]):
        return shown, at_shown, at
    for gap, literal in zip(gaps, literals[1:], strict=True):
        reached, start = _longest_found(literal, text, at)
        at_shown += len(gap.text) + reached
        at = start + reached
        if reached < len(literal):
            break
    return shown, at_shown, at


def _longest_found(literal: str, text: str, start: int) -> tuple[int, int]:
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


def data_difference(path: str, expected: Any, came: Any) -> tuple[str, str, str]:
    """Find the first field in which two values differ; there must be one.

    Args:
        path: How the value itself is called.
        expected: The value that was expected.
        came: The value that came; ``ABSENT`` when there was none.

    Returns:
        The path of the field, and both values as texts.
    """
    step = _first_step(expected, came)
    if step is not None:
        name, inner_expected, inner_came = step
        if isinstance(name, str) and looks_secret(name):
            return f"{path}.{name}", _secret_text(inner_expected), _secret_text(inner_came)
        inner = f"{path}.{name}" if isinstance(name, str) else f"{path}[{show_value(name)}]"
        return data_difference(inner, inner_expected, inner_came)
    return path, _text(expected), _text(came)


def _first_step(expected: Any, came: Any) -> tuple[object, Any, Any] | None:
    """Return the first key or index at which two containers differ, and what they hold there."""
    if isinstance(expected, Mapping) and isinstance(came, Mapping):
        for key in (*expected, *(key for key in came if key not in expected)):
            left, right = expected.get(key, ABSENT), came.get(key, ABSENT)
            if left is ABSENT or right is ABSENT or right != left:
                return key, left, right
    if isinstance(expected, list | tuple) and isinstance(came, list | tuple):
        for index in range(max(len(expected), len(came))):
            left = expected[index] if index < len(expected) else ABSENT
            right = came[index] if index < len(came) else ABSENT
            if left is ABSENT or right is ABSENT or right != left:
                return index, left, right
    return None


def _text(value: object) -> str:
    return "(missing)" if value is ABSENT else show_value(value)


def _secret_text(value: object) -> str:
    return "(missing)" if value is ABSENT else MASK
