"""Putting what was collected together as a catalog that loads again as itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.catalog.model import ErrorCode, other_spelling
from pytest_errcodes.tools.importing.cell_reading import as_type, code_type_of
from pytest_errcodes.tools.importing.import_outcome import Remark
from pytest_errcodes.tools.importing.placeholder_styles import holders, strangers, style_of

if TYPE_CHECKING:
    from pytest_errcodes.catalog.model import Code, CodeType, Section
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle
    from pytest_errcodes.tools.importing.code_collecting import Collection
    from pytest_errcodes.tools.importing.import_options import ImportOptions
    from pytest_errcodes.tools.importing.import_outcome import RemarkKind
    from pytest_errcodes.tools.importing.source_document import Entry


class Assembly:
    """One catalog in the making.

    Attributes:
        remarks: What was decided on the way.

    Args:
        collected: The codes, as the source writes them.
        options: What the source does not say.
    """

    def __init__(self, collected: Collection, options: ImportOptions) -> None:
        self.remarks: list[Remark] = []
        self._collected = collected
        self._options = options
        self._base = options.base
        self._shapes = self._find_shapes()
        self._entries = self._keep_fitting()
        style = self._shapes[0].placeholders
        if self._base is None:
            style = style_of(
                [text for one in self._entries for text in (one.message, *one.alternatives)]
            )
            self._shapes = (self._shapes[0].replaced(placeholders=style), *self._shapes[1:])
        self._remark_on_placeholders(style)

    def catalog(self, source: str, title: str) -> Catalog | None:
        """Return the catalog; None if no code is left for it.

        Args:
            source: Name of the source.
            title: Its title.
        """
        if not self._entries:
            return None
        usual = self._usual_status()
        codes = [self._error_code(entry, usual) for entry in self._entries]
        sections: dict[Section, list[ErrorCode]] = {}
        for code in codes:
            sections.setdefault(code.section, []).append(code)
        name, title = self._names(source, title)
        return Catalog(
            name,
            [code for of_section in sections.values() for code in of_section],
            sections=sections,
            shapes=self._shapes,
            title=title,
            source=source,
            http_status=usual,
            lint_ignore=self._base.lint_ignore if self._base else (),
        )

    def _names(self, source: str, title: str) -> tuple[str, str]:
        """Return name and title: as asked for, of the export, of the base, or of the source."""
        options, base = self._options, self._base
        fallback = options.fallback_name or _stem(source)
        names = (options.name, base and base.name, fallback, "imported")
        titles = (options.title, base and base.title, " ".join(title.split()))
        name = next(_mend_halves(name) for name in names if name and name.strip())
        found = next((_mend_halves(title) for title in titles if title and title.strip()), name)
        return name, found

    # -- the shapes ------------------------------------------------------------------------

    def _find_shapes(self) -> tuple[EnvelopeShape, ...]:
        """Return the shapes: the base's, with the success codes of the source."""
        first, *further = self._base.shapes if self._base is not None else (EnvelopeShape(),)
        code_type = self._code_type()
        if code_type != first.code_type:
            success = dict.fromkeys(as_type(str(code), code_type) for code in first.success)
            first = first.replaced(code_type=code_type, success=tuple(success))
            first = first.replaced(success=tuple(filter(first.allows, first.success)))
        return self._with_success(first), *further

    def _code_type(self) -> CodeType:
        """Return what a code is: as asked for, as the base says, or as the codes look."""
        if self._options.code_type is not None:
            return self._options.code_type
        if self._base is not None:
            return self._base.shape.code_type
        told = self._collected.code_types
        if told == {"string"}:
            return "string"
        if "string" in told or "either" in told:
            return "either"
        return code_type_of((*self._collected.entries, *self._collected.success))

    def _with_success(self, shape: EnvelopeShape) -> EnvelopeShape:
        """Return a shape with the success codes of the source added."""
        told = self._collected.success
        new = [as_type(code, shape.code_type) for code in told]
        success = tuple(dict.fromkeys((*shape.success, *filter(shape.allows, new))))
        for code in new:
            if not shape.allows(code):
                why = f"means success, but is no plain integer, as {self._says_integer()} says"
                self.remarks.append(Remark(None, str(code), why, left_out=True, kind="success"))
        message = next(filter(None, told.values()), "")
        if self._base is not None or not message:
            message = shape.success_message
        return shape.replaced(success=success, success_message=message)

    # -- the codes -------------------------------------------------------------------------

    def _keep_fitting(self) -> list[Entry]:
        """Return the entries that a catalog of these shapes can hold; remark on the others."""
        shape = self._shapes[0]
        success: set[Code] = set()
        for one in self._shapes:
            success.update(one.success, map(other_spelling, one.success))
        fitting = []
        for entry in sorted(self._collected.entries.values(), key=lambda entry: entry.order):
            code = as_type(entry.code, shape.code_type)
            if not shape.allows(code):
                why = f"its code is no plain integer, as {self._says_integer()} says"
                self._remark(entry, why, "row", left_out=True)
            elif code in success:
                self._remark(entry, "is a success code", "success", left_out=True)
            else:
                fitting.append(entry)
        return fitting

    def _says_integer(self) -> str:
        return "the base" if self._options.code_type is None else "the type that was asked for"

    def _error_code(self, entry: Entry, usual: int) -> ErrorCode:
        shape = self._shapes[0]
        code = as_type(entry.code, shape.code_type)
        old = self._base.get(code) if self._base else None
        open_ended = entry.open_ended
        if open_ended is None:
            same = old is not None and old.message == entry.message
            open_ended = old.open_ended if old and same else self._goes_on(entry)
        return ErrorCode(
            code,
            entry.message,
            entry.section,
            style=shape.placeholders,
            open_ended=open_ended,
            http_status=entry.http_status or (old.http_status if old else usual),
            tags=entry.tags or (old.tags if old else ()),
            description=_drop_blank(entry.description) or (old.description if old else ""),
            solution=_drop_blank(entry.solution) or (old.solution if old else ""),
            exception=entry.exception or (old.exception if old else ""),
            alternatives=entry.alternatives,
            shapes=self._shapes,
        )

    def _usual_status(self) -> int:
        """Return the HTTP status of the catalog: as it is told, or what every code says."""
        if self._base is not None:
            return self._base.http_status
        statuses = Counter(entry.http_status for entry in self._entries)
        usual, _ = statuses.most_common(1)[0]
        return usual if usual is not None and len(statuses) == 1 else 200

    def _goes_on(self, entry: Entry) -> bool:
        """Whether a message ends in a way that says that something follows."""
        if not entry.message.rstrip().endswith((":", "：")):
            return False
        self._remark(entry, "ends with a colon, so it is open-ended", "open-ended")
        return True

    def _remark_on_placeholders(self, style: PlaceholderStyle) -> None:
        """Remark on the messages that hold placeholders, and on those of another style."""
        messages = [entry.message for entry in self._entries]
        for position, held in holders(messages, style):
            noun = "a placeholder" if len(held) == 1 else "placeholders"
            what = f"holds {noun}: {', '.join(held)}"
            self._remark(self._entries[position], what, "placeholders")
        for position, other, held in strangers(messages, style):
            what = f"holds {', '.join(held)} as written: {other} is not the style of placeholders"
            self._remark(self._entries[position], f"{what}, {style} is", "style")

    def _remark(self, entry: Entry, what: str, kind: RemarkKind, *, left_out: bool = False) -> None:
        self.remarks.append(Remark(entry.line, entry.shown, what, left_out, kind, entry.file))


def _drop_blank(text: str) -> str:
    return text if text.strip() else ""


def _mend_halves(text: str) -> str:
    """Return a text without halves of characters, which the name of a file may hold."""
    return text.encode("utf-8", "replace").decode()


def _stem(source: str) -> str:
    return "" if source == "-" else Path(source).stem
