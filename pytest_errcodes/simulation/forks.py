"""What a fork of the test's process found, told to the process that judges the test.

A fork has the routes as they were when it was made, and what it finds stays in its own memory. So
it adds each finding to a file whose name both know. The file is made right before a fork, and taken
away with the router: what a fork finds later has nowhere to go, and leaves nothing behind.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from itertools import count
from tempfile import gettempdir
from typing import TYPE_CHECKING

from pytest_errcodes.disk.file_reading import UnreadableFileError, is_real, read_real_file
from pytest_errcodes.disk.file_writing import (
    append_to_real_file,
    create_real_file,
    remove_real_file,
)

if TYPE_CHECKING:
    from pytest_errcodes.simulation.findings.finding import Finding

#: One process tells of so many findings, and of no more.
MOST = 100
_getpid = partial(os.getpid)  # the real one, whatever a test puts in its place
_OF_FORKS = (
    "the test made a fork, whose calls are not counted: say .optional(), or call it in this process"
)


class _Census:
    """Counts how often this process was forked, or one that it is a fork of.

    Attributes:
        count: How often.
        waiting: Who waits for what forks have to tell.
    """

    def __init__(self) -> None:
        self.count = 0
        self._token = os.urandom(12).hex()
        self._numbers = count()
        self.waiting: set[Forks] = set()

    def name_file(self) -> str:
        """Return the name of a file that nobody else has, and nobody can guess."""
        # The token is drawn once, as each test asks for a name; a fork has a number of its own.
        return f"pytest-errcodes-{self._token}-{_getpid()}-{next(self._numbers)}"

    def note(self) -> None:
        """Count one more, and let each router that waits make the file for what it finds."""
        self.count += 1
        for one in list(self.waiting):
            one.prepare()


#: One for the module: a function that is registered for forks can never be unregistered.
_CENSUS = _Census()
if hasattr(os, "register_at_fork"):  # not on Windows, where nothing forks
    os.register_at_fork(before=_CENSUS.note)


class Forks:
    """The findings of forks, for one router.

    It belongs to the process that made it; every other one that uses it is a fork of that.
    """

    def __init__(self) -> None:
        self._process = _getpid()
        self._before = _CENSUS.count
        self._path = ""  # before the first fork
        self._told = 0
        self._read = 0  # how many bytes of the file were read

    def begin(self) -> None:
        """Make the file before each fork from now on: the router is started."""
        _CENSUS.waiting.add(self)

    def end(self) -> None:
        """Make none any more: a stopped router finds nothing in a fork."""
        _CENSUS.waiting.discard(self)

    def prepare(self) -> None:
        """Make the file, before a fork; where it cannot be made, no fork tells anything."""
        if _getpid() != self._process:
            return
        if not self._path:
            self._path = f"{gettempdir()}{os.sep}{_CENSUS.name_file()}"
        if not is_real(self._path):
            with suppress(OSError):
                create_real_file(self._path)

    def tell(self, finding: Finding) -> None:
        """Tell of a finding, if this process is a fork; one that cannot be written is lost."""
        if _getpid() == self._process or self._told >= MOST:
            return
        self._told += 1
        import json

        # One write: several forks may tell at once.
        with suppress(OSError):
            append_to_real_file(self._path, json.dumps(finding).encode() + b"\n")

    def take(self) -> list[Finding]:
        """Return what forks have told since it was last asked."""
        if self._before == _CENSUS.count or not self._may_have_told():
            return []
        try:
            told = read_real_file(self._path)
        except UnreadableFileError:
            return []
        whole = told[self._read : told.rfind(b"\n") + 1]
        self._read += len(whole)
        return [_read_finding(line) for line in whole.splitlines()]

    def advise(self) -> str:
        """Return why a request may have been made and not seen here: in a fork; else nothing."""
        return _OF_FORKS if self._before != _CENSUS.count else ""

    def _may_have_told(self) -> bool:
        """Return whether a fork of this process has told anything."""
        return _getpid() == self._process and is_real(self._path)

    def close(self) -> None:
        """Take the file away; a fork that is made later has nobody to tell."""
        self.end()
        if self._before != _CENSUS.count and self._may_have_told():
            with suppress(OSError):
                remove_real_file(self._path)


def _read_finding(line: bytes) -> Finding:
    import json

    from pytest_errcodes.simulation.findings.finding import Difference, Finding, NearRoute

    slug, subject, hint, nearest, others, _ = json.loads(line)
    near = tuple(NearRoute(route, Difference(*difference)) for route, difference in nearest)
    return Finding(slug, f"{subject} in a fork", hint, near, others)
