"""One run of pytest: its settings, and what is installed into other libraries for it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.active import context
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.markers import BASE_URL_HINT, MarkerReader, is_base_url, told_at

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.simulation import CodeRouter
    from pytest_errcodes.simulation.network import Network


class Settings(NamedTuple):
    """What options and ini settings say.

    Attributes:
        catalog: Name or path of the catalog.
        catalog_from: Which setting says so, the way its user wrote it.
        base_url: Put in front of the routes' paths; empty for none.
        message: How a message that does not fit its template is judged.
        share_tls: Whether equal TLS contexts are loaded once while routes are active.
        folder: Where a relative path of the catalog starts.
        root: Where that of a marker starts, unless the file is beside the test.
    """

    catalog: str
    catalog_from: str
    base_url: str
    message: str
    share_tls: bool
    folder: Path
    root: Path

    def check(self) -> None:
        """Check what can be checked before anything is loaded.

        Raises:
            ErrcodesUsageError: The message policy or the base URL is none.
        """
        self.policy()
        if not is_base_url(self.base_url):
            raise ErrcodesUsageError(
                "base-url",
                f"errcodes_base_url = {self.base_url!r} has no scheme, so no route would match",
                BASE_URL_HINT,
            )

    def policy(self) -> context.MessagePolicy:
        """Return the message policy.

        Raises:
            ErrcodesUsageError: The ini setting holds another word.
        """
        for policy in context.POLICIES:
            if policy == self.message:
                return policy
        raise ErrcodesUsageError(
            "message-policy",
            f"errcodes_message = {self.message!r} is not a way to judge messages",
            f"write one of {', '.join(context.POLICIES)}",
        )


class Run:
    """What lives from pytest's start to its end.

    Attributes:
        settings: What options and ini settings say.
        context: What assertion helpers ask; the innermost one while the run lasts.
        reader: Reads the markers of the run's tests.
        item: The test that runs now, or ran last; None before the first.
        called: Whether its fixtures were set up, and it began itself.
        mistaken: Whether a marker of any test goes wrong.
        misplaced: Whether a marker stands on what seems to be no test.

    Raises:
        ErrcodesUsageError: A setting cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        settings.check()
        self.settings = settings
        self.context = context.Context(load=self._in_force, message_policy=settings.policy())
        self.reader = MarkerReader(
            lambda source, item: self.catalog(source, getattr(item, "path", None))
        )
        self.item: Any = None
        self.called = False
        self.mistaken = False
        self.misplaced = False
        self._catalog: Catalog | None = None
        self._own_catalog: Catalog | None = None
        self._catalogs: dict[tuple[str, Path], Catalog] = {}
        self._network: Network | None = None
        context.push(self.context)

    def close(self) -> None:
        """Give back what was installed, and leave the context."""
        if self._network is not None:
            self._network.close()
        context.pop(self.context)

    def begin(self, item: Any) -> None:
        """Let the catalog in force be the test's from now on; it is loaded when it is asked for."""
        self.item, self.called, self._catalog = item, False, None

    def _in_force(self) -> Catalog:
        if self._catalog is None:
            item = self.item
            self._catalog = self.catalog() if item is None else self.reader.catalog(item)
        return self._catalog

    def catalog(self, source: str | None = None, beside: Path | None = None) -> Catalog:
        """Return a catalog: the run's own, or the one a marker in the file ``beside`` names.

        Raises:
            ErrcodesUsageError: No such catalog, or one with faults; the text names the setting or
                the marker that asks for it.
        """
        if source is None:
            if self._own_catalog is None:
                name, folder = self.settings.catalog, self.settings.folder
                self._own_catalog = self._loaded(name, folder, self.settings.catalog_from)
            return self._own_catalog
        from pytest_errcodes.catalog.files.loading import is_path

        folder = self.settings.root
        if beside is not None and is_path(source) and _is_there(beside.parent / source):
            folder = beside.parent
        return self._loaded(source, folder, f"@pytest.mark.errcodes(catalog={source!r})")

    def _loaded(self, name: str, folder: Path, asks: str) -> Catalog:
        from pytest_errcodes.catalog.files.loading import is_path, load_catalog

        key = (name, folder)
        if key not in self._catalogs:
            try:
                self._catalogs[key] = load_catalog(folder / name if is_path(name) else name)
            except ErrcodesUsageError as error:
                raise told_at(error, asks) from None
        return self._catalogs[key]

    @property
    def network(self) -> Network:
        """What stands where the real network would, made when a test first needs it."""
        if self._network is None:
            from pytest_errcodes.simulation.network import Network

            self._network = Network(share_tls=self.settings.share_tls)
        return self._network

    def bind_network(self, *, routes: bool) -> None:
        """Import and patch what is to be, before a fixture of the test may replace it."""
        if routes:
            import_module("pytest_errcodes.simulation.router")
        self.network.bind()

    def router(self, catalog: Catalog, options: dict[str, Any]) -> CodeRouter:
        """Return a new router for one test; it is not started."""
        from pytest_errcodes.simulation.router import CodeRouter

        options = {"base_url": self.settings.base_url or None, **options}
        return CodeRouter(catalog=catalog, network=self.network, **options)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no permission, a name that is too long: loading it says so
        return False
