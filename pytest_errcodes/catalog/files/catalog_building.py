"""Turning the content of a catalog file into a catalog, or into all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.envelope_fields import ERROR_STATUSES, HTTP_STATUS
from pytest_errcodes.catalog.files.code_reading import CodeKeys, CodeReader
from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes, Path, field_name
from pytest_errcodes.catalog.files.field_reading import FieldReader
from pytest_errcodes.catalog.files.shape_reading import read_shapes
from pytest_errcodes.catalog.files.shape_settings import SETTINGS
from pytest_errcodes.catalog.model import ErrorCode, Section, integer_of

if TYPE_CHECKING:
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.files.catalog_extension import Extension

FIELDS = ("name", "title", "extends", "remove", "http_status", "lint", "envelope", "sections")
LINT_FIELDS = ("ignore",)
SECTION_FIELDS = ("title", "label", "http_status", "exception", "shape", "codes")
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


class _Builder(FieldReader):
    """One pass over one file."""

    def __init__(self, document: dict[str, object], base: Catalog | None) -> None:
        self.document = document
        self.extension: Extension | None = None
        if base is not None:
            from pytest_errcodes.catalog.files.catalog_extension import Extension

            self.extension = Extension(base)
        super().__init__(FieldMistakes())
        self.sections: list[Section] = []
        self.shapes: tuple[EnvelopeShape, ...]
        self.reader: CodeReader

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
        self.shapes = shapes
        keys = CodeKeys(document, shapes, self.mistakes)
        self.reader = CodeReader(
            self.mistakes, keys, shapes, self.extension, is_extension="extends" in document
        )
        self.read_removed()
        self.read_sections(document.get("sections", {}), http_status)
        keys.tell_text_codes()
        if not self.mistakes:
            self.check_shapes()
        codes, sections = self.reader.codes, self.sections
        if self.extension and not self.mistakes:
            codes, sections = self.extension.merge(codes, sections, shapes)
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

    def check_shapes(self) -> None:
        """Note what is wrong with the shapes as a whole, if they say more than names and codes."""
        first, table = self.shapes[0], self.document.get("envelope", {})
        told = table if isinstance(table, dict) else {}
        is_flat = not any("." in path for path in (first.code, first.message, first.data))
        if (
            is_flat
            and len(self.shapes) == 1
            and first.is_plain
            and told.keys().isdisjoint(SETTINGS)
        ):
            return
        from pytest_errcodes.catalog.files.shape_checks import check_shapes

        check_shapes(self.shapes, told, self.mistakes)
        errors = [code for code in self.reader.codes if code.http_status in range(200, 300)]
        if first.success_rule == "http_status" and errors:
            message = f'is "http_status", and {errors[0].code} comes with {errors[0].http_status}'
            hint = "write http_status = 400 at the top, or what the API answers its errors with"
            if all(code.code in ERROR_STATUSES for code in self.reader.codes):
                hint = (
                    f'where the HTTP status is the code, write code = "{HTTP_STATUS}" in its place'
                )
            self.mistakes.add(("envelope", "success"), f"{message}, a success", hint)

    def read_removed(self) -> None:
        """Read what is taken away from an extended catalog, and whether the rest fits in here."""
        if self.extension is not None:
            self.extension.remove(self.document.get("remove", []), self.mistakes)
            self.extension.check_shape(self.shapes[0], self.mistakes)
        elif "remove" in self.document and "extends" not in self.document:
            message = "there is nothing to remove from, since the catalog extends none"
            self.mistakes.add(("remove",), message, 'write extends = "ltp", or leave it out')

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
            self.reader.read((*path, "codes"), codes, usual)
        elif not strays and old is None:
            header = f"[{field_name((*path, 'codes'))}]"
            hint = f"write {header} and under it {EXAMPLE}, or drop the section"
            self.mistakes.add(path, "the section holds no codes", hint, absence=True)

    def shape_name(self, path: Path, name: object) -> str:
        """Return the name of the shape that a section chooses; empty for the default one."""
        if not isinstance(name, str):
            self.mistakes.wrong_type(path, name, "a text", 'shape = "websocket"')
            return ""
        names = [shape.name for shape in self.shapes]
        if name and name not in names:
            from pytest_errcodes.catalog.files.shape_checks import tell_unknown_shape

            self.mistakes.add(path, *tell_unknown_shape(name, names))
        return "" if name == names[0] else name

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
