"""What is known of an API at first: by sample answers, by an import, and by what its user says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.starting.sample_answers import guess_shapes, join_samples, read_samples
from pytest_errcodes.tools.starting.starter_catalog import as_code, choose_style, make_catalog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_errcodes.catalog.model import Code, CodeType
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle
    from pytest_errcodes.tools.importing import Imported
    from pytest_errcodes.tools.starting.sample_answers import SampleAnswer

_RULES = ("absent", "http_status")
_USUAL_STATUS = 200
_NO_SAMPLE = "nobody told; --from answer.json does"
_NOBODY = "nobody told; --success says otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterOptions:
    """What a user says of an API; None, or nothing, to find out or to take the usual.

    Attributes:
        samples: Files with answers; ``-`` for standard input.
        source: A page, a file or a folder of source to import codes from.
        examples: Codes with their messages: ``1001=Unknown symbol``.
        name: The catalog's name.
        catalog_file: The file to write it to.
        test_file: The file to write the test to.
        fields: The paths of ``code``, ``message`` and ``data``.
        code_type: What a code is on the wire.
        success: Codes with commas between, ``absent``, ``http_status``, or ``ok=true``.
        placeholders: How messages write their placeholders.
        http_status: The HTTP status of an error.
        base_url: The address of the API.
    """

    samples: tuple[str, ...] = ()
    source: str | None = None
    examples: tuple[str, ...] = ()
    name: str | None = None
    catalog_file: str | None = None
    test_file: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    code_type: CodeType | None = None
    success: str | None = None
    placeholders: PlaceholderStyle | None = None
    http_status: int | None = None
    base_url: str | None = None

    @property
    def is_of_catalog(self) -> bool:
        """Whether the codes come from the file of a catalog, as a harvest drafts one."""
        return self.source is not None and self.source.lower().endswith(".toml")


class Beginning(NamedTuple):
    """What is known of an API at first.

    Attributes:
        catalog: The catalog.
        examples: The codes that samples or the user named, with their messages; empty where none
            is known.
        http_status: The HTTP status of an error; 0 where nobody told.
        doubts: What is a guess, by the field of ``[envelope]``.
        samples: The sample answers.
        imported: What came of the import; None for none.
    """

    catalog: Catalog
    examples: dict[Code, str]
    http_status: int
    doubts: dict[str, str]
    samples: Sequence[SampleAnswer]
    imported: Imported | None


def find_beginning(options: StarterOptions, name: str) -> Beginning:
    """Return what is known of an API.

    Args:
        options: What the user says.
        name: The catalog's name.

    Raises:
        ErrcodesUsageError: A sample, an example or the import cannot be used.
    """
    code_path = options.fields.get("code", "")
    samples = read_samples(options.samples, code_path)
    shape, doubts = EnvelopeShape(), dict[str, str]()
    rest: list[EnvelopeShape] = []
    examples: dict[Code, str] = {}
    shape_names: dict[Code, str] = {}
    status = options.http_status or 0
    if samples:
        guessed = guess_shapes(samples, code_path)
        shape, *rest = guessed.shapes
        examples, doubts = dict(guessed.examples), dict(guessed.doubts)
        shape_names = guessed.shape_names
        status = status or guessed.http_status
    named = dict(_split_example(text) for text in options.examples)
    if not samples and named and options.code_type is None:
        is_number = all(integer_of(code) is not None for code in named)
        shape = shape.replaced(code_type="integer" if is_number else "string")
    is_told = bool(samples or options.source or not named)
    words = not is_told and all(integer_of(code) is None for code in named)
    shape = _apply(options, shape, doubts, words=words)
    examples |= {as_code(code, shape): message for code, message in named.items()}
    if options.placeholders is None:
        shape = choose_style(shape, examples)
    shapes = (shape, *(one.replaced(placeholders=shape.placeholders) for one in rest))
    catalog = make_catalog(name, shapes, examples, status or _USUAL_STATUS, shape_names)
    imported = None
    if options.source is not None:
        imported = _import(options.source, options, name, catalog if samples else None)
        catalog = _reshape(options, join_samples(imported.catalog, examples, shape_names), doubts)
    if not samples and options.is_of_catalog:
        doubts.clear()  # its file tells the envelope
    elif not samples:
        doubts |= dict.fromkeys({"code", "message", "data"} - set(options.fields), _NO_SAMPLE)
    return Beginning(catalog, examples, status, doubts, samples, imported)


def _split_example(text: str) -> tuple[str, str]:
    code, _, message = text.partition("=")
    if not code.strip() or not message.strip():
        raise ErrcodesUsageError(
            "option-value",
            f"--example={text} is no code with its message",
            "write --example '1001=Unknown symbol'",
        )
    return code.strip(), message.strip()


def _apply(
    options: StarterOptions,
    shape: EnvelopeShape,
    doubts: dict[str, str],
    *,
    words: bool,
) -> EnvelopeShape:
    """Return a shape with what the user says of it; where nobody tells a success, it is guessed.

    Args:
        options: What the user says.
        shape: What is known.
        doubts: What is a guess, by the field; what the user says is taken out.
        words: Whether all codes are words: a success then seldom has one.
    """
    said: dict[str, Any] = dict(options.fields)
    if options.code_type is not None:
        said["code_type"] = options.code_type
    if options.placeholders is not None:
        said["placeholders"] = options.placeholders
    shape = shape.replaced(**said)
    if options.success is not None:
        shape = _with_success(shape, options.success)
        said["success"] = options.success
    for name in said:
        doubts.pop(name, None)
    if not shape.success and shape.is_plain and words:
        doubts["success"] = _NOBODY
        return _with_success(shape, "absent")
    if not shape.success and shape.is_plain:
        shape = shape.replaced(success=("0",) if shape.code_type == "string" else (0,))
        doubts["success"] = _NOBODY
    return shape


def _with_success(shape: EnvelopeShape, text: str) -> EnvelopeShape:
    """Return a shape with a rule of success: codes, a word, or ``ok=true``."""
    plain = shape.replaced(success=(), success_rule="codes", success_field="", success_value=True)
    if text in _RULES:
        data = "*" if shape.data == EnvelopeShape().data else shape.data
        return plain.replaced(success_rule=text, data=data)
    field, equals, value = text.partition("=")
    if equals:
        return plain.replaced(success_field=field.strip(), success_value=_read_value(value.strip()))
    codes = tuple(as_code(one.strip(), shape) for one in text.split(",") if one.strip())
    return plain.replaced(success=codes)


def _read_value(text: str) -> bool | int | float | str:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, bool | int | float | str) else text


def _import(source: str, options: StarterOptions, name: str, base: Catalog | None) -> Imported:
    from pytest_errcodes.tools.importing import ImportOptions, import_catalog

    return import_catalog(
        source,
        ImportOptions(
            name=options.name, fallback_name=name, code_type=options.code_type, base=base
        ),
    )


def _reshape(options: StarterOptions, catalog: Catalog, doubts: dict[str, str]) -> Catalog:
    """Return an imported catalog with what the user says of its envelope."""
    words = not any(integer_of(str(code)) is not None for code in catalog)
    return Catalog(
        catalog.name,
        list(catalog.values()),
        sections=catalog.sections,
        shapes=(_apply(options, catalog.shape, doubts, words=words), *catalog.shapes[1:]),
        title=catalog.title,
        http_status=options.http_status or catalog.http_status,
    )
