"""A reply in whatever shape: which one it has, how it is written, and how it will be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.envelope_shape import make_success
from pytest_errcodes.catalog.envelope_writing import check_data, write_envelope
from pytest_errcodes.catalog.field_paths import put_field
from pytest_errcodes.catalog.model import SUCCESS, ErrorCode
from pytest_errcodes.envelope.code_values import are_same_code, is_of_catalog
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, Code, EnvelopeShape
    from pytest_errcodes.envelope.parts import Reading


def find_shape(catalog: Catalog, name: object) -> EnvelopeShape:
    """Return the shape of a catalog that goes by a name; the default one for an empty name.

    Raises:
        ErrcodesUsageError: There is none (``unknown-shape``).
    """
    __tracebackhide__ = True
    if not name and isinstance(name, str):
        return catalog.shape
    for shape in catalog.shapes:
        if shape.name == name:
            return shape
    from pytest_errcodes.text.nearest import nearest_words

    names = [shape.name for shape in catalog.shapes]
    nearest = nearest_words(name, names) if isinstance(name, str) else []
    hint = f"did you mean shape={nearest[0]!r}?" if nearest else f"it has {', '.join(names)}"
    raise ErrcodesUsageError(
        "unknown-shape",
        f"shape={show_value(name)}: catalog {catalog.name!r} has no envelope shape of that name",
        hint,
    )


def find_success(shape: EnvelopeShape) -> ErrorCode:
    """Return the success of a shape: its first code that means one, else one without a code.

    Raises:
        ErrcodesUsageError: The shape does not say what a success is (``no-success``).
    """
    __tracebackhide__ = True
    if shape.success:
        return make_success(shape, shape.success[0])
    if shape.may_lack_code:
        return make_success(shape)
    raise ErrcodesUsageError(
        "no-success",
        "reply() without a code answers a success, and the catalog does not say what one is",
        "write success = [0] under [envelope], or give reply a code",
    )


def is_simple(shape: EnvelopeShape, catalog: Catalog) -> bool:
    """Whether an answer of a shape says no more than code, message and data in their fields."""
    is_flat = shape.is_plain and shape.data != "*" and bool(shape.message)
    return is_flat and is_of_catalog(shape, catalog)


def write_answer(
    catalog: Catalog,
    shape: EnvelopeShape,
    code: Code | None,
    message: str | None,
    options: Mapping[str, Any],
    *,
    is_success: bool,
) -> dict[str, Any] | list[Any]:
    """Return the body of a reply as JSON values.

    Args:
        catalog: Whose codes items have.
        shape: The shape.
        code: The code, as the catalog writes it; None for a success that has none.
        message: The message; None for none.
        options: Those of ``reply``.
        is_success: Whether it means success.
    """
    __tracebackhide__ = True
    data = options.get("data")
    if shape.data == "*":
        call = "reply(data=...)" if code is None else f"reply({show_code(code)}, data=...)"
        check_data(shape, data, call, has_code=code is not None)
    if isinstance(data, list) and shape.data == "*":
        return data
    items = options.get("items")
    if items is not None and not shape.items:
        raise ErrcodesUsageError(
            "reply-option",
            f"reply(..., items=...): the shape {shape.name!r} of catalog {catalog.name!r} has no "
            "field for items",
            'name one in the catalog, as in items = "data.results"',
        )
    if items is not None and data is None and shape.items.startswith(f"{shape.data}."):
        data = {}
    # A test may send a code of another type, to see what its client makes of it.
    wire = code if code is None or is_of_catalog(shape, catalog) else shape.spell(code)
    envelope = write_envelope(shape, wire, message, data, is_success=is_success)
    if items is not None:
        written = [_write_item(catalog, shape, item) for item in items]
        put_field(envelope, shape.items, written)
    return envelope


def _write_item(catalog: Catalog, shape: EnvelopeShape, item: object) -> object:
    """Return an item of a batch as JSON values."""
    __tracebackhide__ = True
    if isinstance(item, Mapping):
        return dict(item)
    inner = find_shape(catalog, shape.item_shape or shape.name)
    found: ErrorCode | None = None
    if item is None:
        found = find_success(inner)
    elif isinstance(item, int | str) and item not in catalog:
        found = inner.success_code(inner.spell(item))
    found = found or catalog.find(item)  # type: ignore[arg-type]  # it refuses what is no code
    is_success = found.section == SUCCESS
    code = None if is_success and found.code == "" else inner.spell(found.code)
    message = None if code is None else found.template.render(*found.template.sample)
    return write_envelope(inner, code, message, is_success=is_success)


def read_back(
    body: bytes,
    http_status: int,
    catalog: Catalog,
    shape: EnvelopeShape,
    code: Code | None,
    *,
    is_success: bool,
) -> Reading:
    """Return what a reply says to who reads it by its shape.

    Raises:
        ErrcodesUsageError: It says something else than was asked for (``reply-reads-otherwise``).
    """
    __tracebackhide__ = True
    from pytest_errcodes.envelope.reading import read_sent

    seen = read_sent(body, http_status, catalog, shape)
    name = "reply()" if code is None else f"reply({show_code(code)})"
    if isinstance(seen, Refusal):
        came = f"it would be no envelope: {seen.reason}"
    else:
        is_code = seen.code is code is None or are_same_code(seen.code, code)
        if is_code and shape.judge(seen.code, seen.succeeded) == is_success:
            return seen
        came = "it would be read as " + ("an error" if is_success else "a success")
        if not is_code:
            came = f"it would be read with {show_code(seen.code)}"
    raise ErrcodesUsageError(
        "reply-reads-otherwise",
        f"{name} under HTTP status {http_status} does not say what it is to: {came}",
        "look at success under [envelope], and at http_status",
    )
