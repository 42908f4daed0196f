"""Turning the content of a catalog file into a catalog, or into all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.files.code_keys import CodeKeys
from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes, Path, field_name
from pytest_errcodes.catalog.files.shape_reading import read_shapes
from pytest_errcodes.catalog.files.shape_settings import SETTINGS
from pytest_errcodes.catalog.model import ErrorCode, Section, integer_of, is_class_name

if TYPE_CHECKING:
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.files.catalog_extension import Extension
    from pytest_errcodes.catalog.model import Code

FIELDS = ("name", "title", "extends", "remove", "http_status", "lint", "envelope", "sections")
LINT_FIELDS = ("ignore",)
SECTION_FIELDS = ("title", "label", "http_status", "exception", "shape", "codes")
CODE_FIELDS = (
    "message",
    "open_ended",
    "tags",
    "http_status",
    "description",
    "solution",
    "exception",
)
EXAMPLE = '401009 = "clientOrderId already exists"'


def build(
    document: dict[str, object], source: str, name: str, base: Catalog | None = None
) -> tuple[Catalog, FieldMistakes]:
    """Return the catalog of a parsed file, and its mistakes; it is of use only without any.

    Args:
        document: What the file holds.
        source: The path of the file, or ``embedded``.
        name: The catalog's name where the file gives none.
        base: The catalog that the file extends, if any.
    """
    return _Builder(document, base).build(source, name)


class _Builder:
    """One pass over one file."""

    def __init__(self, document: dict[str, object], base: Catalog | None) -> None:
        self.document = document
        self.extension: Extension | None = None
        if base is not None:
            from pytest_errcodes.catalog.files.catalog_extension import Extension

            self.extension = Extension(base)
        self.mistakes = FieldMistakes()
        self.codes: list[ErrorCode] = []
        self.sections: list[Section] = []
        self.shape: EnvelopeShape
        self.shape_names: list[str] = []
        self.keys: CodeKeys

    def build(self, source: str, name: str) -> tuple[Catalog, FieldMistakes]:
        """Read the fields from the top of the file down."""
        document = self.document
        self.mistakes.unknown_fields((), document, FIELDS)
        base = self.extension.base if self.extension else None
        name = self.text((), document, "name", name)
        title = self.text((), document, "title", base.title if base else name)
        http_status = self.http_status((), document, base.http_status if base else 200)
        lint_ignore = self.lint_ignore(document.get("lint", {}))
        inherited = (base.shapes,) if base else ()
        shapes = read_shapes(document.get("envelope", {}), self.mistakes, *inherited)
        self.shape = shapes[0]
        self.shape_names = [shape.name for shape in shapes]
        self.keys = CodeKeys(document, shapes, self.mistakes)
        self.read_removed()
        self.read_sections(document.get("sections", {}), http_status)
        self.keys.tell_text_codes()
        if not self.mistakes:
            self.check_shapes(shapes)
        codes, sections = self.codes, self.sections
        if self.extension and not self.mistakes:
            codes, sections = self.extension.merge(codes, sections, self.shape)
        catalog = Catalog(
            name,
            codes,
            sections=sections,
            shapes=shapes,
            title=title,
            source=source,
            http_status=http_status,
            lint_ignore=lint_ignore,
        )
        return catalog, self.mistakes

    def check_shapes(self, shapes: tuple[EnvelopeShape, ...]) -> None:
        """Note what is wrong with the shapes as a whole, if they say more than names and codes."""
        first, table = shapes[0], self.document.get("envelope", {})
        told = table if isinstance(table, dict) else {}
        is_flat = not any("." in path for path in (first.code, first.message, first.data))
        if is_flat and len(shapes) == 1 and first.is_plain and told.keys().isdisjoint(SETTINGS):
            return
        from pytest_errcodes.catalog.files.shape_checks import check_shapes

        check_shapes(shapes, told, self.mistakes)
        errors = [code for code in self.codes if code.http_status in range(200, 300)]
        if self.shape.success_rule == "http_status" and errors:
            message = f'is "http_status", and {errors[0].code} comes with {errors[0].http_status}'
            hint = "write http_status = 400 at the top, or what the API answers its errors with"
            self.mistakes.add(("envelope", "success"), f"{message}, a success", hint)

    def read_removed(self) -> None:
        """Read what is taken away from an extended catalog, and whether the rest fits in here."""
        if self.extension is not None:
            self.extension.remove(self.document.get("remove", []), self.mistakes)
            self.extension.check_shape(self.shape, self.mistakes)
        elif "remove" in self.document and "extends" not in self.document:
            message = "there is nothing to remove from, since the catalog extends none"
            self.mistakes.add(("remove",), message, 'write extends = "ltp", or leave it out')

    def text(self, path: Path, table: dict[str, object], key: str, default: str) -> str:
        """Return a text that must not be blank, or ``default`` where there is none."""
        value = table.get(key, default)
        if not isinstance(value, str):
            self.mistakes.wrong_type((*path, key), value, "a text", f'{key} = "..."')
            return default
        if key in table and not value.strip():
            self.mistakes.add((*path, key), "is empty", "write a text, or leave the field out")
        return value

    def http_status(self, path: Path, table: dict[str, object], default: int) -> int:
        """Return an HTTP status, or ``default`` where there is none."""
        value = table.get("http_status", default)
        where = (*path, "http_status")
        if not isinstance(value, int) or isinstance(value, bool):
            self.mistakes.wrong_type(where, value, "an integer", "http_status = 200")
            return default
        if not 100 <= value <= 599:
            shown = value if abs(value) < 10**12 else "a huge number"
            message = f"is {shown}, and must lie within 100 and 599"
            self.mistakes.add(where, message, "write the HTTP status of the answer, such as 400")
            return default
        return value

    def exception(self, path: Path, table: dict[str, object], default: str) -> str:
        """Return the name of an exception's class, or ``default`` where there is none."""
        name = self.text(path, table, "exception", default)
        if name.strip() and not is_class_name(name):
            from pytest_errcodes.text.wording import quote

            message = f"is {quote(name)}, which no class is called"
            hint = 'write a name such as "OrderError", or "client.OrderError" with its module'
            self.mistakes.add((*path, "exception"), message, hint)
        return name

    def lint_ignore(self, table: object) -> tuple[str, ...]:
        """Return what ``lint`` is not to tell; it knows best which rules there are."""
        path = ("lint", "ignore")
        if not isinstance(table, dict):
            self.mistakes.wrong_type(path[:1], table, "a table", "[lint] on a line of its own")
            return ()
        self.mistakes.unknown_fields(path[:1], table, LINT_FIELDS)
        entries, example = table.get("ignore", []), 'ignore = ["gap"]'
        if not isinstance(entries, list):
            self.mistakes.wrong_type(path, entries, "a list of texts", example)
            return ()
        for entry in entries:
            if not isinstance(entry, str):
                self.mistakes.wrong_type(path, entry, "a text in each place", example)
            elif not entry.strip():
                self.mistakes.add(path, "holds an empty text", f"write {example}")
        return tuple(entry for entry in entries if isinstance(entry, str))

    def read_sections(self, sections: object, http_status: int) -> None:
        """Read every section; a catalog without a code is refused."""
        path = ("sections",)
        if not isinstance(sections, dict):
            example = "[sections.trading] on a line of its own"
            self.mistakes.wrong_type(path, sections, "a table", example)
            return
        for id_, table in sections.items():
            if isinstance(table, dict):
                self.read_section((*path, id_), table, http_status)
            else:
                example = f"[{field_name((*path, id_))}] on a line of its own"
                self.mistakes.wrong_type((*path, id_), table, "a table", example)
        if not sections and "extends" not in self.document:
            hint = f"write [sections.trading.codes] and under it {EXAMPLE}"
            self.mistakes.add(path, "the catalog holds no codes", hint, absence=True)

    def read_section(self, path: Path, table: dict[str, object], http_status: int) -> None:
        """Read one section with its codes."""
        id_ = path[-1]
        self.check_id(path)
        http_status = self.http_status(path, table, http_status)
        exception = self.exception(path, table, "")
        old = self.extension.section(id_) if self.extension else None
        if self.extension and exception:
            self.extension.exceptions[id_] = exception
        title = self.text(path, table, "title", old.title if old else id_)
        label = table.get("label", old.label if old else "")
        if not isinstance(label, str):
            self.mistakes.wrong_type((*path, "label"), label, "a text", 'label = "4010xx"')
            label = ""
        shape = self.shape_name((*path, "shape"), table.get("shape", old.shape if old else ""))
        section = Section(id_, title, label, shape)
        self.sections.append(section)
        strays = self.stray_codes(path, table)
        codes = table.get("codes", {})
        if not isinstance(codes, dict):
            example = f"[{field_name((*path, 'codes'))}] on a line of its own"
            self.mistakes.wrong_type((*path, "codes"), codes, "a table", example)
        elif codes:
            usual = ErrorCode(0, "", section, http_status=http_status, exception=exception)
            self.read_codes((*path, "codes"), codes, usual)
        elif not strays and old is None:
            header = f"[{field_name((*path, 'codes'))}]"
            hint = f"write {header} and under it {EXAMPLE}, or drop the section"
            self.mistakes.add(path, "the section holds no codes", hint, absence=True)

    def shape_name(self, path: Path, name: object) -> str:
        """Return the name of the shape that a section chooses; empty for the default one."""
        if not isinstance(name, str):
            self.mistakes.wrong_type(path, name, "a text", 'shape = "websocket"')
            return ""
        if name and name not in self.shape_names:
            from pytest_errcodes.catalog.files.shape_checks import tell_unknown_shape

            self.mistakes.add(path, *tell_unknown_shape(name, self.shape_names))
        return "" if name == self.shape_names[0] else name

    def check_id(self, path: Path) -> None:
        """Refuse a section id that no selector could name."""
        id_ = path[-1]
        if not id_.strip() or id_ == "*" or id_.startswith("!"):
            message = "is no section id, since a selector could not name it"
            self.mistakes.add(path, message, "write a word such as trading")

    def stray_codes(self, path: Path, table: dict[str, object]) -> bool:
        """Note the unknown fields of a section; whether there are any, which may be its codes."""
        strays = [key for key in table if key not in SECTION_FIELDS]
        for key in strays:
            if integer_of(key) is None:
                self.mistakes.unknown_field((*path, key), SECTION_FIELDS)
            else:
                message = "unknown field, which looks like a code"
                hint = f"codes stand under [{field_name((*path, 'codes'))}]"
                self.mistakes.add((*path, key), message, hint)
        return bool(strays)

    def read_codes(self, path: Path, codes: dict[str, object], usual: ErrorCode) -> None:
        """Read the codes of one section; this loop runs 100,000 times in a large catalog.

        Args:
            path: Keys that lead to them.
            codes: What stands there.
            usual: A code that says nothing but what its section does.
        """
        style, extension = self.shape.placeholders, self.extension
        section, http_status, exception = usual.section, usual.http_status, usual.exception
        for key, value in codes.items():
            code = self.keys.read((*path, key), key)
            if code is None:
                continue
            old = extension.old(code) if extension else None
            if old is not None and exception:
                old = old.replaced(exception=exception)
            if old is not None and isinstance(value, str):
                self.read_code_table((*path, key), code, {"message": value}, section, old)
            elif isinstance(value, str):
                if not value or value.isspace():
                    self.empty_message((*path, key))
                made = ErrorCode(
                    code,
                    value,
                    section,
                    style=style,
                    http_status=http_status,
                    exception=exception,
                )
                self.codes.append(made)
            else:
                default = old or usual
                self.read_code_table((*path, key), code, value, section, default)

    def empty_message(self, path: Path) -> None:
        """Note a message without a word."""
        self.mistakes.add(path, "the message is empty", "write the message of the document")

    def read_code_table(
        self, path: Path, code: Code, value: object, section: Section, default: ErrorCode
    ) -> None:
        """Read a code that has more than a message; what it leaves out is as in ``default``."""
        if not isinstance(value, dict):
            wanted = "a text or a table with a message"
            self.mistakes.wrong_type(path, value, wanted, f'{field_name(path[-1:])} = "..."')
            return
        self.mistakes.unknown_fields(path, value, CODE_FIELDS)
        message = value.get("message", default.message or None)
        if message is None and self.extension is None and "extends" in self.document:
            pass  # the base may have one, which is not known here
        elif message is None:
            hint = 'write { message = "..." }'
            self.mistakes.add(path, "the code has no message", hint, absence=True)
        elif not isinstance(message, str):
            self.mistakes.wrong_type((*path, "message"), message, "a text", 'message = "..."')
        elif not message.strip():
            self.empty_message((*path, "message"))
        open_ended = value.get("open_ended", default.open_ended)
        if not isinstance(open_ended, bool):
            example = "open_ended = true"
            self.mistakes.wrong_type((*path, "open_ended"), open_ended, "true or false", example)
        made = ErrorCode(
            code,
            message if isinstance(message, str) else "",
            section,
            style=self.shape.placeholders,
            open_ended=open_ended is True,
            http_status=self.http_status(path, value, default.http_status),
            tags=self.tags((*path, "tags"), value.get("tags", [*default.tags])),
            description=self.text(path, value, "description", default.description),
            solution=self.text(path, value, "solution", default.solution),
            exception=self.exception(path, value, default.exception),
        )
        self.codes.append(made)

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
