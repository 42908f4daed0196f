"""Requests of threads and tasks that have outlived their test: refused, and told by name.

They would meet the routes of whichever test runs now, or the real network.
"""

from __future__ import annotations

import sys
from threading import current_thread
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import Stray
from pytest_errcodes.text.wording import escape

if TYPE_CHECKING:
    from pytest_errcodes.active.ownership import Owner

#: What to do about them.
ADVICE = "stop it before its test ends, or start it in a fixture of the scope for which it lives"


def note_stray(owner: Owner, request: str, verb: str = "sent") -> str:
    """Note a request that is refused, to be told with the test that runs now.

    Args:
        owner: The test whose thread or task sent it.
        request: The request in one line, without secrets; or what else would have left.
        verb: What was not done with it: ``sent``.

    Returns:
        The text of the error with which it is answered.
    """
    stray = Stray(owner.name, _name_sender(), request, verb)
    current().strays.append(stray)
    return f"{write_stray(stray)}; {ADVICE}"


def note_stray_request(owner: Owner, method: str, url: str) -> str:
    """Note a request of any library's that is refused; as ``note_stray``, by method and URL."""
    from pytest_errcodes.simulation.findings.descriptions import describe_sent

    return note_stray(owner, describe_sent(method.upper(), url))


def write_stray(stray: Stray) -> str:
    """Return in one line what was refused, and why."""
    what = f"{stray.request} was not {stray.verb}"
    return escape(f"{what}: {stray.sender} belongs to {stray.owner}, which has ended")


def _name_sender() -> str:
    task = _find_task()
    return f"the thread {current_thread().name}" if task is None else f"the task {task.get_name()}"


def _find_task() -> Any:
    """Return the task of asyncio that runs now; None without one."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return None
    try:
        return asyncio.current_task()
    except RuntimeError:  # no loop runs in this thread
        return None
