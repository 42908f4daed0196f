"""What is active now: the settings that plain helper functions ask for, and who observes.

``assert_code(response, 401009)`` takes no fixture, so it needs one place to look up the
catalog and to tell what it saw. Context variables do not reach the event loops and threads that
plugins create beforehand, so this is a stack of contexts: a run of pytest pushes its own and
pops it at the end, and a run inside a run (``pytester``) sees only the innermost. It is the
one piece of state that a module of this package holds.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal

from pytest_errcodes.active.carriers import Carriers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from re import Pattern
    from types import CodeType

    from pytest_errcodes.active.carriers import Carrier
    from pytest_errcodes.active.drift import Drift
    from pytest_errcodes.active.observation import NoEnvelope, Observation, RawAnswer, Stray
    from pytest_errcodes.catalog import Catalog, Code
    from pytest_errcodes.errors import ErrcodesUsageError

    Observer = Callable[[Observation], object]
    #: What a helper may say itself of an object that carries a code.
    Aspect = Literal["message", "received", "exception"]

MessagePolicy = Literal["template", "warn", "ignore"]
POLICIES: tuple[MessagePolicy, ...] = ("template", "warn", "ignore")


def _no_test() -> object:
    raise LookupError("no test runs now")


def _watch_nothing() -> Callable[[], object]:
    """Watch nothing, where no run of pytest is."""
    return _pass_over


def _pass_over(*_: object) -> None:
    """Take what nobody asked for."""


class Context:
    """The settings of one run, and who observes what is seen in it.

    Attributes:
        load: Returns the catalog in force; called when a catalog is first needed.
        message_policy: How a message that does not fit its template is judged.
        readers: Ask each whether it can read an envelope out of an object; None means no.
        observers: Each is called with each observation: the running test, a block of
            ``raises_code``.
        test_name: The name of the running test.
        sees_wire: Whether what clients receive is observed now. Without it, that nothing was
            received says nothing.
        no_envelopes: Answers that clients got in the running test and that are none.
        strays: Requests that a thread or task of an earlier test has sent, and nobody told yet.
        drift: Messages that the policy ``warn`` let pass in the running test.
        withdrawn: What was observed in the running test, and then turned out not to hold.
        recorded: What the running test asserted of the answers that a mock kept.
        unchecked: What tells of each helper that the running test made and that checked nothing
            so far, by the helper's identity; and of each that failed, by where it stands.
        open_blocks: What leaves each block of ``raises_code`` that was entered and not left yet, by
            the block's identity.
        has_early_blocks: Whether a block was made while no test ran, as for ``parametrize``.
        start_router: Starts the router of the running test, and returns it.
        watch_wire: Lets what clients receive be observed from now on, where it is not; returns
            what ends that.
        carriers: Tells the objects apart that carried envelopes in the running test.
        counted: The codes of which the running test says how often they are received: by its
            markers, or by a block that it is in.
        accounted: What was seen by blocks of the running test that said so, and were left.
        settled: What a helper of the running test has said and judged itself of what surfaced: its
            ``message``, that it need not be ``received``, its ``exception``'s class.
        test_codes: The code objects of the running test's own function, if it is to be judged.
        hand_over: Called with each response that an HTTP client returns to that function, and
            the request that it answers, where the response does not know it.
        doubted: The codes of which the running test asserted what does not hold, or what only a
            mock kept.
        secret_names: What finds the names of secrets that the settings add.
        received: How many envelopes clients have received so far.
        take_answer: Called with each answer that a client got, of whatever form; None where
            nobody wants it, as in nearly every run.
        take_raised: Called with each exception that a test caught, or that ended it; None likewise.
        take_failed_answer: Called with each exception that came of asking a route for its answer,
            and the request.
    """

    def __init__(
        self, load: Callable[[], Catalog], message_policy: MessagePolicy = "template"
    ) -> None:
        self.load = load
        self.message_policy: MessagePolicy = message_policy
        self.readers: list[Callable[[object], Any]] = []
        self.observers: list[Observer] = []
        self.test_name = ""
        self.sees_wire = False
        self.no_envelopes: list[NoEnvelope] = []
        self.strays: list[Stray] = []
        self.drift: list[Drift] = []
        self.withdrawn: list[Observation] = []
        self.recorded: list[Observation] = []
        self.unchecked: dict[int | str, Callable[[], ErrcodesUsageError]] = {}
        self.open_blocks: dict[int, Callable[[], object]] = {}
        self.has_early_blocks = False
        self.start_router: Callable[[], Any] = _no_test
        self.watch_wire: Callable[[], Callable[[], object]] = _watch_nothing
        self.carriers = Carriers()
        self.counted: set[Code] = set()
        self.accounted: list[Observation] = []
        self.settled: list[tuple[Observation, Aspect]] = []
        self.test_codes: tuple[CodeType, ...] = ()
        self.hand_over: Callable[[Any, Any], object] = _pass_over
        self.doubted: set[Code] = set()
        self.secret_names: tuple[Pattern[str], ...] = ()
        self.received = 0
        self.take_answer: Callable[[RawAnswer], object] | None = None
        self.take_raised: Callable[[BaseException], object] | None = None
        self.take_failed_answer: Callable[[BaseException, str], object] = _pass_over

    @property
    def catalog(self) -> Catalog:
        """The catalog in force."""
        return self.load()

    def begin_test(self, name: str) -> None:
        """Forget what an earlier test has left, as one of this name begins."""
        self.test_name = name
        self.carriers.clear()
        self.unchecked = {}
        self.forget_seen()

    def end_test(self) -> None:
        """Forget what the running test said and counted."""
        self.sees_wire = False
        self.counted = set()
        self.accounted.clear()
        self.test_codes = ()

    def leave_blocks(self) -> None:
        """Leave what the running test has entered and never left: the next test is not its."""
        while self.open_blocks:
            self.open_blocks.popitem()[1]()

    def forget_seen(self) -> None:
        """Forget what was noted beside observations, as when a test's fixtures are set up."""
        self.accounted.clear()
        self.settled.clear()
        self.doubted.clear()
        self.no_envelopes.clear()
        self.withdrawn.clear()
        self.recorded.clear()

    def settle(self, observation: Observation | None, aspect: Aspect) -> None:
        """Note what a helper has said itself of what surfaced, if anything did."""
        if observation is not None:
            self.settled.append((observation, aspect))

    def find_settled(self) -> frozenset[tuple[Carrier | None, Aspect]]:
        """Return the same of each object, without what was taken back with its observation."""
        return frozenset(
            (one.carrier, aspect)
            for one, aspect in self.settled
            if not any(one is other for other in self.withdrawn)
        )

    def subscribe(self, observer: Observer) -> None:
        """Call ``observer`` with each observation from now on."""
        self.observers.append(observer)

    def unsubscribe(self, observer: Observer) -> None:
        """Call ``observer`` no longer; one that was not subscribed is passed over."""
        if observer in self.observers:
            self.observers.remove(observer)


def _embedded() -> Catalog:
    from pytest_errcodes.catalog import load_catalog

    return load_catalog("ltp")


_stack: list[Context] = [Context(load=_embedded)]


def current() -> Context:
    """Return the innermost context; outside pytest, one with the embedded catalog."""
    return _stack[-1]


def push(context: Context) -> None:
    """Make ``context`` the innermost one."""
    _stack.append(context)
    _tell_secret_names()


def pop(context: Context) -> None:
    """Remove ``context``; the one it covered is in force again."""
    _stack.remove(context)
    _tell_secret_names()


def check_names(names: Sequence[str]) -> tuple[Pattern[str], ...]:
    """Return what finds the names of secrets that a setting adds.

    Raises:
        ErrcodesUsageError: One of them is none (``secrets-setting``).
    """
    from pytest_errcodes.text.secret_names import SETTING, read_names

    try:
        return read_names(names)
    except ValueError as error:
        from pytest_errcodes.errors import ErrcodesUsageError

        raise ErrcodesUsageError(
            "secrets-setting",
            f"{SETTING} = {' '.join(names)}: {error.args[0]!r} would hide every value",
            "name fields, headers and parameters, with * where a name goes on: "
            "internalRef x-partner-*",
        ) from None


def _tell_secret_names() -> None:
    """Tell the room of texts, which stands below this one, which names the innermost run adds."""
    names, module = _stack[-1].secret_names, "pytest_errcodes.text.secret_names"
    if names or module in sys.modules:
        from pytest_errcodes.text.secret_names import add_names

        add_names(names)
