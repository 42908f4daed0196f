"""Which exceptions carry a code that ``expects_code`` judges, and which go through untouched."""

from __future__ import annotations

import pytest
from ended_rows import PASSED


def write_test(raising, mark="401009"):
    """Return a module of one test with a marker whose last line is ``raising``."""
    return f"""
        class Carrier(Exception):
            def __init__(self, *args, **carried):
                super().__init__(*args or ["it failed"])
                vars(self).update(carried)

        BODY = {{"code": 401009, "message": "clientOrderId already exists", "data": None}}

        @pytest.mark.expects_code({mark})
        def test_order():
            {raising}

        class Model:
            code, message = 401009, "clientOrderId already exists"
    """


def run(project, raising, mark="401009"):
    """Run such a test."""
    project.tests(write_test(raising, mark))
    return project.run()


CARRYING = [
    "raise ApiError(401009, 'clientOrderId already exists')",
    "raise Carrier(code=401009, msg='clientOrderId already exists')",
    "raise Carrier(code=401009)",
    "raise Carrier(code=401009, response=httpx.Response(200, json=BODY))",
    "raise Carrier(body=json.dumps(BODY))",
    "raise Carrier(BODY)",
    "raise Carrier(Model())",
    "raise Carrier(error=Model())",
    "raise RuntimeError('the API refused: ' + json.dumps(BODY))",
    "raise RuntimeError('the API refused: code 401009')",
    "raise Carrier(envelope=BODY)",
    "raise Carrier(envelope=json.dumps(BODY))",
    "raise Carrier(response=httpx.Response(200, json=BODY))",
    "raise ExceptionGroup('both', [Carrier(envelope=BODY), Carrier(envelope=BODY)])",
    "raise ExceptionGroup('one', [ExceptionGroup('in one', [Carrier(envelope=BODY)])])",
    "httpx.Response(400, json=BODY, request=httpx.Request('GET', URL)).raise_for_status()",
]


def test_exception_carries_the_code(project):
    """A test passes that raises what carries the expected code, however it carries it."""
    rows = {raising: write_test(raising) for raising in CARRYING}
    assert project.run_rows(rows) == dict.fromkeys(rows, PASSED)


OTHERS = [
    "raise ZeroDivisionError('by zero')",
    "raise AssertionError('assert 1 == 2')",
    "assert BODY == {}",
    "raise SystemExit(401009)",
    "raise Carrier(code=lambda: 401009, message='a method, as in gRPC')",
    "raise Carrier(envelope='<html>')",
    "raise Carrier(response=httpx.Response(502, text='<html>'))",
    "raise Carrier() from Carrier(envelope=BODY)",
    "import urllib.error; raise urllib.error.HTTPError(URL, 401009, 'Bad', {}, None)",
    "pytest.fail('of the test itself')",
    "raise KeyError('code')",
    "raise KeyError(401009)",
    "raise ValueError('401009 is not a valid ErrorCode')",
    "raise RuntimeError('order 401009 not found')",
    "raise RuntimeError('https://api.example.com/orders/401009 failed')",
    "raise AssertionError('401009')",
    "raise AssertionError(BODY)",
]


def test_other_exceptions_go_through(project):
    """What carries no code fails the test as it does without the marker."""
    rows = {raising: write_test(raising) for raising in OTHERS}
    with_marker = project.run_rows(rows)
    assert [row for row in rows if with_marker[row].outcomes != {"failed": 1}] == []
    without_ours = project.run_rows(rows, with_ours=False)
    assert {row: ended.failures for row, ended in with_marker.items()} == {
        row: ended.failures for row, ended in without_ours.items()
    }


@pytest.mark.parametrize(
    "raising",
    [
        "raise ExceptionGroup('two', [Carrier(envelope=BODY), ValueError()])",
        "raise BaseExceptionGroup('two', [Carrier(envelope=BODY), SystemExit(1)])",
    ],
)
def test_group_with_more_than_codes(project, raising):
    """A group goes through untouched in which anything carries no code."""
    text = run(project, raising).failure("test_order")
    assert f"{raising[6:24].partition('(')[0]}: two (2 sub-exceptions)" in text
    assert "401009, came" not in text


def test_failed_assertion_helper_goes_through(project):
    """What an assertion helper says is not hidden behind a verdict."""
    text = run(project, "assert_code(BODY, 401018)").failure("test_order")
    assert [line for line in text.splitlines() if line.startswith("E")] == [
        "E       AssertionError: expected 401018, came 401009",
        "E         expected  401018  Order not found",
        "E         came      401009  clientOrderId already exists",
        "E                       ^",
    ]


def test_mistake_in_the_test_goes_through(project):
    """Our own error about an undocumented code has a code, and is not the client's."""
    text = run(project, "assert_code(BODY, 401065)").failure("test_order")
    assert (
        "E       pytest_errcodes.UnknownCodeError: catalog 'ltp' documents no code 401065\n"
    ) in text


def test_group_with_another_code(project):
    """Each code that a group carries must be expected."""
    raising = (
        "raise ExceptionGroup('two', [Carrier(envelope=BODY), ApiError(401018, 'Order not found')])"
    )
    assert run(project, raising).failure("test_order") == (
        "expected 401009, came 401018\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401018  Order not found\n"
        "                ^\n"
        "raised as ApiError in ExceptionGroup at test_orders.py:11"
    )


def test_code_of_the_wrong_type(project):
    """A code that is a text where the catalog has integers is another code."""
    raising = "raise ApiError('401009', 'clientOrderId already exists')"
    assert run(project, raising).failure("test_order") == (
        'expected 401009, came "401009"\n'
        "  expected  401009    clientOrderId already exists\n"
        '  came      "401009"  clientOrderId already exists\n'
        "            ^\n"
        "hint: the catalog says integer, a string came: decode it, or declare "
        'code_type = "either"\n'
        "raised as ApiError at test_orders.py:11"
    )


def test_success_that_is_raised(project):
    """An exception that carries success is no error that was expected."""
    assert run(project, "raise ApiError(200000, 'Success')").failure("test_order") == (
        "expected 401009, came 200000\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      200000  Success\n"
        "            ^\n"
        "hint: ApiError says 200000, which means success: it may have had no code to read, "
        "as from a page of a gateway\n"
        "raised as ApiError at test_orders.py:11"
    )


def test_code_behind_a_hook(project):
    """A hook of the project reads exceptions that nothing else can read."""
    project.file(
        "conftest.py",
        """
        def pytest_errcodes_envelope(obj):
            if type(obj).__name__ == "Carrier":
                return {"code": obj.number, "message": obj.text}
        """,
    )
    raising = "raise Carrier(number=401009, text='clientOrderId already exists')"
    assert run(project, raising).outcomes == {"passed": 1}


def test_hook_of_a_folder(project):
    """A conftest.py reads the exceptions of the tests below it, and no others."""
    project.file(
        "near/conftest.py",
        """
        def pytest_errcodes_envelope(obj):
            return {"code": 401009, "message": "clientOrderId already exists"}
        """,
    )
    body = """
        @pytest.mark.expects_code(401009)
        def test_order():
            raise OSError
    """
    project.tests(body, "near/test_near.py")
    project.tests(body, "far/test_far.py")
    assert project.run().outcomes == {"passed": 1, "failed": 1}


def test_hook_that_fails(project):
    """What a hook of the project raises is told beside the failure of the test itself."""
    project.file(
        "conftest.py",
        """
        def pytest_errcodes_envelope(obj):
            raise RuntimeError("of the hook")
        """,
    )
    text = run(project, "raise OSError").failure("test_order")
    assert text.endswith(
        "E       OSError\n"
        "E       reading it by pytest_errcodes_envelope raised RuntimeError: of the hook\n\n"
        "test_orders.py:11: OSError"
    )


def test_code_raised_beside_what_was_seen(project):
    """A raised code adds to those that were seen before it."""
    raising = "assert_code(BODY, 401009); raise ApiError(401018, 'Order not found')"
    assert run(project, raising, "401009, 401018").outcomes == {"passed": 1}


def test_exception_raised_in_a_fixture(project):
    """A fixture that fails is an error of its own, whatever code it carries."""
    project.tests("""
        @pytest.fixture
        def order():
            raise ApiError(401009, "clientOrderId already exists")

        @pytest.mark.expects_code(401009)
        def test_order(order):
            pass
    """)
    outcome = project.run()
    assert outcome.outcomes == {"errors": 1}
    assert outcome.error("test_order").splitlines()[-3:] == [
        "E       client.ApiError: 401009 clientOrderId already exists",
        "",
        "test_orders.py:4: ApiError",
    ]
