"""The catalogs of one run: each is loaded once, and kept whatever a test does to the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.files.loading import is_path, load_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.marker_values import locate_mistake

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.plugin.options import Settings


class Catalogs:
    """Finds the catalog that a setting or a marker names."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._own: Catalog | None = None
        self._named: dict[tuple[str, Path | None], Catalog] = {}
        self._loaded: dict[tuple[str, Path], Catalog] = {}

    def own(self) -> Catalog:
        """Return the catalog that the settings name.

        Raises:
            ErrcodesUsageError: No such catalog, or one with mistakes; the text names the setting.
        """
        if self._own is None:
            settings = self._settings
            self._own = self._load(settings.catalog, settings.folder, settings.catalog_from)
        return self._own

    def bind(self) -> None:
        """Load the run's own catalog before a test's fixtures can put a fake file system up.

        What is wrong with it is told where it is first asked for.
        """
        try:
            self.own()
        except ErrcodesUsageError:
            return

    def find(self, source: str | None, beside: Path | None) -> Catalog:
        """Return the catalog that a marker names; None stands for the run's own.

        Args:
            source: Name or path, as the marker has it.
            beside: The file of the test; a path is looked for in its folder first.

        Raises:
            ErrcodesUsageError: No such catalog, or one with mistakes; the text names the marker.
        """
        if source is None:
            return self.own()
        key = (source, beside)
        if key not in self._named:
            folder = self._settings.root
            if beside is not None and is_path(source) and _is_there(beside.parent / source):
                folder = beside.parent
            asks = f"@pytest.mark.errcodes(catalog={source!r})"
            self._named[key] = self._load(source, folder, asks)
        return self._named[key]

    def _load(self, name: str, folder: Path, asks: str) -> Catalog:
        key = (name, folder)
        if key not in self._loaded:
            try:
                self._loaded[key] = load_catalog(folder / name if is_path(name) else name)
            except ErrcodesUsageError as error:
                raise locate_mistake(error, asks) from None
        return self._loaded[key]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no permission, a name that is too long: loading it says so
        return False
