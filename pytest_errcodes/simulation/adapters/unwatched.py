"""Whose requests nothing sees: libraries that send them in C, and other programs."""

from __future__ import annotations

import sys
from typing import Any

from pytest_errcodes.text.wording import join_words

#: Modules of libraries whose connections are made outside of what Python can see, or that no
#: adapter knows; one that is loaded may have been called.
_MODULES = (
    "curl_cffi",
    "grpc",
    "niquests",
    "primp",
    "pycurl",
    "pyreqwest",
    "rnet",
    "tls_client",
    "tornado.simple_httpclient",
    "treq",
)


def _find_resource() -> Any:
    try:
        import resource
    except ImportError:  # Windows has no such module
        return None
    return resource


_RESOURCE = _find_resource()  # not for each test


class UnwatchedRequests:
    """Tells what may have sent requests since it was made that nothing saw."""

    def __init__(self) -> None:
        self._children = _count_children()

    def find_senders(self) -> str:
        """Return what may have sent them, for a reader; empty where there is nothing."""
        names = [name.partition(".")[0] for name in _MODULES if name in sys.modules]
        if _count_children() != self._children:
            names.append("another program")
        return join_words(names) if names else ""


def _count_children() -> int:
    """Return a number that grows with each program that this process has started and waited for."""
    if _RESOURCE is None:
        return 0
    found: int = _RESOURCE.getrusage(_RESOURCE.RUSAGE_CHILDREN).ru_minflt
    return found
