"""A file of snapshots is whole or as it was, whatever ends the process that writes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from syrupy.data import Snapshot, SnapshotCollection

from pytest_errcodes.snapshot.extension import EnvelopeSnapshotExtension

resource = pytest.importorskip("resource", reason="only systems of POSIX bound the size of files")

#: The kernel ends a write in its midst where the bound is reached: by an error, or by a signal.
_WRITER = """
import resource, signal, sys
from syrupy.data import Snapshot, SnapshotCollection
from pytest_errcodes.snapshot.extension import EnvelopeSnapshotExtension

if sys.argv[2] == "killed":
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
collection = SnapshotCollection(location=sys.argv[1])
collection.add(Snapshot(name="second", data="long " * 20_000))
try:
    EnvelopeSnapshotExtension.serializer_class.write_file(collection, merge=True)
except OSError as error:
    sys.exit(error.errno)
"""


def _write(path, name):
    collection = SnapshotCollection(location=str(path))
    collection.add(Snapshot(name=name, data="x"))
    EnvelopeSnapshotExtension.serializer_class.write_file(collection, merge=True)


@pytest.mark.parametrize("end", ["full", "killed"])
def test_write_that_ends_in_its_midst(tmp_path, end):
    """The old file stands as it was, and the next run writes on."""
    path = tmp_path / "test.ambr"
    _write(path, "first")
    before = path.read_bytes()

    done = subprocess.run(
        [sys.executable, "-c", _WRITER, str(path), end],
        # As in a worker of xdist, which leaves the telling to its controller.
        env=os.environ | {"PYTEST_XDIST_WORKER": "gw0"},
        check=False,
        timeout=60,
    )

    assert done.returncode == (27 if end == "full" else -signal.SIGXFSZ)  # 27: file too large
    assert path.read_bytes() == before
    _write(path, "third")
    assert all(name in path.read_bytes() for name in (b"first", b"third"))
    assert [one.name for one in tmp_path.glob("*.ambr")] == ["test.ambr"]
    if end == "full":  # who is killed tidies nothing up
        left = {one.name for one in tmp_path.iterdir()} - {"test.ambr.lock"}  # of newer syrupys
        assert left == {"test.ambr"}


def test_no_regular_file(tmp_path):
    """A pipe in place of the file is not waited for, and what is not there is empty."""
    path = tmp_path / "orders.ambr"
    read = EnvelopeSnapshotExtension.serializer_class.read_file
    assert not list(read(str(path)))
    os.mkfifo(path)
    with pytest.raises(OSError) as caught:  # its whole text is asserted below
        read(str(path))
    assert str(caught.value) == f"{path} is a pipe, no regular file"
