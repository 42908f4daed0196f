"""One run of pytest: its settings, and what is installed into other libraries for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_errcodes import session
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.envelope import Envelope
    from pytest_errcodes.simulation import CodeRouter, Reply
    from pytest_errcodes.simulation.seam import HttpxSeam
    from pytest_errcodes.simulation.watch import HttpxWatch


@dataclass(frozen=True)
class Settings:
    """What options and ini settings say.

    Attributes:
        catalog: Name or path of the catalog.
        base_url: Put in front of the routes' paths; empty for none.
        message: How a message that does not fit its template is judged.
        share_tls: Whether equal TLS contexts are loaded once while routes are active.
        root: Where paths of ini settings start.
    """

    catalog: str
    base_url: str
    message: str
    share_tls: bool
    root: Path

    def policy(self) -> session.MessagePolicy:
        """Return the message policy.

        Raises:
            ErrcodesUsageError: The ini setting holds another word.
        """
        for policy in session.POLICIES:
            if policy == self.message:
                return policy
        raise ErrcodesUsageError(
            "message-policy",
            f"errcodes_message = {self.message!r} is not a way to judge messages",
            f"write one of {', '.join(session.POLICIES)}",
        )


@dataclass
class Run:
    """What lives from pytest's start to its end."""

    settings: Settings
    session: session.Session = field(init=False)
    _catalogs: dict[tuple[str, Path], Catalog] = field(default_factory=dict)
    _seam: HttpxSeam | None = None
    _watch: HttpxWatch | None = None

    def __post_init__(self) -> None:
        self.session = session.Session(load=self.catalog, message_policy=self.settings.policy())
        session.push(self.session)

    def close(self) -> None:
        """Give back what was installed, and end the session."""
        for installed in (self._seam, self._watch):
            if installed is not None:
                installed.remove()
        session.pop(self.session)

    def catalog(self, source: str | None = None, beside: Path | None = None) -> Catalog:
        """Return a catalog: the run's own, or the one a marker in the file ``beside`` names.

        A relative path starts at the test file's folder where the file is there, else at the
        root folder of the run.

        Raises:
            CatalogError: No such catalog, or one with faults.
        """
        from pytest_errcodes.catalog import load_catalog
        from pytest_errcodes.catalog.loading import _is_path as is_path

        name = source or self.settings.catalog
        folder = self.settings.root
        if beside is not None and source and (beside.parent / source).exists():
            folder = beside.parent
        key = (name, folder)
        if key not in self._catalogs:
            where: Any = folder / name if is_path(name) else name
            self._catalogs[key] = load_catalog(where)
        return self._catalogs[key]

    def watch(self) -> HttpxWatch:
        """Return the watch on httpx, made when a test first has an expectation."""
        if self._watch is None:
            from pytest_errcodes.simulation.watch import HttpxWatch

            self._watch = HttpxWatch(self._client_saw)
        return self._watch

    def router(self, catalog: Catalog, options: dict[str, Any]) -> CodeRouter:
        """Return a new router for one test; it is not started."""
        from pytest_errcodes.simulation import CodeRouter
        from pytest_errcodes.simulation.seam import HttpxSeam

        if self._seam is None:
            self._seam = HttpxSeam(share_tls=self.settings.share_tls)
        options = {"base_url": self.settings.base_url or None, **options}
        return CodeRouter(catalog=catalog, seam=self._seam, observe=self._route_sent, **options)

    def _route_sent(self, reply: Reply, request: Any) -> None:
        if self.session.recorder is not None:
            from pytest_errcodes.simulation.nearest import describe_request

            place = describe_request(request)
            self.session.recorder.add(reply.code, reply.message, "route", place)

    def _client_saw(self, envelope: Envelope, place: str) -> None:
        if self.session.recorder is not None:
            self.session.recorder.add(envelope.code, envelope.message, "client", place)
