"""Unused snapshots of envelopes, and workers that write and read snapshots."""

from __future__ import annotations

import pytest
import syrupy
from snapshot_suite import ONE, TWO, Suite


@pytest.fixture
def suite(pytester, monkeypatch):
    """An empty suite, apart from the run that this test belongs to."""
    return Suite(pytester, monkeypatch)


XDIST = pytest.mark.parametrize("xdist", [(), ("-n", "2")], ids=["alone", "xdist"])
LOCKS = hasattr(syrupy.utils, "exclusive_file_lock")
HINT = "Re-run pytest with --snapshot-update to delete unused snapshots."


@XDIST
def test_unused_snapshots_fail(suite, xdist):
    """A snapshot that no test asked for fails the run, as in syrupy."""
    suite.write(TWO)
    suite.run("--snapshot-update")
    suite.write(ONE)
    assert suite.run(*xdist) == (1, ["1 snapshot passed. 1 snapshot unused.", "", HINT])


@XDIST
def test_unused_snapshots_warn(suite, xdist):
    """``--snapshot-warn-unused`` only tells of them."""
    suite.write(TWO)
    suite.run("--snapshot-update")
    suite.write(ONE)
    report = ["1 snapshot passed. 1 snapshot unused.", "", HINT]
    assert suite.run("--snapshot-warn-unused", *xdist) == (0, report)


@XDIST
def test_unused_snapshots_are_deleted(suite, xdist):
    """``--snapshot-update`` deletes them, and says which."""
    suite.write(TWO)
    suite.run("--snapshot-update")
    suite.write(ONE)
    report = [
        "1 snapshot passed. 1 unused snapshot deleted.",
        "",
        "Deleted test_placed[{}] (__snapshots__/test_orders.ambr)",
    ]
    assert suite.run("--snapshot-update", *xdist) == (0, report)
    assert list(suite.stored()) == ["test_duplicate[{}]"]


@pytest.mark.parametrize(
    "selection",
    [
        ("-k", "duplicate"),
        ("-k", "envelope or duplicate"),
        ("test_orders.py::test_duplicate",),
        ("test_fees.py",),
    ],
)
def test_what_was_not_selected_is_not_unused(suite, selection):
    """Snapshots of tests that were not selected are left alone."""
    suite.write(TWO)
    suite.write(ONE, "test_fees")
    suite.run("--snapshot-update")
    passed = 1 if len(selection) == 1 else 2
    report = [f"{passed} snapshot{'s' if passed > 1 else ''} passed."]
    assert suite.run(*selection) == (0, report)
    assert suite.run("--snapshot-update", *selection) == (0, report)
    assert list(suite.stored()) == ["test_duplicate[{}]", "test_placed[{}]"]


def test_what_was_skipped_is_not_unused(suite):
    """The snapshot of a skipped test is left alone, though only plain ones were used."""
    body = """
        def test_plain(snapshot):
            assert 1 == snapshot

        def test_duplicate(envelope_snapshot):
            assert DUPLICATE == envelope_snapshot
    """
    suite.write(body)
    suite.run("--snapshot-update")
    suite.write(body.replace("def test_dup", "@pytest.mark.skip\n        def test_dup"))
    assert suite.run() == (0, ["1 snapshot passed."])


# -- xdist -----------------------------------------------------------------------------------


def test_update_under_xdist(suite):
    """Workers that write different files store every snapshot."""
    suite.write(TWO)
    suite.write(ONE, "test_fees")
    code, _ = suite.run("--snapshot-update", "-n", "2", "--dist", "loadfile")
    assert code == 0
    assert list(suite.stored()) == ["test_duplicate[{}]", "test_placed[{}]"]
    assert list(suite.stored("test_fees")) == ["test_duplicate[{}]"]
    code, _ = suite.run("-n", "2")
    assert code == 0
    suite.result.assert_outcomes(passed=3)


def test_a_mismatch_under_xdist(suite):
    """A mismatch fails under xdist with the same diff."""
    suite.write(ONE)
    suite.run("--snapshot-update")
    suite.write(ONE.replace("already exists", "exists"))
    code, _ = suite.run("-n", "2")
    assert code == 1
    assert suite.failure == [
        "assert [+ received] == [- snapshot]",
        "envelope (format 1)",
        "...",
        "template: 'clientOrderId already exists'",
        "+   message: 'clientOrderId exists' (does not fit the template)",
        "data: None",
    ]


@pytest.mark.skipif(not LOCKS, reason="this syrupy does not lock a file that several workers write")
def test_update_of_one_module_under_xdist(suite):
    """Workers that write one file store every snapshot."""
    suite.write("""
        @pytest.mark.parametrize("number", range(8))
        def test_one(number, envelope_snapshot):
            assert DUPLICATE == envelope_snapshot
    """)
    assert suite.run("--snapshot-update", "-n", "2") == (0, ["8 snapshots generated."])
    assert list(suite.stored()) == [f"test_one[{number}][{{}}]" for number in range(8)]


def test_a_module_with_plain_snapshots_too_under_xdist(suite):
    """Both kinds are written and counted under xdist as well."""
    suite.write("""
        def test_plain(snapshot):
            assert DUPLICATE["code"] == snapshot

        def test_envelope(envelope_snapshot):
            assert DUPLICATE == envelope_snapshot
    """)
    # Both kinds stand in one file: without a lock, the worker that writes last may be alone in it.
    workers = ("-n", "2") if LOCKS else ()
    assert suite.run("--snapshot-update", *workers) == (0, ["2 snapshots generated."])
    assert suite.run("-n", "2") == (0, ["2 snapshots passed."])
