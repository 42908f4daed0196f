"""The fixture ``envelope_snapshot``, through the eyes of a suite that uses it."""

from __future__ import annotations

import pytest
from snapshot_suite import DUPLICATE_BLOCK, ONE, TWO, Suite

from pytest_errcodes import NotAnEnvelopeError
from pytest_errcodes.snapshot.extension import EnvelopeSnapshotExtension


@pytest.fixture
def suite(pytester, monkeypatch):
    """An empty suite, apart from the run that this test belongs to."""
    return Suite(pytester, monkeypatch)


def test_a_snapshot_that_is_missing_fails(suite):
    """Without a stored snapshot the test fails, and shows what came."""
    suite.write(ONE)
    assert suite.run() == (1, ["1 snapshot failed."])
    assert suite.failure == [
        "assert [+ received] == [- snapshot]",
        "Snapshot 'test_duplicate[{}]' does not exist!",
        *(f"+ {line}" for line in DUPLICATE_BLOCK.split("\n")),
    ]
    assert suite.stored() == {}


def test_update_stores_a_snapshot(suite):
    """``--snapshot-update`` writes the block, and the next run passes."""
    suite.write(ONE)
    assert suite.run("--snapshot-update") == (0, ["1 snapshot generated."])
    assert suite.stored() == {"test_duplicate[{}]": DUPLICATE_BLOCK}
    assert suite.run() == (0, ["1 snapshot passed."])


def test_update_changes_a_snapshot(suite):
    """``--snapshot-update`` replaces a block that no longer matches."""
    suite.write(ONE)
    suite.run("--snapshot-update")
    suite.write(ONE.replace("already exists", "exists"))
    assert suite.run("--snapshot-update") == (0, ["1 snapshot updated."])
    assert suite.run() == (0, ["1 snapshot passed."])


def test_a_mismatch_is_a_small_diff(suite):
    """A mismatch shows the lines that differ, with a line around them."""
    body = """
        def test_placed(envelope_snapshot):
            PLACED["data"] |= {"fills": [{"id": 1}, {"id": 2}], "note": "late"}
            assert PLACED == envelope_snapshot
    """
    suite.write(body)
    suite.run("--snapshot-update")
    suite.write(body.replace('"note"', '"side": "SELL", "note"'))
    assert suite.run() == (1, ["1 snapshot failed."])
    assert suite.failure == [
        "assert [+ received] == [- snapshot]",
        "envelope (format 1)",
        "...",
        "'orderId': <id 3>,",
        "-     'side': 'BUY',",
        "+     'side': 'SELL',",
        "})",
    ]


MIXED = """
    FIRST = {"clientOrderId": "mine-1", "orderId": "99999-1"}
    SECOND = {"clientOrderId": "mine-2", "orderId": "99999-2"}

    def answer(*orders, text):
        return {"code": 401009, "message": text, "data": orders}

    def test_order(envelope_snapshot):
        first, second = FIRST, SECOND
        placed = answer(first, text="mine-1 already exists")
        listed = answer(first, second, first, text="99999-1")
        assert [placed, listed] == envelope_snapshot
        assert listed == envelope_snapshot
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('text="mine-1 already', 'text="mine-2 already'),
        ("first, second, first, text", "first, second, second, text"),
        ('text="99999-1"', 'text="99999-2"'),
        ("placed = answer(first", "placed = answer(FIRST | {'clientOrderId': 'mine-2'}"),
        ("first, second = FIRST", "first, second = FIRST | {'orderId': 91}"),
    ],
)
def test_ids_that_are_mixed_up(suite, right, wrong):
    """A wrong id is no right one, though both are masked: in lists, texts and several envelopes."""
    suite.write(MIXED)
    assert suite.run("--snapshot-update") == (0, ["2 snapshots generated."])
    suite.write(MIXED.replace("mine-", "yours-2024-").replace("99999-", "7777777-"))
    assert suite.run() == (0, ["2 snapshots passed."])
    assert right in MIXED
    suite.write(MIXED.replace(right, wrong))
    assert suite.run()[0] == 1


def test_each_snapshot_counts_anew(suite):
    """What one assertion of a test masks gives the next one no other numbers."""
    suite.write("""
        def test_order(envelope_snapshot):
            for order in ("a-1", "b-2"):
                ids = {"aId": order, "bId": order + "x"}
                assert {"code": 200000, "message": "Success", "data": ids} == envelope_snapshot
    """)
    assert suite.run("--snapshot-update") == (0, ["2 snapshots generated."])
    written = "".join(suite.stored().values())
    assert written.count("'aId': <id 1>,") == written.count("'bId': <id 2>,") == 2


def test_changing_values_do_not_matter(suite):
    """What changes from run to run is masked, in the data and in the message."""
    suite.write("""
        from datetime import datetime, timezone
        from time import time_ns
        from uuid import uuid4

        def test_price(envelope_snapshot):
            now = datetime.now(timezone.utc)
            order = {"orderId": time_ns(), "traceId": uuid4().hex, "time": time_ns() // 10**6}
            data = {"orders": [order], "text": f"{uuid4()} at {now.isoformat()}", "on": now}
            message = f"Invalid tpTriggerPrice , current price: {time_ns() // 10**9}"
            assert {"code": 401246, "message": message, "data": data} == envelope_snapshot
    """)
    assert suite.run("--snapshot-update") == (0, ["1 snapshot generated."])
    assert suite.run() == (0, ["1 snapshot passed."])


def test_what_is_no_envelope(suite):
    """What is no envelope fails with the reason, in one frame, and stores nothing."""
    suite.write("""
        import httpx

        def test_gateway(envelope_snapshot):
            assert httpx.Response(502, html="<html>Bad gateway</html>") == envelope_snapshot
    """)
    assert suite.run("--snapshot-update") == (1, ["1 snapshot failed."])
    assert suite.failure == [
        ("pytest_errcodes.NotAnEnvelopeError: not an envelope: the body is an HTML page, not JSON"),
        "HTTP status   502",
        "content type  text/html; charset=utf-8",
        "body          <html>Bad gateway</html>",
        "hint: something before the API answered: look at the URL, the proxy, the gateway",
    ]
    suite.result.stdout.no_fnmatch_line("*snapshot.py:*")
    suite.result.stdout.no_fnmatch_line("*assertion.py:*")
    assert suite.stored() == {}


def test_the_name_of_a_refused_snapshot_is_not_kept(suite):
    """After an object that is no envelope, the next snapshot has its own name and options."""
    suite.write("""
        def test_both(envelope_snapshot):
            with pytest.raises(ValueError):
                assert None == envelope_snapshot(name="first", matcher=unmasked("orderId"))
            assert PLACED == envelope_snapshot(name="second")
    """)
    assert suite.run("--snapshot-update") == (0, ["1 snapshot failed. 1 snapshot generated."])
    assert list(suite.stored()) == ["test_both[{}][second]"]
    assert "'orderId': <id>" in suite.stored()["test_both[{}][second]"]


def test_assert_match(suite):
    """``assert_match`` compares too, and what pytest shows of its arguments holds no secret."""
    body = """
        def test_placed(envelope_snapshot):
            PLACED["data"]["apiKey"] = "s3" + "cret"
            envelope_snapshot.assert_match(PLACED)
    """
    suite.write(body)
    assert suite.run("--snapshot-update") == (0, ["1 snapshot generated."])
    suite.write(body.replace("PLACED[", 'PLACED["data"]["side"] = "SELL"; PLACED[', 1))
    assert suite.run() == (1, ["1 snapshot failed."])
    assert suite.failure[-3:] == ["-     'side': 'BUY',", "+     'side': 'SELL',", "})"]
    suite.result.stdout.no_fnmatch_line("*s3cret*")


def test_an_error_in_a_matcher(suite):
    """An error of a matcher is shown as syrupy shows it."""
    suite.write("""
        from syrupy.matchers import path_type

        def test_placed(envelope_snapshot):
            assert PLACED == envelope_snapshot(matcher=path_type({"side": (int,)}))
    """)
    assert suite.run() == (1, ["1 snapshot failed."])
    assert suite.failure[1] == (
        "syrupy.matchers.StrictPathTypeError: BUY at 'side' of type <class 'str'> "
        "does not match any of the expected types: (<class 'int'>,)"
    )


def test_data_that_raises(suite):
    """Data whose own methods raise are told as the reason why nothing can be stored."""
    suite.write("""
        class Odd:
            @property
            def __class__(self):
                raise RuntimeError("no class")

        def test_odd(envelope_snapshot):
            assert {"code": 401009, "message": "x", "data": [Odd()]} == envelope_snapshot
    """)
    assert suite.run("--snapshot-update")[0] == 1
    suite.result.stdout.fnmatch_lines(
        ["*the data of the envelope cannot be written: RuntimeError: no class*"]
    )


def test_several_snapshots_of_a_test(suite):
    """Snapshots of one test are counted, or named."""
    suite.write("""
        def test_all(envelope_snapshot):
            assert DUPLICATE == envelope_snapshot
            assert PLACED == envelope_snapshot
            assert DUPLICATE == envelope_snapshot(name="again")
    """)
    assert suite.run("--snapshot-update") == (0, ["3 snapshots generated."])
    assert list(suite.stored()) == ["test_all[{}]", "test_all[{}].1", "test_all[{}][again]"]
    assert suite.run() == (0, ["3 snapshots passed."])


def test_snapshots_of_parametrized_tests_and_classes(suite):
    """Each run of a test has its snapshot, under the name that syrupy gives it."""
    suite.write("""
        class TestOrders:
            @pytest.mark.every_code("401009", "401010", expects=False)
            def test_code(self, error_code, envelope_snapshot):
                assert ApiError(error_code.code, error_code.message) == envelope_snapshot
    """)
    assert suite.run("--snapshot-update") == (0, ["2 snapshots generated."])
    assert list(suite.stored()) == [
        "TestOrders.test_code[401009][{}]",
        "TestOrders.test_code[401010][{}]",
    ]


def test_a_module_with_plain_snapshots_too(suite):
    """A test that uses ``snapshot`` and ``envelope_snapshot`` keeps both in one file."""
    suite.write("""
        def test_both(snapshot, envelope_snapshot):
            assert DUPLICATE["code"] == snapshot
            assert DUPLICATE == envelope_snapshot
    """)
    assert suite.run("--snapshot-update") == (0, ["2 snapshots generated."])
    assert suite.stored() == {"test_both": "401009", "test_both[{}]": DUPLICATE_BLOCK}
    assert suite.run() == (0, ["2 snapshots passed."])


def test_the_diff_of_two_snapshots(suite):
    """``diff=`` stores what changed since another snapshot of the test."""
    suite.write("""
        def test_change(envelope_snapshot):
            assert PLACED == envelope_snapshot
            PLACED["data"]["side"] = "SELL"
            assert PLACED == envelope_snapshot(diff=0)
    """)
    assert suite.run("--snapshot-update") == (0, ["2 snapshots generated."])
    assert suite.stored()["test_change[{}].1"].split("\n") == [
        "    ...",
        "-     'side': 'BUY',",
        "+     'side': 'SELL',",
        "    ...",
    ]
    assert suite.run() == (0, ["2 snapshots passed."])


def test_options_of_one_assertion(suite):
    """A matcher and filters hold for the assertion they are given to."""
    suite.write("""
        from syrupy.filters import props

        def test_placed(envelope_snapshot):
            assert PLACED == envelope_snapshot(matcher=unmasked("orderId"), exclude=props("side"))
            assert PLACED == envelope_snapshot
    """)
    suite.run("--snapshot-update")
    first, second = suite.stored().values()
    assert first.split("\n")[4:] == ["  data: dict({", "    'orderId': '9',", "  })"]
    assert second.split("\n")[5:] == ["    'orderId': <id>,", "    'side': 'BUY',", "  })"]


def test_options_of_a_whole_suite(suite):
    """A conftest that overrides the fixture gives its options to all tests."""
    suite.pytester.makeconftest("""
        import pytest
        from pytest_errcodes.snapshot.extension import unmasked

        @pytest.fixture
        def envelope_snapshot(envelope_snapshot):
            return envelope_snapshot.with_defaults(matcher=unmasked("orderId"))
    """)
    suite.write(TWO)
    assert suite.run("--snapshot-update") == (0, ["2 snapshots generated."])
    assert "'orderId': '9'" in suite.stored()["test_placed[{}]"]


def test_a_block_of_another_format(suite):
    """A block that another format wrote asks to be regenerated, and ``--snapshot-update`` does."""
    suite.write(ONE)
    suite.run("--snapshot-update")
    path = suite.pytester.path / "__snapshots__" / "test_orders.ambr"
    path.write_text(path.read_text("utf-8").replace("format 1", "format 0"), "utf-8")
    assert suite.run() == (1, ["1 snapshot failed."])
    assert suite.failure == [
        "assert [+ received] == [- snapshot]",
        "This snapshot needs to be regenerated. This is typically due to a major Syrupy update.",
    ]
    assert suite.run("--snapshot-update") == (0, ["1 snapshot updated."])
    assert suite.stored() == {"test_duplicate[{}]": DUPLICATE_BLOCK}


def test_a_snapshot_is_an_observation(suite):
    """An envelope that was compared with its snapshot has surfaced."""
    suite.write("""
        @pytest.mark.expects_code(401009, surfaced=True)
        def test_duplicate(envelope_snapshot):
            assert DUPLICATE == envelope_snapshot
    """)
    assert suite.run("--snapshot-update") == (0, ["1 snapshot generated."])
    suite.result.assert_outcomes(passed=1)


def test_without_syrupy(suite):
    """With ``-p no:syrupy`` the fixture says what is missing."""
    suite.write(ONE)
    suite.run("-p", "no:syrupy")
    suite.result.assert_outcomes(errors=1)
    suite.result.stdout.fnmatch_lines(
        [
            "*ERROR at setup of test_duplicate*",
            "test_duplicate asks for envelope_snapshot, but the plugin syrupy is not active",
            "hint: run without -p no:syrupy; where plugins are not loaded by themselves, *",
        ],
        consecutive=True,
    )


def test_with_another_snapshot_fixture(suite):
    """A fixture ``snapshot`` that is not syrupy's is named."""
    suite.pytester.makeconftest("""
        import pytest

        @pytest.fixture
        def snapshot():
            return {}
    """)
    suite.write(ONE)
    suite.run()
    suite.result.assert_outcomes(errors=1)
    suite.result.stdout.fnmatch_lines(
        [
            "*ERROR at setup of test_duplicate*",
            "*envelope_snapshot, but the fixture snapshot gives a dict, not syrupy's",
            "hint: give the other fixture another name, or switch the plugin that brings it off",
        ],
        consecutive=True,
    )


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    """What is written takes the place of the old file when it is whole, and not before."""
    from syrupy.data import Snapshot, SnapshotCollection

    from pytest_errcodes.snapshot.extension import EnvelopeSnapshotExtension

    def write(name):
        collection = SnapshotCollection(location=str(tmp_path / "test.ambr"))
        collection.add(Snapshot(name=name, data="x"))
        EnvelopeSnapshotExtension.serializer_class.write_file(collection, merge=True)

    def fill_the_disk(*_, **__):
        raise OSError(28, "No space left on device")

    write("first")
    before = (tmp_path / "test.ambr").read_bytes()
    with monkeypatch.context() as patched:
        patched.delenv("PYTEST_XDIST_WORKER", raising=False)
        patched.setattr("os.replace", fill_the_disk)
        with pytest.raises(pytest.exit.Exception) as caught:
            write("second")
        assert caught.value.msg == (
            f"{tmp_path / 'test.ambr'} cannot be written, and is as it was: No space left on "
            "device\nhint: make room on the disk, or name a file on another"
        )
        patched.setenv("PYTEST_XDIST_WORKER", "gw0")
        with pytest.raises(OSError, match="No space left"):
            write("second")
    assert (tmp_path / "test.ambr").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["test.ambr"]
    write("second")
    assert b"first" in (tmp_path / "test.ambr").read_bytes()


def test_list_that_lies_of_its_length():
    """The items of a list are what it holds, whatever its own methods say."""

    class Liar(list):
        def __len__(self):
            raise ValueError

    with pytest.raises(NotAnEnvelopeError) as caught:
        EnvelopeSnapshotExtension().serialize(Liar([{"code": 401009}, 7]))
    assert caught.value.message.startswith("item 2 of 2 is not an envelope: ")
