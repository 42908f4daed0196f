"""The fixture ``envelope_snapshot``: what it stores, and how it goes with syrupy's options."""

from __future__ import annotations

import re
from importlib.metadata import version
from textwrap import dedent

import httpx
import pytest
import syrupy
from sessions import pushed
from syrupy.filters import paths, props

from pytest_errcodes.catalog import Catalog, load_catalog
from pytest_errcodes.envelope import Envelope, NotAnEnvelopeError
from pytest_errcodes.snapshot import EnvelopeSnapshotExtension, unmasked

MODULE = """
import pytest
import httpx
from pytest_errcodes.snapshot import unmasked

DUPLICATE = {"code": 401009, "message": "clientOrderId already exists", "data": None}
PLACED = {"code": 200000, "message": "Success", "data": {"orderId": "9", "side": "BUY"}}


class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message

"""
DUPLICATE = {"code": 401009, "message": "clientOrderId already exists", "data": None}
DUPLICATE_BLOCK = """\
envelope (format 1)
  code: 401009
  section: Trading (trading, 4010xx)
  template: 'clientOrderId already exists'
  data: None"""
SYRUPY = tuple(int(part) for part in version("syrupy").split(".")[:2])
reports_under_xdist = pytest.mark.skipif(
    SYRUPY < (5, 5), reason="syrupy before 5.5 has no snapshot report under xdist"
)


def block(obj, **options):
    """Return what is stored for ``obj``."""
    with pushed():
        return EnvelopeSnapshotExtension().serialize(obj, **options)


def facts(obj, **options):
    """Return the lines of the only block of ``obj``, without the headline and the data."""
    headline, *lines = block(obj, **options).split("\n")
    assert headline == "envelope (format 1)"
    return [line.strip() for line in lines if not line.startswith("  data:")]


# -- the block -------------------------------------------------------------------------------


def test_a_documented_code():
    """A documented code shows its section, its template, the HTTP status and the data."""
    response = httpx.Response(
        400, json={**DUPLICATE, "data": {"orderId": "7", "price": "1.50", "fills": []}}
    )
    assert block(response) == dedent("""\
        envelope (format 1)
          code: 401009
          section: Trading (trading, 4010xx)
          template: 'clientOrderId already exists'
          HTTP status: 400
          data: dict({
            'fills': list([
            ]),
            'orderId': <id>,
            'price': '1.50',
          })""")


def test_a_success():
    """A success shows the section Success and the message that comes with it."""
    assert block({"code": 200000, "message": "Success", "data": 1}) == dedent("""\
        envelope (format 1)
          code: 200000
          section: Success (success)
          template: 'Success'
          data: 1""")


@pytest.mark.parametrize(
    ("code", "message", "lines"),
    [
        (401246, "Invalid tpTriggerPrice , current price: 51.2", ["parameters: '51.2'"]),
        (401246, "Invalid tpTriggerPrice , current price: 1700000000", ["parameters: <timestamp>"]),
        (
            401068,
            "Due to an order with a better price, 1 reduce only order to SELL 0.5 BTC at 9 "
            "was cancelled",
            ["parameters: '1', 'SELL', '0.5', 'BTC', '9'"],
        ),
        (601004, "Mismatched input, Expect input: EOF", ["parameters: 'EOF'"]),
        (601004, "Mismatched input, Expect input:", []),
        (
            401009,
            "clientOrderId exists",
            ["message: 'clientOrderId exists' (does not fit the template)"],
        ),
        (
            401009,
            "id 9876543210987654 exists",
            ["message: 'id <id> exists' (does not fit the template)"],
        ),
        (401009, "token=abc", ["message: 'token=<secret>' (does not fit the template)"]),
        (401009, None, ["message: None (does not fit the template)"]),
    ],
)
def test_the_message(code, message, lines):
    """What stands in the message beside its template is shown, masked by pattern."""
    found = facts({"code": code, "message": message, "data": None})
    assert [
        line for line in found if not line.startswith(("code:", "section:", "template:"))
    ] == lines


@pytest.mark.parametrize(
    ("template", "message", "parameters"),
    [
        ("No such apiKey: %s", "No such apiKey: abc", "parameters: <secret>"),
        ("token: %s is bad", "token: abc is bad", "parameters: <secret>"),
        ("token: bad", "token: bad", None),
        ("Bad value %s", "Bad value eyJhbGciOiJIUzI1.eyJzdWIiOiIx", "parameters: <secret>"),
    ],
)
def test_a_secret_among_the_parameters(tmp_path, template, message, parameters):
    """A parameter that the words before it call a secret is masked."""
    path = tmp_path / "api.toml"
    path.write_text(
        f'name = "x"\n[sections.a]\ntitle = "A"\n[sections.a.codes]\n7 = "{template}"\n'
    )
    with pushed(load=lambda: load_catalog(path)):
        lines = EnvelopeSnapshotExtension().serialize({"code": 7, "message": message}).split("\n")
    expected = [f"  template: '{template}'", *([f"  {parameters}"] if parameters else [])]
    assert lines[3:-1] == expected


@pytest.mark.parametrize(
    ("envelope", "lines"),
    [
        (
            {"code": 401065, "message": "Odd"},
            [
                "code: 401065 (not documented)",
                "section: none; it would stand in Trading (trading, 4010xx)",
                "message: 'Odd'",
            ],
        ),
        (
            {"code": -7, "message": None},
            ["code: -7 (not documented)", "section: none", "message: None"],
        ),
        (
            {"code": "401009", "message": "clientOrderId already exists"},
            [
                'code: "401009" (a string, where the catalog says integer)',
                "section: none",
                "message: 'clientOrderId already exists'",
            ],
        ),
        (
            {"event": "error", "code": "60009", "msg": "Login failed."},
            [
                "code: 60009 (not documented)",
                "shape: websocket",
                "section: none",
                "message: 'Login failed.'",
            ],
        ),
    ],
)
def test_what_the_catalog_does_not_say(envelope, lines):
    """An undocumented code, a code of the wrong type and another shape are called so."""
    assert facts(envelope) == lines


def test_an_envelope_without_data(tmp_path):
    """A shape that has no data has no line for it; a section may have no label."""
    path = tmp_path / "api.toml"
    path.write_text(
        'name = "x"\n[envelope]\ndata = ""\n[sections.a]\ntitle = "A"\n[sections.a.codes]\n7 = "No"\n'
    )
    with pushed(load=lambda: load_catalog(path)):
        text = EnvelopeSnapshotExtension().serialize({"code": 7, "message": "No"})
    assert text == "envelope (format 1)\n  code: 7\n  section: A (a)\n  template: 'No'"


def test_several_envelopes():
    """A list has a block for each envelope, and one id in two of them keeps its number."""
    placed = {"code": 200000, "message": "Success", "data": {"orderId": "9"}}
    text = block([placed, (DUPLICATE), placed])
    assert text.split("\n") == [
        *(success := block(placed).replace("<id>", "<id 1>").split("\n")),
        *DUPLICATE_BLOCK.split("\n"),
        *success,
    ]


def test_no_envelopes():
    """An empty list is worth a snapshot too."""
    assert block([]) == "no envelopes"


def test_an_item_that_is_no_envelope():
    """The item of a list that is no envelope is named."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        block([DUPLICATE, {"error": 7}])
    assert str(caught.value) == (
        "item 2 of 2 is not an envelope: the field 'code' is missing\n  value         {'error': 7}"
    )


@pytest.mark.parametrize(
    ("options", "data"),
    [
        ({"exclude": props("a")}, {"b": {"c": 3}}),
        ({"exclude": paths("b.c")}, {"a": 1, "b": {}}),
        ({"include": props("a")}, {"a": 1}),
        ({"matcher": lambda data, path: 7 if data == 3 else data}, {"a": 1, "b": {"c": 7}}),
    ],
)
def test_filters_and_matchers_see_the_data(options, data):
    """Filters and matchers of syrupy get paths from the root of the data."""
    envelope = {**DUPLICATE, "data": {"a": 1, "b": {"c": 3}}}
    assert block(envelope, **options) == block({**DUPLICATE, "data": data})


# -- the fixture -----------------------------------------------------------------------------


class Suite:
    """A small test suite that takes snapshots.

    Attributes:
        pytester: Runs it.
    """

    def __init__(self, pytester):
        self.pytester = pytester
        # Syrupy caches what it read by the id of the session, which must not be given twice.
        self.sessions = []

    def write(self, body, module="test_orders"):
        """Write a module whose tests may use what ``MODULE`` defines."""
        self.pytester.makepyfile(**{module: MODULE + dedent(body)})

    def run(self, *arguments):
        """Run the suite; return the exit code and the lines of syrupy's report."""
        self.result = self.pytester.runpytest("-p", "no:randomly", "-p", "no:asyncio", *arguments)
        self.sessions.append(syrupy._syrupy)
        report = re.compile(r"-+ snapshot report summary -+\n(.*?)\n=", re.DOTALL)
        found = report.search(str(self.result.stdout))
        return int(self.result.ret), found[1].split("\n") if found else []

    @property
    def failure(self):
        """The lines that explain the failures."""
        return [line[1:].strip() for line in self.result.outlines if line.startswith("E ")]

    def stored(self, module="test_orders"):
        """Return the snapshots of a module, by name, without their indentation."""
        path = self.pytester.path / "__snapshots__" / f"{module}.ambr"
        if not path.exists():
            return {}
        version_line, _, rest = path.read_text("utf-8").partition("\n")
        assert version_line == "# serializer version: 1"
        entries = re.findall(r"# name: (.*)\n(.*?)\n# ---\n", rest, re.DOTALL)
        return {name: dedent(text) for name, text in entries}


@pytest.fixture
def suite(pytester, monkeypatch):
    """An empty suite, apart from the run that this test belongs to."""
    # Syrupy keeps the session of the last run that started, and would take this one for it.
    monkeypatch.setattr(syrupy, "_syrupy", None)
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):
        monkeypatch.delenv(name, raising=False)
    return Suite(pytester)


ONE = """
    def test_duplicate(envelope_snapshot):
        assert ApiError(401009, "clientOrderId already exists") == envelope_snapshot
"""
TWO = """
    def test_duplicate(envelope_snapshot):
        assert DUPLICATE == envelope_snapshot

    def test_placed(envelope_snapshot):
        assert PLACED == envelope_snapshot
"""
XDIST = pytest.mark.parametrize("xdist", [(), ("-n", "2")], ids=["alone", "xdist"])


def test_a_snapshot_that_is_missing_fails(suite):
    """Without a stored snapshot the test fails, and shows what came."""
    suite.write(ONE)
    assert suite.run() == (1, ["1 snapshot failed."])
    assert suite.failure == [
        "AssertionError: assert [+ received] == [- snapshot]",
        "Snapshot 'test_duplicate[{}]' does not exist!",
        *(f"+ {line}" if line[0] != " " else f"+ {line}" for line in DUPLICATE_BLOCK.split("\n")),
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
            PLACED["data"] |= {"fills": [{"id": 1}, {"id": 2}], "note": "token=abc"}
            assert PLACED == envelope_snapshot
    """
    suite.write(body)
    suite.run("--snapshot-update")
    suite.write(body.replace('"note"', '"side": "SELL", "note"'))
    assert suite.run() == (1, ["1 snapshot failed."])
    assert suite.failure == [
        "AssertionError: assert [+ received] == [- snapshot]",
        "envelope (format 1)",
        "...",
        "'orderId': <id>,",
        "-     'side': 'BUY',",
        "+     'side': 'SELL',",
        "})",
    ]
    suite.result.stdout.no_fnmatch_line("*abc*exit*")


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
        def test_gateway(envelope_snapshot):
            assert httpx.Response(502, html="<html>Bad gateway</html>") == envelope_snapshot
    """)
    assert suite.run("--snapshot-update") == (1, ["1 snapshot failed."])
    assert suite.failure == [
        "pytest_errcodes.envelope.NotAnEnvelopeError: not an envelope: "
        "the body is an HTML page, not JSON",
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


@reports_under_xdist
def test_a_module_with_plain_snapshots_too_under_xdist(suite):
    """Both kinds are written and counted under xdist as well."""
    suite.write("""
        def test_plain(snapshot):
            assert DUPLICATE["code"] == snapshot

        def test_envelope(envelope_snapshot):
            assert DUPLICATE == envelope_snapshot
    """)
    assert suite.run("--snapshot-update", "-n", "2") == (0, ["2 snapshots generated."])
    assert suite.run("-n", "2") == (0, ["2 snapshots passed."])


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
        from pytest_errcodes.snapshot import unmasked

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
        "AssertionError: assert [+ received] == [- snapshot]",
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


# -- unused snapshots ------------------------------------------------------------------------

HINT = "Re-run pytest with --snapshot-update to delete unused snapshots."


@XDIST
def test_unused_snapshots_fail(suite, xdist):
    """A snapshot that no test asked for fails the run, as in syrupy."""
    if xdist and SYRUPY < (5, 5):
        pytest.skip("syrupy before 5.5 has no snapshot report under xdist")
    suite.write(TWO)
    suite.run("--snapshot-update")
    suite.write(ONE)
    assert suite.run(*xdist) == (1, ["1 snapshot passed. 1 snapshot unused.", "", HINT])


@XDIST
def test_unused_snapshots_warn(suite, xdist):
    """``--snapshot-warn-unused`` only tells of them."""
    if xdist and SYRUPY < (5, 5):
        pytest.skip("syrupy before 5.5 has no snapshot report under xdist")
    suite.write(TWO)
    suite.run("--snapshot-update")
    suite.write(ONE)
    report = ["1 snapshot passed. 1 snapshot unused.", "", HINT]
    assert suite.run("--snapshot-warn-unused", *xdist) == (0, report)


@XDIST
def test_unused_snapshots_are_deleted(suite, xdist):
    """``--snapshot-update`` deletes them, and says which."""
    if xdist and SYRUPY < (5, 5):
        pytest.skip("syrupy before 5.5 has no snapshot report under xdist")
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
        ("-k", "not placed"),
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
        "AssertionError: assert [+ received] == [- snapshot]",
        "envelope (format 1)",
        "...",
        "template: 'clientOrderId already exists'",
        "+   message: 'clientOrderId exists' (does not fit the template)",
        "data: None",
    ]


@pytest.mark.skipif(
    not hasattr(syrupy.utils, "exclusive_file_lock"),
    reason="this syrupy does not lock a file that several workers write",
)
def test_update_of_one_module_under_xdist(suite):
    """Workers that write one file store every snapshot."""
    suite.write("""
        @pytest.mark.parametrize("number", range(8))
        def test_one(number, envelope_snapshot):
            assert DUPLICATE == envelope_snapshot
    """)
    assert suite.run("--snapshot-update", "-n", "2") == (0, ["8 snapshots generated."])
    assert list(suite.stored()) == [f"test_one[{number}][{{}}]" for number in range(8)]


# -- without syrupy --------------------------------------------------------------------------


def test_without_syrupy(suite):
    """With ``-p no:syrupy`` the fixture says what is missing."""
    suite.write(ONE)
    suite.run("-p", "no:syrupy")
    suite.result.assert_outcomes(errors=1)
    assert suite.failure == [
        "pytest_errcodes.errors.ErrcodesUsageError: test_duplicate asks for envelope_snapshot, "
        "but the plugin syrupy is not active",
        "hint: run without -p no:syrupy; where plugins are not loaded by themselves, add -p syrupy",
    ]


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
    assert suite.failure == [
        "pytest_errcodes.errors.ErrcodesUsageError: test_duplicate asks for envelope_snapshot, "
        "but the fixture snapshot gives a dict, not syrupy's",
        "hint: give the other fixture another name, or switch the plugin that brings it off",
    ]
