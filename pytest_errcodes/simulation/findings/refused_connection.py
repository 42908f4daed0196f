"""The finding of what would have left this machine while routes were active."""

from __future__ import annotations

import sys
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from pytest_errcodes.active.ownership import find_owner
from pytest_errcodes.simulation.findings.finding import Finding

if TYPE_CHECKING:
    from types import FrameType

#: Packages that connect for others.
_BETWEEN = frozenset(
    {
        "_pytest", "anyio", "asyncio", "concurrent", "contextlib", "contextvars", "functools",
        "outcome", "pytest_errcodes", "runpy", "selectors", "sniffio", "socket", "socketserver",
        "ssl", "threading", "trio",
    }
)  # fmt: skip
_INSTALLED = ("site-packages", "dist-packages")

_ADVICE = (
    "let {} talk to a server on 127.0.0.1, or give it a transport of your own; to let it out, put "
    '@pytest.mark.errcodes(network="allow") on the test, or .pass_through() on the route of a '
    "request"
)


def make_refused(what: str, library: str) -> Finding:
    """Return the finding of what was refused.

    Args:
        what: What would have left, with host and port: ``a connection to example.com:443``.
        library: Who asked for it; empty where that cannot be told.
    """
    subject = what + (f" by {library}" if library else "")
    thread = current_thread()
    if thread is not main_thread() and find_owner() is None:  # perhaps not of this test
        subject += f" in the thread {thread.name}"
    return Finding("refused-connection", subject, _ADVICE.format(library or "the client"))


def find_library(frame: FrameType | None) -> str:
    """Return the library that connects, as its users import it; empty where it cannot be told.

    Args:
        frame: The frame that asked Python for it; the frames above it are looked at too.
    """
    standard = ""
    while frame is not None:
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        is_installed = any(folder in frame.f_code.co_filename for folder in _INSTALLED)
        if package in _BETWEEN:
            pass
        elif is_installed:
            return package
        elif package in sys.stdlib_module_names:
            standard = standard or package
        else:  # a frame of the user's own code
            return standard
        frame = frame.f_back
    return standard
