"""Files of snapshots that are read and written with more care than syrupy takes."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from syrupy.extensions.amber.serializer import AmberDataSerializer

from pytest_errcodes.disk.file_reading import UnreadableFileError, find_state, is_regular
from pytest_errcodes.disk.file_writing import copy_file, replacing

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
        """Write as syrupy does, into a file that takes the old one's place when it is whole."""
        location = snapshot_collection.location
        if _is_locked():  # syrupy does the same then, with a lock around it
            super().write_file(snapshot_collection, *args, **options)
            return
        twin = copy(snapshot_collection)
        with replacing(location) as beside:
            # What is there already is merged from where it is written to.
            if is_regular(location):
                copy_file(location, beside)
            twin.location = beside
            super().write_file(twin, *args, **options)


def _is_locked() -> bool:
    """Return whether syrupy writes with a lock; older releases never do."""
    try:
        from syrupy.utils import snapshot_file_lock_enabled
    except ImportError:
        return False
    return bool(snapshot_file_lock_enabled())
