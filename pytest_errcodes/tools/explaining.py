"""What a catalog says of a code, a message, an envelope, or a line of a log."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.catalog.field_paths import ABSENT, find_field
from pytest_errcodes.catalog.model import integer_of, other_spelling
from pytest_errcodes.catalog.outcome import judge_code
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.secrets import MASK, mask_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code, ErrorCode

_NEAREST = 3
_MESSAGE_FIELDS = ("message", "msg")  # where a shape's own field is not there
_TOKENS = re.compile(r"-?[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*")


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that a catalog says of one code, and of the message that came with it.

    Attributes:
        code: What is documented of the code.
        is_success: Whether it means success.
        came: The message that came, its secrets masked, or None where only a code was asked for.
        params: The parameters that stand in that message; none where it does not fit. One that is
            a secret reads ``<secret>``.
        fits: Whether the message fits the documented template; None where none came.
        before: The code that the document has before it, or None for the first.
        after: The code that it has after it, or None for the last.
        same_message: Other codes with the same message.
    """

    code: ErrorCode
    is_success: bool
    came: str | None
    params: tuple[str, ...]
    fits: bool | None
    before: ErrorCode | None
    after: ErrorCode | None
    same_message: tuple[ErrorCode, ...]

    @property
    def expecting(self) -> str:
        """Python that expects in a test what ``simulating`` sends."""
        if self.is_success:
            return "assert_success(...)"
        params = f", params={self._sent!r}" if self._sent else ""
        return f"@pytest.mark.expects_code({self.code.code!r}{params})"

    @property
    def simulating(self) -> str:
        """Python that lets a route answer with the code."""
        return f"errcodes.reply({', '.join(map(repr, (self.code.code, *self._sent)))})"

    @property
    def _sent(self) -> tuple[str, ...]:
        return self.params or self.code.template.sample

    def as_dict(self) -> dict[str, object]:
        """Return the facts as JSON values.

        Keys: those of ``ErrorCode.as_dict``; ``section_title`` and ``section_label``; ``success``;
        ``came``, ``params`` and ``fits`` where a message came; ``before``, ``after`` and
        ``same_message`` (codes); ``expect`` and ``simulate`` (Python).
        """
        section = self.code.section
        facts = {
            **self.code.as_dict(),
            "section_title": section.title,
            "section_label": section.label,
            "success": self.is_success,
        }
        if self.came is not None:
            facts |= {"came": self.came, "params": list(self.params), "fits": self.fits}
        return facts | {
            "before": self.before.code if self.before else None,
            "after": self.after.code if self.after else None,
            "same_message": [code.code for code in self.same_message],
            "expect": self.expecting,
            "simulate": self.simulating,
        }


def explain(catalog: Catalog, text: str) -> tuple[Explanation, ...]:
    """Return what a catalog says of a text.

    Args:
        catalog: The catalog.
        text: A code; a message; an envelope as JSON, or several in a list, with or without the
            HTTP headers before it; or any line that names documented codes.

    Returns:
        One explanation for each code that is meant: messages are not unique.

    Raises:
        UnknownCodeError: It is a code, or an envelope with one, that the catalog lacks.
        ErrcodesUsageError: It names no code, and no message fits it (``unknown-message``).
    """
    text = text.strip()
    envelopes = _envelopes(catalog, text)
    if envelopes:
        return tuple(_explain_code(catalog, *came) for came in envelopes)
    if (code := _as_code(catalog, text)) is not None:
        return (_explain_code(catalog, code, None),)
    found = catalog.match_message(text) if text else ()
    if found:
        return tuple(_explain_code(catalog, code.code, text) for code, _ in found)
    named = dict.fromkeys(_find_named(catalog, text))
    if named:
        return tuple(_explain_code(catalog, code, None) for code in named)
    raise _unknown_message(catalog, text)


class Came(NamedTuple):
    """What an envelope says.

    Attributes:
        code: Its code, as the catalog writes it.
        message: Its message; None for none.
        is_success: Whether it is a success, as its shape tells.
    """

    code: Code
    message: str | None
    is_success: bool | None = None


def _explain_code(
    catalog: Catalog,
    code: Code,
    came: str | None,
    is_success: bool | None = None,  # noqa: FBT001  # a fact, no switch
) -> Explanation:
    success = _find_success(catalog, code) if is_success else None
    error_code = success or catalog.find(code)
    params = error_code.template.match(came) if came is not None else None
    if params:
        # A parameter alone does not show that it is a secret: the words around it do.
        params = error_code.template.match(mask_text(came or "")) or (MASK,) * len(params)
    codes = list(catalog.values())
    at = next((at for at, other in enumerate(codes) if other.code == error_code.code), None)
    same = tuple(
        other
        for other in codes
        if other.message == error_code.message and other.code != error_code.code
    )
    return Explanation(
        error_code,
        catalog.is_success(error_code.code) if is_success is None else is_success,
        None if came is None else mask_text(came),
        params or (),
        None if came is None else params is not None,
        codes[at - 1] if at else None,
        codes[at + 1] if at is not None and at + 1 < len(codes) else None,
        same,
    )


def _find_success(catalog: Catalog, code: Code) -> ErrorCode | None:
    """Return the success of whatever shape that a code means."""
    spellings = (code, other_spelling(code))
    found = (shape.success_code(one) for shape in catalog.shapes for one in spellings)
    return next((one for one in found if one), None)


def _as_code(catalog: Catalog, text: str) -> Code | None:
    """Return the code that a text is, of the catalog's type; None where it is something else."""
    number = integer_of(text)
    code_type = catalog.shape.code_type
    if number is not None and code_type != "string":
        return number
    if text in catalog or catalog.is_success(text):
        return text
    is_word = code_type != "integer" and _TOKENS.fullmatch(text) is not None
    return text if is_word or (number is not None and code_type == "string") else None


def _envelopes(catalog: Catalog, text: str) -> list[Came]:
    """Return what is said by each envelope in a text; none where it holds no JSON."""
    start = min((at for at in map(text.find, "{[") if at >= 0), default=-1)
    if start < 0:
        return []
    try:
        value = json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return []
    found = []
    for one in value if isinstance(value, list) else [value]:
        found += _read_envelope(catalog, one)
    return found


def _read_envelope(catalog: Catalog, value: Any) -> list[Came]:
    """Return what an envelope says, and each item of a batch in it; nothing for none."""
    for shape in _shapes(catalog, value):
        raw = find_field(value, shape.code)
        code = _known_spelling(catalog, raw)
        is_error = code in catalog
        is_success = judge_code(value, shape, raw, None, is_error=is_error)
        found = [Came(code, _message(value, shape), is_success)]
        items = find_field(value, shape.items) if shape.items else None
        for item in items if isinstance(items, list) else ():
            found += [one for one in _read_envelope(catalog, item) if one.code in catalog]
        return found
    return []


def _shapes(catalog: Catalog, value: Any) -> Iterator[EnvelopeShape]:
    """Yield the shapes that a value can be of, those whose message is there first."""
    if isinstance(value, dict):
        fitting = [shape for shape in catalog.shapes if _is_code(find_field(value, shape.code))]
        yield from sorted(fitting, key=lambda shape: not _has_message(value, shape))


def _has_message(value: dict[str, Any], shape: EnvelopeShape) -> bool:
    return any(find_field(value, path) is not ABSENT for path in shape.message_fields)


def _is_code(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool) and value != ""


def _message(value: dict[str, Any], shape: EnvelopeShape) -> str | None:
    found = (find_field(value, name) for name in (*shape.message_fields, *_MESSAGE_FIELDS))
    return next((message for message in found if isinstance(message, str)), None)


def _known_spelling(catalog: Catalog, code: Code) -> Code:
    """Return a code as the catalog writes it: a shape may allow "60009" for 60009."""
    if code in catalog or catalog.is_success(code):
        return code
    other = other_spelling(code)
    return other if other in catalog or catalog.is_success(other) else code


def _find_named(catalog: Catalog, text: str) -> Iterator[Code]:
    """Yield the documented codes that a text names, in the order of the text."""
    for word in _TOKENS.findall(text):
        code = _known_spelling(catalog, word)
        if code in catalog:
            yield code


def _unknown_message(catalog: Catalog, text: str) -> ErrcodesUsageError:
    """Say that no message fits a text, and which come nearest."""
    from difflib import SequenceMatcher
    from heapq import nlargest

    from pytest_errcodes.text.wording import show_argument

    if not text:
        return ErrcodesUsageError(
            "unknown-message",
            "there is nothing to explain",
            "give a code, a message or an envelope",
        )
    words = set(_words(text))
    shared = [(len(words & set(_words(code.message))), code) for code in catalog.values()]
    close = [pair for pair in shared if pair[0] * 2 > len(words) or pair[0] > 2]
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(text[:200])

    def likeness(pair: tuple[int, ErrorCode]) -> tuple[int, float]:
        matcher.set_seq1(pair[1].message[:200])
        return pair[0], matcher.ratio()

    nearest = nlargest(_NEAREST, close, key=likeness)
    lines = [f"no message of catalog {catalog.name!r} fits {show_argument(mask_text(text))}"]
    for at, (_, code) in enumerate(nearest):
        lines.append(f"{'           ' if at else '  nearest: '}{code}")
    hint = "give a code, the whole message, or an envelope as JSON"
    return ErrcodesUsageError("unknown-message", "\n".join(lines), hint)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _TOKENS.findall(text)]
