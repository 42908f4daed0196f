"""Reading back what ``export_catalog`` wrote, to the letter and without guessing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.files.faults import field_name
from pytest_errcodes.catalog.files.problems import CatalogError, CatalogProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.files.fault import Fault

Path = tuple[str, ...]

_HEAD = ("name", "title", "http_status", "envelope")


@dataclass(slots=True)
class Export:
    """What an exported file says, in the form of a catalog file.

    Attributes:
        head: What it says of the whole catalog: name, title, HTTP status and envelope.
        sections: What it says of each section, with the codes, by their ids.
        lines: The line that each section or code begins on, by the keys that lead to it.
        problems: What cannot stand in that form.
    """

    head: dict[str, Any]
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[CatalogProblem] = field(default_factory=list)

    def add_section(self, id_: str, fields: Mapping[str, Any], line: int | None = None) -> None:
        """Note a section; one that is there already is a problem."""
        path = ("sections", id_)
        if id_ in self.sections:
            self.refuse(path, "is there twice", "keep one of the two", line)
        elif line is not None:
            self.lines[path] = line
        codes = self.sections.get(id_, {}).get("codes", {})
        self.sections[id_] = {**fields, "codes": codes}

    def add_code(
        self, section: str, code: str, fields: Mapping[str, Any], line: int | None = None
    ) -> None:
        """Note a code of a section; one that is there already is a problem."""
        path = ("sections", section, "codes", code)
        codes = self.sections[section]["codes"]
        if code in codes:
            self.refuse(path, "documented twice", "keep one of the two", line)
            return
        if line is not None:
            self.lines[path] = line
        codes[code] = dict(fields)

    def refuse(self, path: Path, message: str, hint: str, line: int | None = None) -> None:
        """Note a problem."""
        self.problems.append(CatalogProblem(line, field_name(path), message, hint))

    def catalog(self, source: str, name: str, lint_ignore: Iterable[str] = ()) -> Catalog:
        """Return the catalog.

        Args:
            source: The place that errors name.
            name: The catalog's name where the file gives none.
            lint_ignore: What ``lint`` is not to tell of it, which no export says.

        Raises:
            CatalogError: What the file says is refused (``catalog-invalid``).
        """
        from pytest_errcodes.catalog.files.validation import build

        for key in self.head.keys() - set(_HEAD):
            self.refuse((key,), "unknown field", f"known here: {', '.join(_HEAD)}")
        head = {key: value for key, value in self.head.items() if key in _HEAD}
        lint = {"lint": {"ignore": list(lint_ignore)}}
        catalog, faults = build(head | lint | {"sections": self.sections}, source, name)
        problems = [*self.problems, *map(self._problem, faults)]
        if problems:
            raise CatalogError.invalid(source, problems)
        return catalog

    def _problem(self, fault: Fault) -> CatalogProblem:
        """Return a fault with the line of the code or section it is about, if that is known."""
        line = next(
            (
                self.lines[fault.path[:length]]
                for length in range(len(fault.path), 0, -1)
                if fault.path[:length] in self.lines
            ),
            None,
        )
        return CatalogProblem(line, field_name(fault.path), fault.message, fault.hint)


def exported_text(data: bytes) -> str | None:
    """Return the text of a file that begins as an exported one does; None for any other.

    Its texts may hold what is found in no other text file, such as NUL.
    """
    from pytest_errcodes.tools.exporting.csv_writer import COLUMNS
    from pytest_errcodes.tools.exporting.json_writer import SCHEMA

    head = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    begins = (",".join(COLUMNS).encode(), b"---\nerrcodes:", b"---\r\nerrcodes:")
    if not head.startswith(begins) and SCHEMA.encode() not in head:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def read_export(text: str, base: Catalog | None = None) -> Export | None:
    """Return what an exported file says; None if the text is no such file.

    Args:
        text: The file, with its line ends as they are.
        base: What says name, title, HTTP status and envelope where the format has no place for
            them; without it, a CSV file is read like any other table.
    """
    if text.startswith("---"):
        from pytest_errcodes.tools.importing.exported_markdown import read_markdown

        return read_markdown(text)
    if text.lstrip().startswith("{"):
        from pytest_errcodes.tools.importing.exported_json import read_json

        return read_json(text)
    if base is not None:
        from pytest_errcodes.tools.importing.exported_csv import read_csv

        return read_csv(text, base)
    return None
