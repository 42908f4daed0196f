"""Workers of xdist that are forks of the process which the run itself is a fork of.

Each worker would be a new Python that imports pytest, which takes longer than most of our runs.
Here a run that asks for xdist has a process beside it, which has imported what the run had imported
when it began, and no more; each worker is a fork of that one.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

    from execnet.gateway_base import ExecModel

#: As many bytes as tell a worker's process id.
_ID = 16


def fork_workers() -> bool:
    """Let each worker that this process starts be a fork of what it is now.

    Returns:
        Whether this is still the process itself. In each worker it is not: that has served to its
        end, and shall leave as a program does.
    """
    # What pytest needs no more than any plugin, so that other programs begin without it.
    import socket

    from execnet import gateway_io

    ours, theirs = socket.socketpair()
    if os.fork():
        theirs.close()
        gateway_io.Popen2IOMaster.__init__ = _make_beginning(ours)
        return True
    ours.close()
    _serve(theirs)
    return False


def _serve(asked: socket.socket) -> None:
    """Fork for each worker that is asked for; return in the forks alone."""
    import socket

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # none is waited for
    while True:
        length, descriptors, _, _ = socket.recv_fds(asked, _ID, 3)
        if not length:
            os._exit(0)
        text = b""
        while len(text) < int(length):
            text += asked.recv(int(length) - len(text))
        process = os.fork()
        if not process:
            break
        for descriptor in descriptors:
            os.close(descriptor)
        asked.sendall(str(process).rjust(_ID).encode())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asked.close()
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    _work(**json.loads(text))
    _save_coverage()


def _save_coverage() -> None:
    """Keep which lines a worker has run, where they are counted, as a new Python would."""
    if "coverage" in sys.modules:
        from coverage import Coverage

        counting = Coverage.current()
        if counting is not None:
            counting.stop()
            counting.save()


def _work(folder: str, environment: dict[str, str]) -> None:
    """Do as ``python -u -c`` does with the one line by which execnet begins."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["-c"]
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", 1, closefd=False)
    main = sys.modules["__main__"] = ModuleType("__main__")
    exec(eval(sys.stdin.readline()), main.__dict__)  # execnet's own first words


class _Worker:
    """A process that is no child of this one, with what execnet asks of a child."""

    def __init__(self, process: int) -> None:
        self.pid = process
        self._ended = os.pidfd_open(process)

    def wait(self) -> int:
        """Wait until it has ended; how, nobody asks."""
        select.select([self._ended], [], [])
        return 0

    def kill(self) -> None:
        """End it."""
        signal.pidfd_send_signal(self._ended, signal.SIGKILL)


def _make_beginning(workers: socket.socket) -> object:
    """Return how execnet's end of a new process begins: with a fork, and the way to it."""
    import socket

    from execnet.gateway_base import Popen2IO

    def begin(self: Popen2IO, args: list[str], execmodel: ExecModel) -> None:
        inner, words = os.pipe()
        answers, outer = os.pipe()
        asked = json.dumps({"folder": str(Path.cwd()), "environment": dict(os.environ)}).encode()
        socket.send_fds(workers, [str(len(asked)).rjust(_ID).encode()], [inner, outer, 2])
        workers.sendall(asked)
        os.close(inner)
        os.close(outer)
        self.popen = _Worker(int(workers.recv(_ID, socket.MSG_WAITALL)))
        Popen2IO.__init__(self, os.fdopen(words, "wb", 0), os.fdopen(answers, "rb"), execmodel)

    return begin
