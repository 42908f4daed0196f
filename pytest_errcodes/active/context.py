"""What is active now: the settings and the recorder that plain helper functions ask for.

``assert_code(response, 401009)`` takes no fixture, so it needs one place to look up the
catalog and the recorder. Context variables do not reach the event loops and threads that
plugins create beforehand, so this is a stack of sessions: a run of pytest pushes its own and
pops it at the end, and a run inside a run (``pytester``) sees only the innermost. It is the
one piece of state that a module of this package holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.active.drift import Drift
    from pytest_errcodes.active.observation import Recorder
    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.simulation import CodeRouter

MessagePolicy = Literal["template", "warn", "ignore"]
POLICIES: tuple[MessagePolicy, ...] = ("template", "warn", "ignore")


def _no_test() -> CodeRouter:
    raise LookupError("no test runs now")


class Session:
    """The settings of one run, and the recorder of the test that runs now.

    Attributes:
        load: Returns the catalog in force; called when a catalog is first needed.
        message_policy: How a message that does not fit its template is judged.
        readers: Ask each whether it can read an envelope out of an object; None means no.
        recorder: The observations of the running test, or None between tests.
        drift: Messages that the policy ``warn`` let pass in the running test.
        start_router: Starts the router of the running test, and returns it.
    """

    def __init__(
        self, load: Callable[[], Catalog], message_policy: MessagePolicy = "template"
    ) -> None:
        self.load = load
        self.message_policy: MessagePolicy = message_policy
        self.readers: list[Callable[[object], Any]] = []
        self.recorder: Recorder | None = None
        self.drift: list[Drift] = []
        self.start_router: Callable[[], CodeRouter] = _no_test

    @property
    def catalog(self) -> Catalog:
        """The catalog in force."""
        return self.load()


def _embedded() -> Catalog:
    from pytest_errcodes.catalog import load_catalog

    return load_catalog("ltp")


_stack: list[Session] = [Session(load=_embedded)]


def current() -> Session:
    """Return the innermost session; outside pytest, one with the embedded catalog."""
    return _stack[-1]


def push(session: Session) -> None:
    """Make ``session`` the innermost one."""
    _stack.append(session)


def pop(session: Session) -> None:
    """Remove ``session``; the one it covered is in force again."""
    _stack.remove(session)
