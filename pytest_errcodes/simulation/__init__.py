"""Routes that answer with any documented code, for whatever HTTP library the client uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.simulation.network import Network
    from pytest_errcodes.simulation.reply import Reply
    from pytest_errcodes.simulation.route import CodeRoute
    from pytest_errcodes.simulation.router import CodeRouter
    from pytest_errcodes.simulation.script import Script
    from pytest_errcodes.simulation.unmatched_request import UnmatchedRequestError

__all__ = ["CodeRoute", "CodeRouter", "Network", "Reply", "Script", "UnmatchedRequestError"]

_HOMES = {
    "CodeRoute": "route",
    "CodeRouter": "router",
    "Network": "network",
    "Reply": "reply",
    "Script": "script",
    "UnmatchedRequestError": "unmatched_request",
}


def __getattr__(name: str) -> object:
    from pytest_errcodes._lazy import import_late

    return import_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__
