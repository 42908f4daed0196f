"""Files of snapshots that are read and written with more care than syrupy takes."""

from __future__ import annotations

import os
from copy import copy
from typing import TYPE_CHECKING, Any

import pytest
from syrupy.extensions.amber.serializer import AmberDataSerializer

from pytest_errcodes.disk.file_reading import UnreadableFileError, find_state, is_regular
from pytest_errcodes.disk.file_writing import advise_on_write, copy_file, replacing

if TYPE_CHECKING:
    from syrupy.data import SnapshotCollection


class WholeFiles(AmberDataSerializer):
    """Writes a file of snapshots whole or not at all: syrupy writes in place, but under xdist.

    It reads regular files alone: a pipe may never send anything.
    """

    @classmethod
    def read_file(cls, filepath: str) -> SnapshotCollection:
        """Read as syrupy does.

        Raises:
            OSError: It is no regular file.
        """
        try:
            find_state(filepath)
        except UnreadableFileError as error:
            if not error.is_missing:
                raise OSError(f"{filepath} {error.reason}") from None
        return super().read_file(filepath)

    @classmethod
    def write_file(
        cls, snapshot_collection: SnapshotCollection, *args: Any, **options: Any
    ) -> None:
        """Write as syrupy does, into a file that takes the old one's place when it is whole.

        Raises:
            pytest.exit.Exception: It cannot be written, which ends the run in words.
            OSError: The same in a worker of xdist, whose end its controller has to tell.
        """
        location = snapshot_collection.location
        if _is_locked():  # syrupy does the same then, with a lock around it
            super().write_file(snapshot_collection, *args, **options)
            return
        twin = copy(snapshot_collection)
        try:
            with replacing(location) as beside:
                # What is there already is merged from where it is written to.
                if is_regular(location):
                    copy_file(location, beside)
                twin.location = beside
                super().write_file(twin, *args, **options)
        except OSError as error:
            if "PYTEST_XDIST_WORKER" in os.environ:
                raise
            reason = f"{location} cannot be written, and is as it was: {error.strerror or error}"
            pytest.exit(f"{reason}\nhint: {advise_on_write(error)}", returncode=1)


def _is_locked() -> bool:
    """Return whether syrupy writes with a lock; older releases never do."""
    try:
        from syrupy.utils import snapshot_file_lock_enabled
    except ImportError:
        return False
    return bool(snapshot_file_lock_enabled())
