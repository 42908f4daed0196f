"""Collecting the mistakes of a catalog file, by field; lines come later, and only if needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.text.nearest import suggest

if TYPE_CHECKING:
    from pytest_errcodes.catalog.files.catalog_mistakes import FieldMistake

Path = tuple[str, ...]

_BARE = r"[A-Za-z0-9_-]+"
_NOUNS = {
    "str": "a text",
    "int": "an integer",
    "float": "a fraction",
    "bool": "true or false",
    "dict": "a table",
    "list": "a list",
    "NoneType": "nothing",
}


class FieldMistakes(list["FieldMistake"]):
    """The mistakes found so far, with one method for each kind that several fields share."""

    def add(
        self, path: Path, message: str, hint: str, *, first: Path = (), absence: bool = False
    ) -> None:
        """Note any mistake; the arguments are those of ``FieldMistake``."""
        from pytest_errcodes.catalog.files.catalog_mistakes import FieldMistake

        self.append(FieldMistake(path, message, hint, first, absence))

    def unknown_fields(self, path: Path, table: dict[str, object], known: tuple[str, ...]) -> None:
        """Note every field of ``table`` that is not ``known``."""
        for key in table:
            if key not in known:
                self.unknown_field((*path, key), known)

    def unknown_field(self, path: Path, known: tuple[str, ...]) -> None:
        """Note one field that no catalog has there, with the nearest that it may have."""
        otherwise = f"known here: {', '.join(known)}"
        # 0.55, so that "open" is taken for "open_ended".
        self.add(path, "unknown field", suggest(path[-1], known, otherwise, alike=0.55))

    def wrong_type(self, path: Path, value: object, wanted: str, example: str) -> None:
        """Note a value of another type than ``wanted``."""
        self.add(path, f"is {noun(value)}, and must be {wanted}", f"write {example}")


def noun(value: object) -> str:
    """Return what value of TOML, JSON or YAML this is, in words."""
    return _NOUNS.get(type(value).__name__, "a date or time")


def field_name(path: Path) -> str:
    """Return ``path`` as TOML would write it, such as ``sections.trading.codes.401009``."""
    from pytest_errcodes.text.wording import quote

    return ".".join(key if is_bare(key) else quote(key) for key in path)


def is_bare(key: str) -> bool:
    """Whether TOML writes a key without quotes."""
    return re.fullmatch(_BARE, key) is not None
