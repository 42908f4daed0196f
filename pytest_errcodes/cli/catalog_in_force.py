"""The catalog that a subcommand looks into: what ``--catalog`` names, or what the project sets."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.catalog.settings.chosen_catalog import find_catalog_setting, show_source
from pytest_errcodes.catalog.settings.setting import DEFAULTS, VARIABLE
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog import Catalog

_DEFAULT = f"the default; name another by --catalog, {VARIABLE} or [tool.errcodes]"
_NOT_FOUND = ("unknown-code", "unknown-message", "unknown-selector")


class Named(NamedTuple):
    """A catalog as it was named.

    Attributes:
        source: Its name, or its path from the current folder on.
        by: What names it: ``pyproject.toml:3: [tool.errcodes] catalog = "shop.toml"``; empty where
            nothing does.
        is_option: Whether the command line names it.
    """

    source: str
    by: str
    is_option: bool = False

    @property
    def line(self) -> str:
        """What is told of it where nothing was found; empty where the command line names it."""
        if self.is_option:
            return ""
        return f"{self.source}, set by {self.by}" if self.by else f"{self.source}, {_DEFAULT}"


def name_catalog(option: str | None) -> Named:
    """Return the catalog that the command line names, or else the environment, or a file.

    Raises:
        ErrcodesUsageError: A file with settings cannot be read, or holds a mistake.
    """
    if option is not None:
        return Named(option, "", is_option=True)
    setting = find_catalog_setting(Path.cwd())
    if setting is None:
        return Named(str(DEFAULTS["catalog"]), "")
    return Named(show_source(setting), str(setting))


def load_named(named: Named) -> Catalog:
    """Return the catalog; where there is none of that name, the text says what names it.

    Raises:
        CatalogError: It cannot be loaded.
    """
    from pytest_errcodes.catalog import load_catalog

    with telling_which(named):
        return load_catalog(named.source)


@contextmanager
def telling_which(named: Named) -> Iterator[None]:
    """Let what is not found inside the block say which catalog was meant, and what names it."""
    try:
        yield
    except ErrcodesUsageError as error:
        if error.slug == "catalog-missing" and named.by:
            message = f"{named.by}: {error.message}"
        elif error.slug in _NOT_FOUND and named.line:
            message = f"{error.message}\n  catalog: {named.line}"
        else:
            raise
        raise ErrcodesUsageError(error.slug, message, error.hint) from None
