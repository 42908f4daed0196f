"""Reading the fields that a catalog, its sections and its codes have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import is_class_name

if TYPE_CHECKING:
    from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes, Path


class FieldReader:
    """Reads fields of tables, and notes what is wrong with them.

    Args:
        mistakes: Where it is noted.
    """

    def __init__(self, mistakes: FieldMistakes) -> None:
        self.mistakes = mistakes

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
