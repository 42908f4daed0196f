"""What an exported file says, before it is a catalog again; and the JSON that says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.files.catalog_mistakes import CatalogError, CatalogMistake
from pytest_errcodes.catalog.files.field_mistakes import field_name
from pytest_errcodes.tools.exporting.json_writer import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.files.catalog_mistakes import FieldMistake

Path = tuple[str, ...]

_HEAD = ("name", "title", "http_status", "envelope")
# What an exported code says beside the fields of a catalog file; placeholders are the message's.
_BESIDE = ("code", "section", "placeholders")


@dataclass(slots=True)
class Export:
    """What an exported file says, in the form of a catalog file.

    Attributes:
        head: What it says of the whole catalog: name, title, HTTP status and envelope.
        sections: What it says of each section, with the codes, by their ids.
        lines: The line that each section or code begins on, by the keys that lead to it.
        mistakes: What cannot stand in that form.
    """

    head: dict[str, Any]
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    mistakes: list[CatalogMistake] = field(default_factory=list)

    def add_section(self, id_: str, fields: Mapping[str, Any], line: int | None = None) -> None:
        """Note a section; one that is there already is a mistake."""
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
        """Note a code of a section; one that is there already may only add another message."""
        path = ("sections", section, "codes", code)
        codes = self.sections[section]["codes"]
        if code in codes:
            told = {"message": None, "messages": None}
            first, more = codes[code], fields.get("message")
            known = first.get("messages") or [first.get("message")]
            if (
                isinstance(more, str)
                and more not in known
                and {**first, **told} == {**fields, **told}
            ):
                codes[code] = {**first, "messages": [*known, more]}
                codes[code].pop("message", None)
                return
            self.refuse(path, "documented twice", "keep one of the two", line)
            return
        if line is not None:
            self.lines[path] = line
        codes[code] = dict(fields)

    def refuse(self, path: Path, message: str, hint: str, line: int | None = None) -> None:
        """Note a mistake."""
        self.mistakes.append(CatalogMistake(line, field_name(path), message, hint))

    def catalog(self, source: str, name: str, lint_ignore: Iterable[str] = ()) -> Catalog:
        """Return the catalog.

        Args:
            source: The place that errors name.
            name: The catalog's name where the file gives none.
            lint_ignore: What ``lint`` is not to tell of it, which no export says.

        Raises:
            CatalogError: What the file says is refused (``catalog-invalid``).
        """
        from pytest_errcodes.catalog.files.catalog_building import build

        for key in self.head.keys() - set(_HEAD):
            self.refuse((key,), "unknown field", f"known here: {', '.join(_HEAD)}")
        head = {key: value for key, value in self.head.items() if key in _HEAD}
        lint = {"lint": {"ignore": list(lint_ignore)}}
        catalog, found = build(head | lint | {"sections": self.sections}, source, name)
        mistakes = [*self.mistakes, *map(self._locate, found)]
        if mistakes:
            raise CatalogError.invalid(source, mistakes)
        return catalog

    def _locate(self, mistake: FieldMistake) -> CatalogMistake:
        """Return a mistake with the line of the code or section it is about, if that is known."""
        line = next(
            (
                self.lines[mistake.path[:length]]
                for length in range(len(mistake.path), 0, -1)
                if mistake.path[:length] in self.lines
            ),
            None,
        )
        return CatalogMistake(line, field_name(mistake.path), mistake.message, mistake.hint)


def read_json(text: str) -> Export | None:
    """Return what the file says; None if it does not name the schema of an exported one."""
    import json

    if SCHEMA not in text:
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or document.get("$schema") != SCHEMA:
        return None
    beside = ("$schema", "sections", "codes")
    export = Export({name: value for name, value in document.items() if name not in beside})
    for path, section in _objects(export, document, "sections"):
        id_ = section.get("id")
        if isinstance(id_, str):
            fields = {name: value for name, value in section.items() if name != "id"}
            export.add_section(id_, fields)
        else:
            export.refuse(path, "the section has no id", 'write "id": "trading"')
    for path, code in _objects(export, document, "codes"):
        _add_code(export, path, code)
    return export


def _objects(
    export: Export, document: dict[str, Any], name: str
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield the objects of a list, each with the keys that lead to it."""
    items = document.get(name)
    if not isinstance(items, list):
        export.refuse((name,), "is no list", f'write "{name}": [...]')
        return
    for position, item in enumerate(items):
        if isinstance(item, dict):
            yield (name, str(position)), item
        else:
            export.refuse((name, str(position)), "is no object", "write {...}")


def _add_code(export: Export, path: tuple[str, ...], facts: dict[str, Any]) -> None:
    """Note one code."""
    code, section = facts.get("code"), facts.get("section")
    if not isinstance(code, int | str) or isinstance(code, bool):
        export.refuse(path, "has no code", 'write "code": 401009')
    elif not isinstance(section, str) or section not in export.sections:
        export.refuse(path, "names no section of the list", 'write "section" with one of the ids')
    else:
        fields = {name: value for name, value in facts.items() if name not in _BESIDE}
        if "messages" in fields:  # beside the first of them
            fields.pop("message", None)
        export.add_code(section, str(code), fields)
