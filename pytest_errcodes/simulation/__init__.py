"""Routes that answer with any documented code, for whatever HTTP library the client uses."""

from __future__ import annotations

from pytest_errcodes.simulation.reply import Reply, Script
from pytest_errcodes.simulation.route import CodeRoute
from pytest_errcodes.simulation.router import CodeRouter, UnmatchedRequestError

__all__ = ["CodeRoute", "CodeRouter", "Reply", "Script", "UnmatchedRequestError"]
