"""assert_code, assert_success and assert_documented."""

from __future__ import annotations

import pytest

from pytest_errcodes import (
    ErrcodesUsageError,
    UnknownCodeError,
    assert_code,
    assert_documented,
    assert_success,
)
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.catalog import Catalog, EnvelopeShape, ErrorCode, Section, load_catalog

EXISTS = {"code": 401009, "message": "clientOrderId already exists", "data": {"id": 7}}
SUCCESS = {"code": 200000, "message": "done", "data": {"id": 7}}
LEVERAGE = load_catalog("ltp")[401112]


pytestmark = pytest.mark.usefixtures("context")


def failure(assertion, *args, **options):
    """Return the text with which an assertion fails."""
    with pytest.raises(AssertionError) as caught:
        assertion(*args, **options)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


def test_assert_code_returns_the_envelope():
    """The envelope comes back, to look at more of it."""
    envelope = assert_code(EXISTS, 401009, data={"id": 7})

    assert (envelope.code, envelope.data) == (401009, {"id": 7})


def test_assert_code_takes_an_error_code():
    """The code may be an ErrorCode, with parameters."""
    body = {"code": 401112, "message": LEVERAGE.template.render(20)}

    assert assert_code(body, LEVERAGE, 20).code == 401112


def test_assert_code_fails():
    """Another code fails with the comparison."""
    assert failure(assert_code, {"code": 401018, "message": "Order not found"}, 401009) == (
        "expected 401009, came 401018\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401018  Order not found\n"
        "                ^"
    )


def test_assert_code_of_no_envelope():
    """What is no envelope fails with what was expected, and what it was."""
    assert failure(assert_code, b"<html>token=abc</html>", 401112, 20) == (
        "expected 401112, came no envelope: the body is an HTML page, not JSON\n"
        "  expected      401112  Due to exchange parameter adjustments, The maximum leverage for "
        "this symbol is 20. Please reduce the leverage ratio.\n"
        "  body          <html>token=<secret></html>\n"
        "hint: something before the API answered: look at the URL, the proxy, the gateway"
    )


def test_assert_code_of_none():
    """A client that returned None is suspected of swallowing the error."""
    assert failure(assert_code, None, 401009) == (
        "expected 401009, came no envelope: it is None\n"
        "  expected      401009  clientOrderId already exists\n"
        "hint: if the client returned it, it may have swallowed the error"
    )


def test_assert_code_with_a_message_and_data():
    """Message and data are judged as they are given."""
    assert "expected the message given for 401009" in failure(
        assert_code, EXISTS, 401009, message="duplicate"
    )
    assert "expected 401009 with the data given" in failure(assert_code, EXISTS, 401009, data=None)


def test_assert_code_by_another_catalog():
    """A catalog that is given reads and judges the envelope."""
    section = Section("all", "All", "")
    catalog = Catalog(
        "other",
        [ErrorCode("card_declined", "Your card was declined.", section)],
        sections=[section],
        shapes=[EnvelopeShape(code="kind", message="text", code_type="string")],
    )
    body = {"kind": "card_declined", "text": "Your card was declined."}

    assert assert_code(body, "card_declined", catalog=catalog).code == "card_declined"


@pytest.mark.parametrize("code", [401065, "401009", 401009.0, True, None])
def test_assert_code_of_an_unknown_code(code):
    """A code that the catalog lacks is a mistake of the test, not of the API."""
    with pytest.raises(UnknownCodeError) as caught:
        assert_code(EXISTS, code)

    assert caught.value.slug == "unknown-code"


def test_assert_code_with_too_many_parameters():
    """Parameters that the template does not take are refused before anything is read."""
    with pytest.raises(ErrcodesUsageError) as caught:
        assert_code("not even an envelope", 401009, "20")

    assert str(caught.value) == (
        "message template 'clientOrderId already exists' takes no parameters, and got 1: '20'\n"
        "hint: leave the parameters out"
    )


def test_assert_success():
    """A success passes whatever its message, and the envelope comes back."""
    assert assert_success(SUCCESS, data={"id": 7}).data == {"id": 7}


def test_assert_success_fails():
    """An error fails, with the codes that would have been a success."""
    assert failure(assert_success, EXISTS) == (
        "expected success, came 401009\n"
        "  expected  200 or 200000  Success\n"
        "  came      401009         clientOrderId already exists\n"
        "            ^"
    )


def test_assert_success_of_no_envelope():
    """What is no envelope is no success either."""
    assert failure(assert_success, "") == (
        "expected success, came no envelope: the body is empty\n"
        "  expected      200 or 200000  Success"
    )


@pytest.mark.parametrize(
    ("options", "title"),
    [
        ({"message": "template"}, "expected the documented message of 200000, came another"),
        ({"message": "Success"}, "expected the message given for 200000, came another"),
        ({"data": None}, "expected 200000 with the data given, came other data"),
    ],
)
def test_assert_success_with_more(options, title):
    """Message and data of a success are judged when they are asked for."""
    assert failure(assert_success, SUCCESS, **options).splitlines()[0] == title


@pytest.mark.parametrize("body", [EXISTS, {"code": 200, "message": "Success"}])
def test_assert_documented(body):
    """Any code of the catalog passes, success included."""
    assert assert_documented(body).code == body["code"]


def test_assert_documented_fails():
    """A code that the catalog lacks fails, with the nearest ones."""
    assert failure(assert_documented, {"code": 401065, "message": "a"}) == (
        "expected a documented code, came 401065\n"
        "  expected  any     code that the catalog ltp documents\n"
        "  came      401065  a\n"
        "            ^\n"
        "  nearest   401064  No account found matching the specified criteria\n"
        "            401066  Can not find exchange account group\n"
        "hint: the catalog ltp does not document 401065"
    )


def test_assert_documented_judges_the_message():
    """A documented code with another message fails."""
    assert failure(assert_documented, {"code": 401009, "message": "a"}) == (
        "expected the documented message of 401009, came another\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401009  a\n"
        "                    ^\n"
        'hint: if the API words it so now, message="warn" reports it and passes'
    )


def test_each_assertion_is_observed(context):
    """Each envelope that is as expected is noted with its place and its carrier."""
    line = test_each_assertion_is_observed.__code__.co_firstlineno
    assert_code(EXISTS, 401009)
    assert_success(SUCCESS)
    assert_documented(EXISTS)
    failure(assert_code, EXISTS, 401018)

    assert [(seen.code, seen.source) for seen in context.observations] == [
        (401009, "assertion"),
        (200000, "assertion"),
        (401009, "assertion"),
    ]
    assert context.observations[0] == Observation(
        401009,
        EXISTS["message"],
        EXISTS["data"],
        context.catalog.shape,
        None,
        "assertion",
        f"assert_code at test_asserts.py:{line + 3}",
        carrier=context.carriers.identify(EXISTS),
    )
    assert context.observations[1].place.startswith("assert_success at test_asserts.py")


def test_nothing_is_observed_between_tests(context):
    """Where nobody observes, the assertions work all the same."""
    context.observers.clear()
    context.sees_wire = False

    assert assert_code(EXISTS, 401009).code == 401009


HEAD = """
    from pytest_errcodes import Envelope, IsCode, assert_code, assert_documented, assert_success
    from pytest_errcodes import raises_code

    BODY = {"code": 401018, "message": "Order not found"}
"""
CALLS = [
    "assert_code(BODY, 401009)",
    "assert_code('<html>', 401009)",
    "assert_code(BODY, 401065)",
    "assert_code(BODY, 401018, 'too', 'many')",
    "assert_success(BODY)",
    "assert_documented({'code': 401065})",
    "with raises_code(401009): pass",
    "raises_code(401065)",
    "raises_code(401009, exception=int)",
    "raises_code(401009).value",
    "Envelope.of('<html>')",
    "IsCode(401065)",
    "IsCode(401009, 'too many')",
]


def test_only_the_frame_of_the_user_is_shown(pytester):
    """A failure shows the line of the test, and no frame of ours."""
    tests = "".join(f"\n    def test_{i}():\n        {call}\n" for i, call in enumerate(CALLS))
    path = pytester.makepyfile(test_calls=HEAD + tests)

    result = pytester.runpytest(
        "-p", "no:cacheprovider", "-p", "pytest_errcodes.plugin", "-p", "no:randomly", "--tb=short"
    )

    result.assert_outcomes(failed=len(CALLS))
    frames = [line for line in result.outlines if ": in " in line]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert frames == [
        f"test_calls.py:{lines.index('    ' + call) + 1}: in test_{i}"
        for i, call in enumerate(CALLS)
    ]


def test_what_pytest_shows(pytester, monkeypatch):
    """The first line is the summary, and the rest stands aligned below it."""
    monkeypatch.setenv("COLUMNS", "120")
    pytester.makepyfile(f"{HEAD}\n    def test_it():\n        assert_code(BODY, 401009)\n")

    result = pytester.runpytest("-p", "no:cacheprovider", "-p", "pytest_errcodes.plugin")

    result.stdout.fnmatch_lines(
        [
            ">       assert_code(BODY, 401009)",
            "E       AssertionError: expected 401009, came 401018",
            "E         expected  401009  clientOrderId already exists",
            "E         came      401018  Order not found",
            "E                       ^",
            "FAILED *::test_it - AssertionError: expected 401009, came 401018",
        ],
    )
