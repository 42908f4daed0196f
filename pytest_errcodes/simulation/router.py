"""The router that the fixture ``errcodes`` hands out: respx's, with one more verb."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.answering_router import AnsweringRouter
from pytest_errcodes.simulation.route_index import may_have_loose_end
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from respx.models import Route

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.simulation.findings.finding import Finding
    from pytest_errcodes.simulation.network import Network


class State(Enum):
    """Where a router is between its start and its end.

    ``start`` leads to STARTED from anywhere. The last ``stop`` leads from there to STOPPED, or to
    JUDGED if it is quiet; what then takes the routes or the calls away leads on to JUDGED, after
    their loose ends were noted, and without the routes to CLEARED.
    """

    NEW = "not started yet"
    STARTED = "catches requests"
    STOPPED = "catches none; its routes are there to be looked at, and to be judged"
    JUDGED = "as STOPPED, but nobody is to ask for unused routes and scripts any more"
    CLEARED = "its routes are gone, and were judged"


class CodeRouter(AnsweringRouter):
    """All of ``respx.MockRouter``; its routes have ``reply``, and so has the router itself.

    Args:
        catalog: The catalog whose codes the routes answer with.
        network: What asks the router for answers while it is started.
        base_url: Put in front of the routes' paths.
        assert_all_called: Whether a route that nobody called is a finding.
        assert_all_mocked: Whether a request that no route matches is a finding; if not, it gets
            an empty HTTP 200, as in respx.
        assert_all_sent: Whether a script that was not sent to its end is a finding.
        guards: Whether nothing may leave this machine while it is started, but for requests that a
            route lets pass.
    """

    def __init__(
        self,
        *,
        catalog: Catalog,
        network: Network,
        base_url: str | None = None,
        assert_all_called: bool = True,
        assert_all_mocked: bool = True,
        assert_all_sent: bool = True,
        guards: bool = True,
    ) -> None:
        super().__init__(
            catalog=catalog,
            base_url=base_url,
            assert_all_called=assert_all_called,
            assert_all_mocked=assert_all_mocked,
        )
        self._assert_all_sent = assert_all_sent
        self.guards = guards
        self._network = network
        self._nested: list[CodeRouter] = []
        self._noted: list[Finding] = []  # what routes told that have been taken away since
        self._state = State.NEW
        self._depth = 0  # how often it was started and not stopped

    def __call__(self, func: Any = None, **settings: Any) -> Any:
        """Return a router of the same catalog with other settings, to be used in ``with``.

        Raises:
            TypeError: A function is decorated; the fixture is what a test asks for.
            ValueError: ``network`` is neither ``"refuse"`` nor ``"allow"``.
        """
        if func is not None:
            raise TypeError("errcodes is a fixture, not a decorator: take it as an argument")
        given = {name: value for name, value in settings.items() if value is not None}
        if "network" in given:
            given["guards"] = read_guards(given.pop("network"))
        nested = CodeRouter(catalog=self.catalog, network=self._network, **given)
        self._nested.append(nested)
        return nested

    def __repr__(self) -> str:
        count = len(self.routes)
        return f"<CodeRouter of {self.catalog.name}, {count} {'route' if count == 1 else 'routes'}>"

    # -- starting and stopping -------------------------------------------------------------

    def start(self) -> None:
        """Catch requests from now on; what an earlier start added is gone, as in respx."""
        if self._state in (State.STOPPED, State.JUDGED):
            self._take_away(routes=True, calls=True)
        if not self._depth:
            self.snapshot()
            self._network.enter(self)
            self._forks.begin()
        self._depth += 1
        self._state = State.STARTED

    def stop(self, clear: bool = False, reset: bool = False, quiet: bool = False) -> None:  # noqa: FBT001, FBT002  # respx's own signature
        """Stop catching requests; routes and calls stay to be looked at, unlike respx's.

        Args:
            clear: Take the routes away now, not with the next start.
            reset: Forget the calls now, not with the next start.
            quiet: Whether routes that nobody called, and scripts that ended early, are no finding.
        """
        self._depth = max(self._depth - 1, 0)
        if self._depth or not self._network.leave(self):
            return
        self._forks.end()
        self._state = State.JUDGED if quiet else State.STOPPED
        if clear or reset:
            self._take_away(routes=clear, calls=reset)

    def close(self) -> None:
        """Stop for good, however often it was started, and so the routers that it returned."""
        self._depth = min(self._depth, 1)
        self.stop()
        for nested in self._nested:
            nested.close()
        self._unmatched += self._forks.take()
        self._forks.close()

    def _take_away(self, *, routes: bool, calls: bool) -> None:
        """Take routes or calls away, after what they tell was noted."""
        self._noted += self._find_loose_ends(at_end=self._state is State.STOPPED)
        self._state = State.JUDGED
        if routes:
            self._state = State.CLEARED
            self.rollback()
        if calls:
            self.reset()

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.stop(quiet=exc_type is not None)

    def snapshot(self) -> None:
        """Keep routes and calls for ``rollback``."""
        if self.routes.in_order or self._log:
            super().snapshot()
        else:
            self.snapshot_nothing()

    # -- attempts --------------------------------------------------------------------------

    def begin_attempt(self) -> Callable[[], None]:
        """Begin one of several attempts that a test makes with the same router.

        Returns:
            What takes back the attempt's routes, calls and findings, and the steps of scripts.
        """
        from pytest_errcodes.simulation.attempts import begin_attempt

        found = (self._nested, self._unmatched, self._noted)
        return begin_attempt(self, found)

    def end_attempts(self) -> None:
        """Let routes be judged again that were there before the attempts."""
        from pytest_errcodes.simulation.attempts import end_attempts

        end_attempts(self.routes)

    def list_nearest(self) -> Iterable[Route]:
        """Return the routes that are asked with these, if it is started, else these alone."""
        return self._network.routes() if self._state is State.STARTED else self.routes

    # -- what the test's own hook asks -----------------------------------------------------

    @property
    def has_unmatched(self) -> bool:
        """Whether a request came that no route matches."""
        self._unmatched += self._forks.take()
        return bool(self._unmatched) or any(nested.has_unmatched for nested in self._nested)

    def note_refused(self, finding: Finding) -> None:
        """Take the finding of what would have left this machine; one of several equal ones."""
        if finding not in self._unmatched:
            self.note(finding)

    def findings(self, *, at_end: bool = True) -> list[Finding]:
        """Return what was wrong with requests and routes.

        Args:
            at_end: Whether the test ran to its end. Before, that a route was not called or a script
                not sent to its end says nothing.
        """
        self._unmatched += self._forks.take()
        found = [*self._unmatched, *self._noted]
        found += self._find_loose_ends(
            at_end=at_end and self._state not in (State.JUDGED, State.CLEARED)
        )
        for nested in self._nested:
            found += nested.findings(at_end=at_end)
        return found

    def _find_loose_ends(self, *, at_end: bool) -> list[Finding]:
        routes = self.routes
        if not (routes.gone or any(map(may_have_loose_end, routes.in_order))):
            return []
        from pytest_errcodes.simulation.findings.loose_ends import find_loose_ends

        return find_loose_ends(
            [*routes.gone, *routes],
            uncalled=at_end and self._assert_all_called,
            unsent=at_end and self._assert_all_sent,
            elsewhere=self._network.elsewhere,
            otherwise=self._forks.advise(),
        )


def read_guards(network: object) -> bool:
    """Return whether a router guards the network, of what its user says.

    Raises:
        ValueError: It is neither ``"refuse"`` nor ``"allow"``.
    """
    if type(network) is not str or network not in ("refuse", "allow"):
        raise ValueError(f'network is {show_value(network)}, and must be "refuse" or "allow"')
    return network == "refuse"
