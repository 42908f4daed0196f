"""The envelopes that stand in a text: whole answers, or lines of a log that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.catalog.envelope_shape import make_success
from pytest_errcodes.catalog.field_paths import ABSENT, find_field
from pytest_errcodes.catalog.model import other_spelling
from pytest_errcodes.catalog.outcome import judge_code, judge_codeless
from pytest_errcodes.tools.embedded_values import MOST_DEEP, find_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code, ErrorCode

_MESSAGE_FIELDS = ("message", "msg")  # where a shape's own field is not there
_DEEPEST = 3  # texts that hold JSON, in texts that do


class FoundEnvelope(NamedTuple):
    """What an envelope in a text says.

    Attributes:
        code: Its code, as the catalog writes it.
        message: Its message; None for none.
        is_success: Whether it is a success, as its shape tells.
    """

    code: Code
    message: str | None
    is_success: bool


def find_envelopes(catalog: Catalog, text: str) -> list[FoundEnvelope]:
    """Return each envelope in a text; none where it holds no JSON.

    Looked into are all objects and lists, cut off or whole, and the texts in them that hold JSON.
    An object within another counts where it has a message, or its code is documented.

    Args:
        catalog: What says which fields carry what.
        text: Any text.
    """
    return list(dict.fromkeys(_in_text(catalog, text, 0)))


def find_codeless_success(catalog: Catalog, text: str) -> ErrorCode | None:
    """Return the success that a whole answer without a code is; None if it is something else.

    Args:
        catalog: What says what a success is.
        text: An answer as JSON; what stands in a line of a log without a code may be anything.
    """
    value = next(iter(find_values(text)), None) if text.startswith("{") else None
    if not isinstance(value, dict):
        return None
    shape = judge_codeless(value, catalog.shapes, None).shape
    return None if shape is None else make_success(shape, shapes=catalog.shapes)


def _in_text(catalog: Catalog, text: str, depth: int) -> Iterator[FoundEnvelope]:
    for value in find_values(text):
        for item in value if isinstance(value, list) else [value]:
            yield from _in_value(catalog, item, depth, 0)


def _in_value(catalog: Catalog, value: Any, depth: int, layer: int) -> Iterator[FoundEnvelope]:
    """Yield the envelope that a value is, and those in it."""
    if isinstance(value, str):
        if depth < _DEEPEST and "{" in value:
            yield from _in_text(catalog, value, depth + 1)
        return
    if isinstance(value, dict):
        for found in _envelope(catalog, value):
            is_one = layer == depth == 0 or found.message is not None
            if is_one or found.code in catalog:
                yield found
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if layer <= MOST_DEEP:
        for one in inner:
            yield from _in_value(catalog, one, depth, layer + 1)


def _envelope(catalog: Catalog, value: dict[str, Any]) -> Iterator[FoundEnvelope]:
    """Yield what an object says that has a code: in the shape whose message is there."""
    fitting = [shape for shape in catalog.shapes if _is_code(find_field(value, shape.code))]
    for shape in sorted(fitting, key=lambda one: not _has_message(value, one))[:1]:
        raw = find_field(value, shape.code)
        code = known_spelling(catalog, raw)
        is_success = judge_code(value, shape, raw, None, is_error=code in catalog)
        yield FoundEnvelope(code, _message(value, shape), is_success)


def _has_message(value: dict[str, Any], shape: EnvelopeShape) -> bool:
    return any(find_field(value, path) is not ABSENT for path in shape.message_fields)


def _is_code(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool) and value != ""


def _message(value: dict[str, Any], shape: EnvelopeShape) -> str | None:
    found = (find_field(value, name) for name in (*shape.message_fields, *_MESSAGE_FIELDS))
    return next((message for message in found if isinstance(message, str)), None)


def known_spelling(catalog: Catalog, code: Code) -> Code:
    """Return a code as the catalog writes it: a shape may allow "60009" for 60009."""
    if code in catalog or catalog.is_success(code):
        return code
    other = other_spelling(code)
    return other if other in catalog or catalog.is_success(other) else code
