"""What stands where the real network would: where requests are caught, and answers observed."""

from __future__ import annotations

from pytest_errcodes.simulation.adapters.httpcore import HttpxSeam
from pytest_errcodes.simulation.adapters.httpx import HttpxWatch


class Network:
    """What one run installs into HTTP libraries.

    Args:
        share_tls: Whether equal TLS contexts are loaded once while routes are active.
    """

    def __init__(self, *, share_tls: bool = True) -> None:
        self.seam = HttpxSeam(share_tls=share_tls)
        self._watch = HttpxWatch()

    def bind(self) -> None:
        """Install what tests need, while none of their fixtures can have replaced anything."""
        self.seam.ensure()

    def prepare(self) -> None:
        """Get ready for the routes of a test, until ``release`` was called as often."""
        self.seam.share_tls()

    def release(self) -> None:
        """Take one ``prepare`` back."""
        self.seam.unshare_tls()

    def watch(self) -> None:
        """Observe what clients receive from now on."""
        self._watch.start()

    def unwatch(self) -> None:
        """Observe what clients receive no longer."""
        self._watch.stop()

    def close(self) -> None:
        """Give back what was installed."""
        self.seam.remove()
        self._watch.remove()
