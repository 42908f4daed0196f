"""Reading the codes of a section: each a message, several, or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.envelope_fields import ERROR_STATUSES, HTTP_STATUS
from pytest_errcodes.catalog.files.field_mistakes import field_name
from pytest_errcodes.catalog.files.field_reading import FieldReader
from pytest_errcodes.catalog.model import ErrorCode

if TYPE_CHECKING:
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.files.catalog_extension import Extension
    from pytest_errcodes.catalog.files.code_keys import CodeKeys
    from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes, Path
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
