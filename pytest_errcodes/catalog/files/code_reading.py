"""Reading the codes of a section: their keys, and each a message, several, or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.envelope_fields import ERROR_STATUSES, HTTP_STATUS
from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes, Path, field_name
from pytest_errcodes.catalog.files.field_reading import FieldReader
from pytest_errcodes.catalog.model import ErrorCode, integer_of, other_spelling

if TYPE_CHECKING:
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.files.catalog_extension import Extension
    from pytest_errcodes.catalog.model import Code, Section

CODE_FIELDS = (
    "message",
    "messages",
    "open_ended",
    "tags",
    "http_status",
    "description",
    "solution",
    "exception",
)


class CodeReader(FieldReader):
    """Reads the codes of one file.

    Args:
        mistakes: Where what is wrong is noted.
        keys: What reads their keys.
        shapes: The shapes of the catalog, the default one first.
        extension: The catalog that the file extends; None for none, or for one that is not known.
        is_extension: Whether the file extends any.

    Attributes:
        codes: What was read.
    """

    def __init__(
        self,
        mistakes: FieldMistakes,
        keys: CodeKeys,
        shapes: tuple[EnvelopeShape, ...],
        extension: Extension | None,
        *,
        is_extension: bool,
    ) -> None:
        super().__init__(mistakes)
        self.codes: list[ErrorCode] = []
        self.keys = keys
        self.shapes = shapes
        self.extension = extension
        self.is_extension = is_extension

    def read(self, path: Path, codes: dict[str, object], usual: ErrorCode) -> None:
        """Read the codes of one section; this loop runs 100,000 times in a large catalog.

        Args:
            path: Keys that lead to them.
            codes: What stands there.
            usual: A code that says nothing but what its section does.
        """
        style, extension = self.shapes[0].placeholders, self.extension
        section, exception = usual.section, usual.exception
        http_status, default = usual.http_status, usual
        is_status = self.shapes[0].code == HTTP_STATUS
        for key, value in codes.items():
            code = self.keys.read((*path, key), key)
            if code is None:
                continue
            if is_status:
                http_status = int(code) if code in ERROR_STATUSES else usual.http_status
                default = usual.replaced(http_status=http_status)
            old = extension.old(code) if extension else None
            if old is None and isinstance(value, str):
                if not value or value.isspace():
                    self.empty_message((*path, key))
                made = ErrorCode(
                    code,
                    value,
                    section,
                    style=style,
                    http_status=http_status,
                    exception=exception,
                    shapes=self.shapes,
                )
                self.codes.append(made)
            else:
                if old is not None and exception:
                    old = old.replaced(exception=exception)
                table = {"message": value} if isinstance(value, str) else value
                self.read_code_table((*path, key), code, table, section, old or default)

    def empty_message(self, path: Path) -> None:
        """Note a message without a word."""
        self.mistakes.add(path, "the message is empty", "write the message of the document")

    def read_code_table(
        self, path: Path, code: Code, value: object, section: Section, default: ErrorCode
    ) -> None:
        """Read a code that has more than a message; what it leaves out is as in ``default``."""
        given = self.alternatives(path, value) if isinstance(value, list) else None
        value = value if given is None else {}
        if not isinstance(value, dict):
            wanted = "a text, a list of texts or a table with a message"
            self.mistakes.wrong_type(path, value, wanted, f'{field_name(path[-1:])} = "..."')
            return
        self.mistakes.unknown_fields(path, value, CODE_FIELDS)
        message, *alternatives = given or self.messages(path, value, default)
        open_ended = value.get("open_ended", default.open_ended)
        if not isinstance(open_ended, bool):
            example = "open_ended = true"
            self.mistakes.wrong_type((*path, "open_ended"), open_ended, "true or false", example)
        made = ErrorCode(
            code,
            message,
            section,
            alternatives=tuple(alternatives),
            style=self.shapes[0].placeholders,
            shapes=self.shapes,
            open_ended=open_ended is True,
            http_status=self.http_status(path, value, default.http_status),
            tags=self.tags((*path, "tags"), value.get("tags", [*default.tags])),
            description=self.text(path, value, "description", default.description),
            solution=self.text(path, value, "solution", default.solution),
            exception=self.exception(path, value, default.exception),
        )
        self.codes.append(made)

    def messages(self, path: Path, value: dict[str, object], default: ErrorCode) -> list[str]:
        """Return the messages of a code, one or more; an empty one where there is a mistake."""
        if "messages" in value:
            if "message" in value:
                hint = "write all of them as messages"
                self.mistakes.add((*path, "messages"), "stands beside message", hint)
            return self.alternatives((*path, "messages"), value["messages"])
        message = value.get("message", default.message or None)
        if message is None and self.extension is None and self.is_extension:
            return [""]  # the base may have one, which is not known here
        if message is None:
            hint = 'write { message = "..." }'
            self.mistakes.add(path, "the code has no message", hint, absence=True)
        elif not isinstance(message, str):
            self.mistakes.wrong_type((*path, "message"), message, "a text", 'message = "..."')
        elif not message.strip():
            self.empty_message((*path, "message"))
        elif "message" not in value:
            return [*default.messages]
        else:
            return [message]
        return [""]

    def alternatives(self, path: Path, value: object) -> list[str]:
        """Return several messages of one code."""
        example = f'{field_name(path[-1:])} = ["...", "..."]'
        if not isinstance(value, list):
            self.mistakes.wrong_type(path, value, "a list of texts", example)
            return [""]
        messages = [message for message in value if isinstance(message, str)]
        for message in value:
            if not isinstance(message, str):
                self.mistakes.wrong_type(path, message, "a text in each place", example)
            elif not message.strip():
                self.empty_message(path)
        if not value:
            self.mistakes.add(path, "holds no message", f"write {example}")
        elif len(set(messages)) < len(messages):
            self.mistakes.add(path, "holds one message twice", "leave one of them out")
        return messages or [""]

    def tags(self, path: Path, value: object) -> tuple[str, ...]:
        """Return the tags of a code, each of which a selector can name."""
        if not isinstance(value, list):
            self.mistakes.wrong_type(path, value, "a list of texts", 'tags = ["retryable"]')
            return ()
        tags = []
        for tag in value:
            if not isinstance(tag, str):
                self.mistakes.wrong_type(path, tag, "a text in each place", 'tags = ["retryable"]')
            elif not tag.strip() or tag == "*" or tag.startswith("!"):
                from pytest_errcodes.text.wording import quote

                message = f"holds {quote(tag)}, which a selector could not name"
                self.mistakes.add(path, message, "write a word such as retryable")
            else:
                tags.append(tag)
        return tuple(tags)


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
