"""Markers that nobody registered and that look like ours: which are, and what is told of them."""

from __future__ import annotations

import pytest

from pytest_errcodes.plugin.marker_names import find_meant, list_registered_names

MEANT = {
    "expects_code": (
        "expect_code expects_codes expected_code expected_codes expecting_code expectscode "
        "expectsCode EXPECTS_CODE Expects_Code expects__code _expects_code expects_code_ "
        "expecs_code expets_code xpects_code exspects_code exepcts_code ecpects_code "
        "expects_cdoe expects_coed expects_cod expects_vode expcts_codes expet_codes "
        "expects_error_code expect_errcode expects_err_codes expect_api_code"
    ),
    "every_code": "every_codes everycode everyCode evry_code evrey_code every_cdoe each_code",
    "errcodes": (
        "errcode err_code err_codes errCodes errcods ercodes errocdes erro_codes "
        "error_code error_codes errorcodes"
    ),
}
OTHERS = (
    "code codes expects expect expects_call expects_error expects_status expect_exit_code "
    "expect_status_code expects_mode expects_core expects_decode expects_codec every_day "
    "every_mode every_node every_case error errors errno error_cases error_modes errnodes "
    "exit_code status_code country_code zip_code barcodes qr_codes opcodes recode encodes "
    "asyncio parametrize slow x"
)


@pytest.mark.parametrize(
    ("name", "right"),
    [(name, right) for right, names in MEANT.items() for name in names.split()],
)
def test_name_that_was_meant_for_ours(name, right):
    """A letter more, less or swapped, another ending or separator: the right name is found."""
    assert find_meant(name) == right


@pytest.mark.parametrize("name", [*OTHERS.split(), "expects_code" * 1000])
def test_name_that_merely_resembles(name):
    """A name that says something else is nobody's mistake."""
    assert find_meant(name) is None


def test_names_that_are_registered():
    """The setting lists names, with arguments and descriptions or without."""
    lines = ["slow", "flaky(times): runs again", "expect_code : ours", "db: uses(x) the database"]
    assert list_registered_names(lines) == {"slow", "flaky", "expect_code", "db"}


#: pytest's own word of a marker that nobody registered, which our suite's settings make an error.
SILENT = ("-W", "ignore::pytest.PytestUnknownMarkWarning")

FAULT = "has a name that nobody registered, so it checks nothing"
HINT = (
    "hint: write @pytest.mark.expects_code; if it is your own, register {} under markers in the "
    "ini file"
)
WRONG = """
    pytestmark = pytest.mark.expect_codes(401019)

    class TestOrders:
        pytestmark = [pytest.mark.slow, pytest.mark.expected_code(401018)]

        def test_method(self):
            pass

    @pytest.mark.expect_code(401009)
    @pytest.mark.skip
    def test_function():
        pass

    @pytest.mark.parametrize("side", [
        pytest.param("buy", marks=pytest.mark.expects_codes(401009)),
    ])
    def test_row(side):
        pass
"""


def test_wherever_it_stands(project):
    """A wrong name is told before any test runs: of functions, classes, modules and parameters."""
    project.tests(WRONG)
    outcome = project.run("-q", *SILENT)
    assert outcome.outcomes == {"errors": 3}
    told = outcome.text.partition("\nEEE")[0]
    assert told == "\n".join(
        (
            "errcodes: 3 tests will fail for a wrong marker",
            "  test_orders.py::TestOrders::test_method",
            f"    @pytest.mark.expected_code(401018) {FAULT}",
            f"    {HINT.format('expected_code')}",
            "  test_orders.py::test_function",
            f"    @pytest.mark.expect_code(401009) {FAULT}",
            f"    {HINT.format('expect_code')}",
            "  test_orders.py::test_row[buy]",
            f"    @pytest.mark.expects_codes(401009) {FAULT}",
            f"    {HINT.format('expects_codes')}",
        )
    )


def test_name_on_a_module_alone(project):
    """A wrong name of a module fails each of its tests, whatever else they carry."""
    project.tests("""
        pytestmark = pytest.mark.expect_code(401009)

        def test_plain():
            pass

        @pytest.mark.expects_code(401009)
        def test_marked(errcodes):
            errcodes.reply(401009)
            place_order()
    """)
    assert project.run(*SILENT).outcomes == {"errors": 2}


def test_registered_in_the_ini_file(project):
    """A marker of the user's own that is registered is left alone, whatever its name."""
    project.ini("markers =", "    expect_code(code): ours", "    errcode")
    project.tests("""
        @pytest.mark.expect_code(401009)
        @pytest.mark.errcode
        def test_order():
            pass
    """)
    assert project.run(*SILENT).outcomes == {"passed": 1}


def test_registered_by_a_plugin(project):
    """So is one that another plugin registered, or a conftest.py."""
    project.file(
        "conftest.py",
        """
        def pytest_configure(config):
            config.addinivalue_line("markers", "every_codes: theirs")
        """,
    )
    project.tests("""
        @pytest.mark.every_codes
        def test_order():
            pass
    """)
    assert project.run(*SILENT).outcomes == {"passed": 1}


def test_others_that_nobody_registered(project):
    """An unknown marker that says something else is pytest's affair."""
    project.tests("""
        @pytest.mark.exit_code(1)
        @pytest.mark.expects_status(400)
        def test_order():
            pass
    """)
    assert project.run(*SILENT).outcomes == {"passed": 1}
