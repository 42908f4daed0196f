"""The catalogs of one run: each is loaded once, and kept whatever a test does to the files.

What is wrong with one is told once in a run, under a heading of ours, and each test that needs it
points there: hundreds of mistakes under each of many tests would hide everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.files.loading import is_path, load_catalog
from pytest_errcodes.disk.file_reading import is_there
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.marker_values import locate_mistake
from pytest_errcodes.plugin.reports import REFUSED_CATALOG

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, TypeAlias

    import pytest

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.plugin.settings import Settings

    ParameterSet: TypeAlias = Any  #: what ``pytest.param`` returns


class Catalogs:
    """Finds the catalog that a setting or a marker names.

    Args:
        settings: What the settings say.
        tells_once: Whether the run has a place where it can tell of a catalog once; without one,
            each error says all.

    Attributes:
        parameters: What ``every_code`` gives a test for a code, by the identity of the code.
        refused: All that is wrong with a catalog, by the text of a test's error that points to it.
    """

    def __init__(self, settings: Settings, *, tells_once: bool) -> None:
        self._settings = settings
        self._tells_once = tells_once
        self._own: Catalog | None = None
        self._named: dict[tuple[str, Path | None], Catalog] = {}
        self._loaded: dict[tuple[str, Path], Catalog] = {}
        #: What each test is told of a catalog that was refused.
        self._pointers: dict[tuple[str, Path, str], ErrcodesUsageError] = {}
        self.refused: dict[str, ErrcodesUsageError] = {}
        self._told: set[str] = set()
        self.parameters: dict[int, ParameterSet] = {}

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
            if beside is not None and is_path(source) and is_there(beside.parent / source):
                folder = beside.parent
            asks = f"@pytest.mark.errcodes(catalog={source!r})"
            self._named[key] = self._load(source, folder, asks)
        return self._named[key]

    def unfold(self, error: ErrcodesUsageError) -> ErrcodesUsageError:
        """Return all that an error stands for that points to where all is told; else itself."""
        return self.refused.get(error.message, error)

    def take_untold(self) -> list[str]:
        """Return what is wrong with catalogs and was not told yet; it counts as told then."""
        texts = [str(error) for error in self.refused.values()]
        untold = [text for text in texts if text not in self._told]
        self._told.update(untold)
        return untold

    def _load(self, name: str, folder: Path, asks: str) -> Catalog:
        key = (name, folder)
        if key not in self._loaded:
            if (pointer := self._pointers.get((*key, asks))) is not None:
                raise pointer.with_traceback(None)
            try:
                self._loaded[key] = load_catalog(folder / name if is_path(name) else name)
            except ErrcodesUsageError as error:
                raise self._locate(error, (*key, asks)) from None
        return self._loaded[key]

    def _locate(self, error: ErrcodesUsageError, key: tuple[str, Path, str]) -> ErrcodesUsageError:
        """Return what is wrong with a catalog, or where it is told, with what names it in front."""
        asks = key[-1]
        located, mistakes = locate_mistake(error, asks), getattr(error, "mistakes", ())
        if not mistakes or not self._tells_once:
            return located
        count = "a mistake" if len(mistakes) == 1 else f"{len(mistakes):,} mistakes"
        pointer = ErrcodesUsageError(error.slug, f'{asks}: {count}, told under "{REFUSED_CATALOG}"')
        self.refused[pointer.message] = located
        self._pointers[key] = pointer
        return pointer


def has_summary(config: pytest.Config) -> bool:
    """Return whether a run's terminal shows at its end what reports carry, from workers too."""
    # A worker of xdist has no terminal in some releases, and its controller's is what counts.
    has_terminal = hasattr(config, "workerinput") or config.pluginmanager.hasplugin(
        "terminalreporter"
    )
    return has_terminal and not config.getoption("no_summary", default=False)
