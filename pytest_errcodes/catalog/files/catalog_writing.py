"""Writing a catalog as the TOML file that loads as the same catalog: one line a code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.documented_codes import group_by_section
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.catalog.files.field_mistakes import is_bare
from pytest_errcodes.catalog.files.shape_reading import FIELDS as SHAPE_FIELDS
from pytest_errcodes.catalog.given_catalogs import check_catalog
from pytest_errcodes.text.json_writing import write_toml_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import ErrorCode, Section


#: What only has a meaning beside ``success_field``.
_OF_SUCCESS_FIELD = ("success_value", "error_value")


def write_catalog(catalog: Catalog) -> str:
    """Return the text of a TOML file that ``load_catalog`` reads as an equal catalog.

    Sections and codes stand in their order, one line a code, so that a diff of the file reads as
    a diff of the API. Comments of a file that the catalog came from are not kept.
    """
    __tracebackhide__ = True
    check_catalog(catalog, "write_catalog(...)")
    blocks = [_top(catalog), *_shapes(catalog)]
    if catalog.lint_ignore:
        blocks.append("[lint]\n" + _lines({"ignore": catalog.lint_ignore}))
    for section, codes in group_by_section(catalog).items():
        blocks += _section(section, codes, catalog.http_status)
    return "\n".join(blocks)


def _top(catalog: Catalog) -> str:
    fields: dict[str, Any] = {"name": catalog.name}
    if catalog.title != catalog.name:
        fields["title"] = catalog.title
    if catalog.http_status != 200:
        fields["http_status"] = catalog.http_status
    return _lines(fields)


def _shapes(catalog: Catalog) -> Iterator[str]:
    """Yield the shapes; a further one says only what is not as in the first."""
    default = catalog.shape
    fields = name_fields(default)
    yield "[envelope]\n" + _lines(
        {name: value for name, value in fields.items() if _is_told(name, value)}
    )
    inherited = fields | {"items": "", "item_shape": ""}
    for shape in catalog.shapes[1:]:
        own = name_fields(shape)
        # Success codes are inherited as the shape's own code type writes them.
        told = {
            name: value
            for name, value in own.items()
            if value != inherited[name]
            or (name == "success" and shape.code_type != default.code_type)
            or (name == "data" and shape.success_rule not in ("codes", default.success_rule))
        }
        if not shape.success_field:  # without it, they say nothing, and are refused
            told = {name: value for name, value in told.items() if name not in _OF_SUCCESS_FIELD}
        told = {name: value for name, value in told.items() if value is not None}
        yield f"[envelope.{_key(shape.name)}]\n" + _lines(told)


def name_fields(shape: EnvelopeShape) -> dict[str, Any]:
    """Return what a shape says under the names that a file gives it."""
    fields = {name: getattr(shape, name) for name in SHAPE_FIELDS}
    if shape.other_messages:
        fields["message"] = shape.message_fields
    if shape.success_rule != "codes":
        fields["success"] = shape.success_rule
    return fields | {"fields": dict(shape.fields), "echo": dict(shape.echo)}


def _is_told(name: str, value: object) -> bool:
    """Whether a field of the first shape is written; the rarer ones only if they say something."""
    usual = name_fields(EnvelopeShape())[name]
    return value != usual or name in ("code", "message", "data", "code_type", "success")


def _section(section: Section, codes: list[ErrorCode], http_status: int) -> Iterator[str]:
    """Yield the two tables of a section: what it says itself, and its codes."""
    fields: dict[str, Any] = {"title": section.title}
    if section.label:
        fields["label"] = section.label
    if section.shape:
        fields["shape"] = section.shape
    classes = {code.exception for code in codes}
    exception = classes.pop() if len(classes) == 1 else ""
    if exception:
        fields["exception"] = exception
    statuses = Counter(code.http_status for code in codes)
    if len(statuses) == 1 and http_status not in statuses:
        (http_status,) = statuses
        fields["http_status"] = http_status
    path = f"sections.{_key(section.id)}"
    yield f"[{path}]\n{_lines(fields)}"
    lines = "".join(
        f"{_key(str(code.code))} = {_code(code, http_status, exception)}\n" for code in codes
    )
    yield f"[{path}.codes]\n{lines}"


def _code(code: ErrorCode, http_status: int, exception: str) -> str:
    """Return what stands behind the ``=`` of a code."""
    optional: dict[str, Any] = {
        "open_ended": code.open_ended,
        "tags": list(code.tags),
        "http_status": None if code.http_status == http_status else code.http_status,
        "description": code.description,
        "solution": code.solution,
        "exception": None if code.exception == exception else code.exception,
    }
    told = {name: value for name, value in optional.items() if value}
    several = len(code.messages) > 1
    if not told:
        return _value(code.messages if several else code.message)
    message = {"messages": code.messages} if several else {"message": code.message}
    fields = {**message, **told}
    return "{ " + ", ".join(f"{name} = {_value(value)}" for name, value in fields.items()) + " }"


def _lines(fields: dict[str, Any]) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in fields.items())


def _key(text: str) -> str:
    return text if is_bare(text) else write_toml_text(text)


def _value(value: Any) -> str:
    """Return a TOML value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return write_toml_text(value)
