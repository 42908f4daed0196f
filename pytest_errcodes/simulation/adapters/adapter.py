"""What an adapter is: it brings one library's requests to the network, and its answers back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.patching import Patching

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable
    from types import ModuleType
    from typing import Protocol

    import httpx

    from pytest_errcodes.simulation.adapters.patching import Place
    from pytest_errcodes.simulation.answers import Answer
    from pytest_errcodes.simulation.findings.finding import Finding
    from pytest_errcodes.simulation.incoming import Incoming
    from pytest_errcodes.simulation.reply import Reply

    class Asked(Protocol):
        """The network, as adapters see it."""

        @property
        def routers(self) -> Collection[object]:
            """The active routers; without any, requests go where they went before."""

        @property
        def watched(self) -> bool:
            """Whether what clients receive is observed now."""

        @property
        def shares_tls(self) -> bool:
            """Whether clients are built now that need no TLS context of their own."""

        @property
        def guarded(self) -> bool:
            """Whether nothing may leave this machine now but what was let pass."""

        def note_refused(self, finding: Finding) -> None:
            """Note what would have left, to be told with the test."""

        def bind(self) -> None:
            """See that each adapter's patches are in place."""

        def answer(self, incoming: Incoming) -> Generator[Any, Any, Answer]:
            """Tell what a request comes to; a body for ``run`` or ``run_async``."""

        def reply(self, incoming: Incoming) -> Reply | None:
            """Tell the same where it is a reply of ours, as for nearly all requests; else None."""

        def note_elsewhere(
            self, request: httpx.Request | Incoming, name: Callable[[], str]
        ) -> None:
            """Note that somebody else has answered a request, and what tells who it was."""


#: Names the adapter in a method that asks it before anybody else, and the method: whoever stands
#: above may ask the adapter itself. ``functools.wraps`` gives what stands in between the same name.
ASKED_FIRST = "_pytest_errcodes_asked_first"


class Adapter:
    """One library's way to the network.

    It is made once its library is imported, and finds the classes that it patches then: later, a
    test may have put something else in their place. A patch stays for as long as the network
    lasts, and looks at what is active, so that a test costs no patching. An adapter may catch
    requests, watch answers, and make clients cheap: each method does nothing unless the library
    needs it. All may be called again and again, in any order.

    Args:
        network: What answers the requests.
        library: The library: where a test or a plugin has it imported anew, the new one gets an
            adapter too.

    Raises:
        LookupError: Its release lacks what the adapter needs.
    """

    def __init__(self, network: Asked, library: ModuleType) -> None:
        self.network = network
        self.library: Any = library

    def bind(self) -> None:
        """Patch what catches requests, as far as it is not patched.

        Called before a test's fixtures, and with each router that is started, if anything has
        changed in its places: others may have replaced the same functions, and put back what they
        found.
        """

    def look_again(self) -> None:
        """Patch again what a test's fixtures have replaced, to be told of what they answer."""

    def places(self) -> Iterable[Place]:
        """Return where others may replace what is bound."""
        return ()

    def stand_back(self) -> None:
        """Give back what tests without routes and expectations may look for, until it is bound."""

    def unbind(self) -> None:
        """Give the library back all that was patched; the adapter is not used again."""

    def watch(self) -> None:
        """Patch what observes the envelopes that clients receive, while the network is watched."""

    def prepare(self) -> None:
        """Make clients cheap to build, while the network shares what they need.

        Called once, when a test first has routes; not at all where a setting says so.
        """


class PatchingAdapter(Patching, Adapter):
    """An adapter that does all it does by patches."""

    def watch(self) -> None:
        """Patch what is not patched."""
        self.bind()
