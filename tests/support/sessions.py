"""A session for the tests of plain helper functions, apart from that of the run."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import Session, pop, push
from pytest_errcodes.active.observation import Recorder
from pytest_errcodes.catalog import load_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def pushed(**settings: Any) -> Iterator[Session]:
    """Run the block in a session with the embedded catalog and a recorder."""
    session = Session(**{"load": lambda: load_catalog("ltp"), **settings})
    session.recorder = Recorder()
    push(session)
    try:
        yield session
    finally:
        pop(session)
