"""The codes of a catalog file as its keys write them, and what is wrong with those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes, Path, field_name
from pytest_errcodes.catalog.model import integer_of, other_spelling

if TYPE_CHECKING:
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code


class CodeKeys:
    """Reads the keys under which the codes of one file stand.

    Args:
        document: What the file holds.
        shapes: Its envelope shapes, the default one first.
        mistakes: Where what is wrong is noted.
    """

    def __init__(
        self,
        document: dict[str, object],
        shapes: tuple[EnvelopeShape, ...],
        mistakes: FieldMistakes,
    ) -> None:
        self._document = document
        self._shape = shapes[0]
        self._mistakes = mistakes
        #: What is wrong with codes that are texts, where nothing says that codes may be.
        self._text_codes = FieldMistakes()
        self._owners: dict[Code, Path] = {}
        self._success: dict[Code, Path] = {}
        for shape in shapes[::-1]:
            named = () if shape is shapes[0] else (shape.name,)
            path = ("envelope", *named, "success")
            for code in shape.success:
                self._success |= {code: path, other_spelling(code): path}

    def read(self, path: Path, key: str) -> Code | None:
        """Return the code that ``key`` writes; None, and a mistake, where it writes none."""
        number = integer_of(key) if self._shape.code_type != "string" else None
        code: Code = key if number is None else number
        if (number is None and not self._is_text_code(path, key)) or self._is_taken(path, code):
            return None
        self._owners[code] = path
        return code

    def _is_text_code(self, path: Path, key: str) -> bool:
        """Whether ``key`` may stand as a text; if not, say what it should have been."""
        if self._shape.code_type != "integer":
            if not key.strip():
                self._mistakes.add(path, "the code is empty", "write the code of the document")
            return bool(key.strip())
        digits, is_given = key.removeprefix("-"), self._gives_code_type()
        as_text = 'set code_type = "string" under [envelope]'
        mistakes = self._mistakes if is_given else self._text_codes
        if not (digits.isascii() and digits.isdigit()):
            why = "code_type says it is" if is_given else "codes are without code_type"
            hint = f"write a plain integer, or {as_text}"
            mistakes.add(path, f"the code is no integer, as {why}", hint)
        elif len(digits) > 40:
            hint = f"write the code of the document, or {as_text}"
            self._mistakes.add(path, "the code has more than 40 digits", hint)
        else:
            plain = digits.lstrip("0") or "0"
            sign = "-" if key.startswith("-") and plain != "0" else ""
            message = "the code is no plain integer, since it begins with a zero"
            if key == "-0":
                message = "the code is no plain integer, since zero has no sign"
            mistakes.add(path, message, f"write {sign}{plain}, or {as_text}")
        return not is_given  # if texts turn out to be allowed, it is read like any other

    def _gives_code_type(self) -> bool:
        """Whether the file, or the one that it extends, says of what type its codes are."""
        envelope = self._document.get("envelope")
        is_own = isinstance(envelope, dict) and "code_type" in envelope
        return is_own or "extends" in self._document

    def tell_text_codes(self) -> None:
        """Note what is wrong with codes that are texts: once, where most of them are."""
        found = self._text_codes
        integers = sum(isinstance(code, int) for code in self._owners)
        if len(found) < 2 or len(found) < integers:
            self._mistakes += found
            return
        hint = 'write code_type = "string" under [envelope]'
        if integers:
            hint += ', or "either" if the API sends numbers too'
        count = f"{len(found):,} of {len(found) + integers:,} codes are no integers, this one first"
        message = f"{count}, and without code_type each must be one"
        self._mistakes.add(found[0].path, message, hint)

    def _is_taken(self, path: Path, code: Code) -> bool:
        """Whether ``code`` is documented already, or means success; if so, note it."""
        if (first := self._owners.get(code)) is not None:
            self._mistakes.add(path, "documented twice", "keep one of the two", first=first)
            return True
        if (success := self._success.get(code)) is not None:
            hint = f"remove it here, or from {field_name(success)}"
            self._mistakes.add(path, "is also a success code", hint)
            return True
        return False
