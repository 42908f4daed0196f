"""Tables: ``expects_code(argument="code")`` takes the code from the row of ``parametrize``."""

from __future__ import annotations

from ended_rows import PASSED, failed

TYPES = """
    from dataclasses import dataclass
    from enum import Enum, IntEnum
    from typing import NamedTuple

    from pytest_errcodes import load_catalog

    class Number(IntEnum):
        DUPLICATE = 401009

    class Plain(Enum):
        DUPLICATE = 401009
        FINE = None

    @dataclass
    class Case:
        side: str
        code: object

    class Row(NamedTuple):
        side: str
        code: object

    DOCUMENTED = load_catalog("ltp")[401009]
"""


def write_test(argument, row, body):
    """Return a module of a test with one row."""
    indented = "\n".join(f"        {line}" for line in body.splitlines())
    return f"""{TYPES}
    @pytest.mark.expects_code({argument})
    @pytest.mark.parametrize("row", [{row}], ids=["row"])
    def test_order(errcodes, row):
{indented}
    """


RAISED = "errcodes.reply(401009)\nplace_order()"
FINE = "errcodes.reply(200000)\nplace_order()"


MET = [
    ("argument='row'", "401009", RAISED),
    ("argument='row'", "Number.DUPLICATE", RAISED),
    ("argument='row'", "Plain.DUPLICATE", RAISED),
    ("argument='row'", "DOCUMENTED", RAISED),
    ("argument='row'", "(401009,)", RAISED),
    ("argument='row', any_of=True", "[401018, 401009]", RAISED),
    ("argument='row'", "pytest.param(401009)", RAISED),
    ("argument='row.code'", "Case('buy', 401009)", RAISED),
    ("argument='row.code'", "Row('buy', 401009)", RAISED),
    ("argument='row.code'", "{'side': 'buy', 'code': 401009}", RAISED),
    ("argument='row.1'", "('buy', 401009)", RAISED),
    ("argument='row.answer.code'", "{'answer': {'code': 401009}}", RAISED),
    ("argument='row.code'", "ApiError(401009, 'exists')", RAISED),
    ("argument='row', params=('20',)", "401112", "errcodes.reply(401112, '20')\nplace_order()"),
    ("argument='row'", "None", FINE),
    ("argument='row'", "Plain.FINE", FINE),
    ("argument='row'", "()", FINE),
    ("argument='row'", "None", "pass"),
    ("argument='row', params=('20',)", "None", FINE),
    ("argument='row.code'", "Case('buy', None)", FINE),
    (
        "argument='row'",
        "None",
        "errcodes.reply(100429).then(200000)\nswallow_order()\nplace_order()",
    ),
    ("argument='row', surfaced=None", "None", "errcodes.reply(401009)\nswallow_order()"),
    ("argument='row', surfaced=False", "401009", "errcodes.reply(401009)\nswallow_order()"),
    ("argument='row'", "200000", FINE),
]


def test_row_is_met(project):
    """A test passes that sees what its row says, however the row says it."""
    rows = {row: write_test(*row) for row in MET}
    assert project.run_rows(rows) == dict.fromkeys(rows, PASSED)


def test_row_is_not_met(project):
    """A row fails like a marker that names its code."""
    project.tests(write_test("argument='row'", "401018", RAISED))
    assert project.run().failure("test_order[row]") == (
        "expected 401018, came 401009\n"
        "  expected  401018  Order not found\n"
        "  came      401009  clientOrderId already exists\n"
        "                ^\n"
        "raised as ApiError at client.py:24, from test_orders.py:30"
    )


SURFACED = """\
expected no error, and 401009 surfaced
  seen  401009  clientOrderId already exists
                surfaced: {} at {}"""
RECEIVED = """\
expected no error, and 401009 was the last that the client received
  seen  401009  clientOrderId already exists
                received from POST https://api.test/order
hint: the client swallowed it; if it is right to, say surfaced=None"""


#: What a test does whose row says None, and what it is told.
UNEXPECTED = {
    RAISED: SURFACED.format("raised as ApiError", "client.py:24, from test_orders.py:30"),
    "errcodes.reply(401009)\nassert_code(httpx.post(URL), 401009)": SURFACED.format(
        "assert_code", "test_orders.py:30"
    ),
    "errcodes.reply(401009)\nswallow_order()": RECEIVED,
    "errcodes.reply(200000).then(401009)\nplace_order()\nswallow_order()": RECEIVED,
}


def test_error_where_the_row_says_none(project):
    """None in a row is an expectation too: no error surfaces, and none is what comes last."""
    rows = {body: write_test("argument='row'", "None", body) for body in UNEXPECTED}
    assert project.run_rows(rows) == {body: failed(text) for body, text in UNEXPECTED.items()}


def test_other_markers_of_a_row_without_an_error(project):
    """A code that another marker expects is no error that came unexpectedly."""
    project.tests("""
        pytestmark = pytest.mark.expects_code(401018)

        @pytest.mark.expects_code(argument="code")
        @pytest.mark.parametrize("code", [None, 401009])
        def test_order(errcodes, code):
            errcodes.reply(401018).then(code or 401018)
            with raises_code(401018):
                place_order()
            place_order()
    """)
    assert project.run().outcomes == {"passed": 2}


def test_values_of_fixtures_with_params(project):
    """A fixture with ``params`` gives rows as well, and so does every_code."""
    project.tests("""
        @pytest.fixture(params=[401009, 401018])
        def code(request):
            return request.param

        @pytest.mark.expects_code(argument="code")
        def test_order(errcodes, code):
            errcodes.reply(code)
            place_order()

        @pytest.mark.expects_code(argument="error_code")
        @pytest.mark.every_code("406000", expects=False)
        def test_every(errcodes, error_code):
            errcodes.reply(error_code)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 3}


def test_marker_on_a_class(project):
    """A marker of a class holds for each of its tables, and fails a test that has none."""
    project.tests("""
        @pytest.mark.expects_code(argument="code")
        class TestOrders:
            @pytest.mark.parametrize("code", [401009, 401065])
            def test_order(self, errcodes, code):
                errcodes.reply(code)
                place_order()

            def test_other(self):
                pass
    """)
    outcome = project.run("-v")
    assert outcome.results() == {
        "TestOrders::test_order[401009]": "PASSED",
        "TestOrders::test_order[401065]": "ERROR",
        "TestOrders::test_other": "ERROR",
    }


def test_row_that_raises_when_it_is_looked_at(project):
    """A row object may raise anything: it fails its own test, and never the collection."""
    project.tests("""
        class Case:
            @property
            def code(self):
                raise OSError("no code")

        @pytest.mark.expects_code(argument="case.code")
        @pytest.mark.parametrize("case", [Case()])
        def test_order(case):
            pass

        def test_other():
            pass
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    assert outcome.error("test_order[case0]") == (
        "@pytest.mark.expects_code(argument='case.code') has a value that cannot be read: "
        "OSError: no code\n"
        "hint: give plain values: numbers and texts"
    )


TABLES_WITH_A_SUCCESS = """
    from types import SimpleNamespace

    @pytest.mark.expects_code(argument="code")
    @pytest.mark.parametrize("code", [None, 401009])
    def test_none(errcodes, code):
        errcodes.reply(code or 200000)
        order = place_order()
        assert order is None

    @pytest.mark.expects_code(argument="row.code")
    @pytest.mark.parametrize(
        ("side", "row"),
        [("BUY", {"code": None}), pytest.param("SELL", {"code": 401009}, id="refused")],
    )
    def test_field(errcodes, side, row):
        errcodes.reply(row["code"] or 200000)
        assert place_order() is None

    @pytest.fixture(params=[None, 401009])
    def given(request):
        return request.param

    @pytest.mark.expects_code(argument="given")
    def test_fixture(errcodes, given):
        errcodes.reply(given or 200000)
        order = place_order()
        assert order is None

    @pytest.mark.parametrize(
        "code", [200000, pytest.param(401009, marks=pytest.mark.expects_code(401009))]
    )
    def test_marked_row(errcodes, code):
        errcodes.reply(code)
        order = place_order()
        assert order is None
"""


def test_success_runs_what_stands_below(project):
    """What stands below the line that raises is said for the row that expects no error."""
    project.tests(TABLES_WITH_A_SUCCESS)
    assert project.run().outcomes == {"passed": 8}


def test_success_that_is_not_selected(project):
    """The row that expects no error need not be run beside it."""
    project.tests(TABLES_WITH_A_SUCCESS)
    rows = "test_none and 401009 or test_field and refused or test_marked_row and 401009"
    assert project.run("-k", rows).outcomes == {"passed": 3, "deselected": 5}


TABLES_OF_ERRORS = """
    REFUSED = pytest.mark.expects_code(401009)

    @pytest.mark.expects_code(argument="code")
    @pytest.mark.parametrize("code", [401018, 401009])
    def test_codes(errcodes, code):
        errcodes.reply(code)
        order = place_order()
        assert order is None

    @pytest.mark.parametrize("code", [pytest.param(401009, marks=REFUSED)])
    def test_marked_rows(errcodes, code):
        errcodes.reply(code)
        order = place_order()
        assert order is None

    @REFUSED
    @pytest.mark.parametrize("side", ["BUY", pytest.param("SELL", marks=pytest.mark.skipif("0"))])
    def test_marked_function(errcodes, side):
        errcodes.reply(401009)
        order = place_order()
        assert order is None
"""


def test_no_row_runs_what_stands_below(project):
    """Where each row expects an error, what stands below is never run."""
    project.tests(TABLES_OF_ERRORS)
    outcome = project.run()
    assert outcome.outcomes == {"failed": 5}
    assert outcome.text.count(": what stands below was never run\n  raised") == 5


def test_table_without_rows(project):
    """Pytest makes up a value for it and skips the test; that is no wrong code."""
    for number, argument in enumerate(("code", "code.number")):
        project.tests(
            f"""
            @pytest.mark.expects_code(argument="{argument}")
            @pytest.mark.parametrize("code", [])
            def test_order(errcodes, code):
                place_order()
            """,
            f"test_{number}.py",
        )
    assert project.run().outcomes == {"skipped": 2}
