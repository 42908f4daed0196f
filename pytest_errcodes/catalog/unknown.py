"""What to say of a code that a catalog does not document."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.true_kinds import make_plain_code
from pytest_errcodes.text.wording import show_argument, show_name

if TYPE_CHECKING:
    from pytest_errcodes.catalog.documented_codes import DocumentedCodes
    from pytest_errcodes.catalog.model import Code, ErrorCode

_NOUNS = {"integer": "integers", "string": "texts", "either": "integers or texts"}
_NEAREST = 2
#: What APIs answer where nothing is wrong.
_SUCCESSES = r"(?ia:0+|200+|ok|success)"
_FAR = 100  # farther than this from all codes, a number was more likely mistyped: 60009 for 601009


class UnknownCodeError(ErrcodesUsageError, KeyError):
    """A code that the catalog does not document (``unknown-code``).

    Attributes:
        code: What was asked for.
        catalog: Name of the catalog.
    """

    __module__ = "pytest_errcodes"  # where users import it from, and short in pytest's output

    code: object = None
    catalog: str = ""

    @classmethod
    def of(cls, catalog: DocumentedCodes, code: object) -> UnknownCodeError:
        """Return the error, with what the catalog documents near ``code``."""
        message, hint = _explain(catalog, code)
        error = cls("unknown-code", message, hint)
        error.code = code
        error.catalog = catalog.name
        return error

    def with_hint(self, hint: str) -> UnknownCodeError:
        """Return the same error with other advice."""
        error = type(self)(self.slug, self.message, hint)
        error.code, error.catalog = self.code, self.catalog
        return error


def _explain(catalog: DocumentedCodes, code: object) -> tuple[str, str]:
    """Return the message and the hint."""
    message = f"catalog {catalog.name!r} documents no code {show_argument(code)}"
    if not catalog.shape.allows(code):
        type_name = show_name(type(code))
        message += (
            f": its codes are {_NOUNS[catalog.shape.code_type]}, and this is of type {type_name}"
        )
        return message, _right_type(catalog, code)
    code = make_plain_code(code)  # one of a derived class may say anything
    if catalog.is_success(code):
        hint = "it is no error: a success is asserted with assert_success"
        return f"{message}: it means success", hint
    from pytest_errcodes.catalog.labels import section_for

    lines = [message, *nearest_lines(catalog, code)]
    if section := section_for(catalog, code):
        label = f"{section.title}, {section.label}"
        lines.append(f"  it would stand in section {section.id} ({label})")
    if hint := advise_on_success(catalog, code):
        return "\n".join(lines), hint
    noun = "number" if isinstance(code, int) else "code"
    hint = f"check the {noun} against the document, or add it to {_where_to_add(catalog)}"
    return "\n".join(lines), hint


def _where_to_add(catalog: DocumentedCodes) -> str:
    """Return the file of a catalog that is the user's own already."""
    return PurePath(catalog.source).name if _is_own(catalog) else "a catalog of your own"


def _is_own(catalog: DocumentedCodes) -> bool:
    return catalog.source not in ("", "embedded")


def advise_on_success(catalog: DocumentedCodes, code: object) -> str:
    """Return a hint for a code that looks like one of success, if the catalog can say so."""
    if not _is_own(catalog) or isinstance(code, bool) or not re.fullmatch(_SUCCESSES, str(code)):
        return ""
    codes = json.dumps([*catalog.shape.success, code], ensure_ascii=False)
    shown = json.dumps(code, ensure_ascii=False)
    return (
        f"if {shown} means success, {PurePath(catalog.source).name} must say so: "
        f"success = {codes} under [envelope]"
    )


def _right_type(catalog: DocumentedCodes, code: object) -> str:
    """Return the hint for a code of the wrong type: the code that was meant, if there is one."""
    meant: Code | None = None
    kind = type(code)  # its __class__ may say anything
    if issubclass(kind, str):
        meant = integer_of(str.__str__(code))
    elif issubclass(kind, float) and float.is_integer(code):  # type: ignore[arg-type]  # it is one
        meant = int(float.__float__(code))  # type: ignore[arg-type]  # as above
    elif issubclass(kind, int) and kind is not bool:
        meant = next((text for text in catalog if integer_of(str(text)) == code), None)
    found = None if meant is None else catalog.get(meant)
    if found is not None:
        return f"write {found.code!r}, which is documented: {found.message}"
    example = next(iter(catalog), None)
    if example is None:
        return ""
    if issubclass(type(code), list | tuple | set | frozenset):
        return f"write each code by itself, without the {type(code).__name__}"
    if issubclass(kind, type) and BaseException in type.mro(code):  # type: ignore[arg-type]  # it is one
        return f"write a code such as {example!r}; raises_code takes a type as exception="
    return f"write a code such as {example!r}"


def nearest_lines(catalog: DocumentedCodes, code: object) -> list[str]:
    """Return lines that show the documented codes nearest to ``code``; none if none is near."""
    lines: list[str] = []
    for found in nearest_codes(catalog, code):
        lead = "           " if lines else "  nearest: "
        lines.append(f"{lead}{found}")
    return lines


def _is_number(code: object) -> bool:
    """Return whether a text is a number that is short enough to count with."""
    return isinstance(code, str) and len(code) <= 40 and code.isascii() and code.isdigit()


def nearest_codes(catalog: DocumentedCodes, code: object) -> list[ErrorCode]:
    """Return the documented codes nearest to ``code``: by distance or by spelling."""
    from pytest_errcodes.text.nearest import nearest_words

    if isinstance(code, int):
        from heapq import nsmallest

        numbers = [number for number in catalog if isinstance(number, int)]
        near = nsmallest(_NEAREST, numbers, key=lambda number: abs(number - code))
        if near and abs(near[0] - code) > _FAR and abs(code) < 10**40:
            spelled = nearest_words(str(code), map(str, numbers), _NEAREST, alike=0.8)
            near = [int(number) for number in spelled] or near
        return [catalog[number] for number in sorted(near)]
    texts = [text for text in catalog if isinstance(text, str)]
    numerals = [text for text in texts if _is_number(text)]
    if numerals and _is_number(code):
        from heapq import nsmallest

        near_texts = nsmallest(_NEAREST, numerals, key=lambda text: abs(int(text) - int(str(code))))
        return [catalog[text] for text in sorted(near_texts, key=int)]
    return [catalog[text] for text in nearest_words(str(code), texts, _NEAREST)]
