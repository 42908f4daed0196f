"""The marker ``expects_code``: its options, its verdicts and their whole texts."""

from __future__ import annotations

import pytest
from ended_rows import PASSED, failed


def write_test(mark, body):
    """Return a module of one test with a marker."""
    indented = "\n".join(f"            {line}" for line in body.splitlines())
    return f"""
        @pytest.mark.expects_code({mark})
        def test_order(errcodes):
{indented}
    """


def verdict(project, mark, body):
    """Run one test with a marker and return the text it fails with; None when it passes."""
    project.tests(write_test(mark, body))
    outcome = project.run()
    return None if outcome.outcomes == {"passed": 1} else outcome.failure("test_order")


RAISED = "errcodes.reply(401009)\nplace_order()"
SWALLOWED = "errcodes.reply(401009)\nswallow_order()"
SWALLOWED_TWICE = f"{SWALLOWED}\nswallow_order()"
CAUGHT = "errcodes.reply(401009)\nwith pytest.raises(ApiError):\n    place_order()"
LEVERAGE = "errcodes.reply(401112, '20')\nplace_order()"


#: Markers, and tests that meet them.
MET = [
    ("401009", RAISED),
    ("401009, surfaced=None", SWALLOWED),
    ("401009, surfaced=False", SWALLOWED),
    ("401009", CAUGHT),
    ("401009", "errcodes.reply(401009)\nassert_code(httpx.get(URL), 401009)"),
    ("401009", "errcodes.reply(401009)\nwith raises_code(401009):\n    place_order()"),
    ("401009, 401018, any_of=True", RAISED),
    ("401009, 401018", f"{CAUGHT}\nerrcodes.reply(401018)\nplace_order()"),
    ("401112", LEVERAGE),
    ("401112, params=(20,)", LEVERAGE),
    ("401112, params=['20']", LEVERAGE),
    ("401009, message='clientOrderId already exists'", RAISED),
    ("401009, message='Oops'", "errcodes.reply(401009, message='Oops')\nplace_order()"),
    ("401009, message='ignore'", "errcodes.reply(401009, message='Oops')\nplace_order()"),
    ("401009, message='warn'", "errcodes.reply(401009, message='Oops')\nplace_order()"),
    ("401009, message='template'", RAISED),
    ("401009, times=2, surfaced=False", SWALLOWED_TWICE),
    ("401009, times=2", f"{CAUGHT}\nplace_order()"),
    ("401009, times=1", RAISED),
    ("401009, surfaced=True", RAISED),
    ("401009, surfaced=True", "errcodes.reply(401009)\nassert_code(httpx.get(URL), 401009)"),
    ("401009, params=None, message=None, times=None", RAISED),
    ("200000", "errcodes.reply(200000)\nplace_order()"),
]


def test_expectation_is_met(project):
    """A test passes whose marker names what it saw, however narrow the marker is."""
    rows = {row: write_test(*row) for row in MET}
    assert project.run_rows(rows) == dict.fromkeys(rows, PASSED)


def test_nothing_was_seen(project):
    """A test that saw no code at all fails, and its documented message is shown."""
    assert verdict(project, "401009", "pass") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing"
    )


def test_another_code_was_seen(project):
    """A test that saw other codes fails, and lists them with the requests they answered."""
    body = "errcodes.reply(401018).then(401019)\nswallow_order()\nswallow_order()\nswallow_order()"

    assert verdict(project, "401009", body) == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      401018  Order not found\n"
        "                    received from POST https://api.test/order\n"
        "  seen      401019  This order cannot be cancelled\n"
        "                    received from POST https://api.test/order, 2 times"
    )


def test_another_code_was_raised(project):
    """A test that raised another code fails with the comparison and the place it was raised at."""
    assert verdict(project, "401009", "errcodes.reply(401018)\nplace_order()") == (
        "expected 401009, came 401018\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401018  Order not found\n"
        "                ^\n"
        "raised as ApiError at client.py:24, from test_orders.py:5"
    )


def test_another_code_than_each_of_several_was_raised(project):
    """The comparison is with the first expected code, and names the others."""
    body = "errcodes.reply(401018)\nplace_order()"

    assert verdict(project, "401009, 401019, 401009, any_of=True", body) == (
        "expected 401009, came 401018\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401018  Order not found\n"
        "                ^\n"
        "(expected as well: 401019)\n"
        "raised as ApiError at client.py:24, from test_orders.py:5"
    )


def test_each_of_several_codes_must_be_seen(project):
    """Of several codes, all those are named that were not seen."""
    assert verdict(project, "401018, 401009, 401019", RAISED) == (
        "expected codes 401018 and 401019 were not seen\n"
        "  expected  401018  Order not found\n"
        "  expected  401019  This order cannot be cancelled\n"
        "  seen      401009  clientOrderId already exists\n"
        "                    received from POST https://api.test/order\n"
        "  seen      401009  clientOrderId already exists\n"
        "                    surfaced: raised as ApiError at client.py:24, from test_orders.py:5"
    )


def test_none_of_several_codes_was_seen(project):
    """With any_of, a test fails only if it saw none of them."""
    assert verdict(project, "401018, 401019, any_of=True", SWALLOWED) == (
        "none of the expected codes was seen\n"
        "  expected  401018  Order not found\n"
        "  expected  401019  This order cannot be cancelled\n"
        "  seen      401009  clientOrderId already exists\n"
        "                    received from POST https://api.test/order"
    )


def test_one_of_several_codes_is_not_as_expected(project):
    """With any_of, a code that came with another message does not count, and is the one told of."""
    assert verdict(project, "401018, 401009, any_of=True, message='Oops'", RAISED) == (
        "expected the message given for 401009, came another\n"
        "  expected  401009  Oops\n"
        "  came      401009  clientOrderId already exists\n"
        "                    ^"
    )


def test_answer_without_a_message(project):
    """An answer whose message is null is shown as such."""
    body = "assert_code({'code': 401018, 'message': None}, 401018, message='ignore')"
    assert verdict(project, "401009", body) == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      401018  (no message)\n"
        "                    surfaced: assert_code at test_orders.py:4"
    )


def test_code_did_not_surface(project):
    """What only the client saw is not enough."""
    assert verdict(project, "401009", SWALLOWED) == (
        "code 401009 was received and did not surface\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      401009  clientOrderId already exists\n"
        "                    received from POST https://api.test/order\n"
        "hint: no exception with it reached the test: the client swallowed it, or returned it "
        "(then assert result == IsCode(401009))\n"
        "hint: an except outside of the test function is not seen: use pytest.raises; if the "
        "client is to handle the code, say surfaced=False"
    )


#: How often an answer is expected, what the test does, what it is told, and what of the answers.
OTHER_TIMES = [
    (3, SWALLOWED_TWICE, "received 2 times, expected 3 times", ", 2 times"),
    (1, SWALLOWED_TWICE, "received 2 times, expected once", ", 2 times"),
    (2, SWALLOWED, "received once, expected 2 times", ""),
]


def test_code_came_another_number_of_times(project):
    """With times, the number of answers counts that carried the code."""
    rows, texts = {}, {}
    for times, body, title, more in OTHER_TIMES:
        rows[times, body] = write_test(f"401009, times={times}, surfaced=False", body)
        texts[times, body] = failed(
            f"code 401009 was {title}\n"
            "  expected  401009  clientOrderId already exists\n"
            "  seen      401009  clientOrderId already exists\n"
            f"                    received from POST https://api.test/order{more}"
        )
    assert len(rows) == len(OTHER_TIMES)
    assert project.run_rows(rows) == texts


TWO_LEVERAGES = (
    "errcodes.reply(401112, '20').then(401112, '50')\n"
    "for _ in range(2):\n    with pytest.raises(ApiError):\n        place_order()"
)
RAISED_AND_ASSERTED = (
    "errcodes.reply(401009)\nwith raises_code(401009) as raised:\n    place_order()\n"
    "assert_code(raised.value, 401009)"
)
SURFACED_ONCE = "errcodes.reply(401009)\nswallow_order()\nassert_code(httpx.get(URL), 401009)"


#: Markers with times, and tests that meet them.
MET_TIMES = [
    ("401112, params=('20',), times=1", TWO_LEVERAGES),
    ("401112, params=('50',), times=1", TWO_LEVERAGES),
    ("401112, times=2", TWO_LEVERAGES),
    ("401009, times=1", RAISED_AND_ASSERTED),
    ("401009, times=2", SURFACED_ONCE),
]


def test_times_of_what_is_expected(project):
    """With times, only what fits the rest of the expectation counts."""
    rows = {row: write_test(*row) for row in MET_TIMES}
    assert project.run_rows(rows) == dict.fromkeys(rows, PASSED)


#: Markers with times, tests that do not meet them, and the first line of what they are told.
UNMET_TIMES = [
    (
        "401112, params=('20',), times=2",
        TWO_LEVERAGES,
        "code 401112 was received as expected once, expected 2 times",
    ),
    (
        "401009, times=1",
        SURFACED_ONCE,
        "code 401009 was received 2 times, expected once",
    ),
    (
        "401009, times=2",
        "with raises_code(401009):\n    raise ApiError(401009, 'clientOrderId already exists')",
        "code 401009 surfaced once, expected 2 times",
    ),
    (
        "401009, message='ignore', times=1, surfaced=None",
        SWALLOWED_TWICE,
        "code 401009 was received as expected 2 times, expected once",
    ),
]


def test_another_number_of_times_than_expected(project):
    """The verdict says what was counted."""
    rows = {(mark, body): write_test(mark, body) for mark, body, _ in UNMET_TIMES}
    assert len(rows) == len(UNMET_TIMES)
    told = {
        row: [text.splitlines()[0] for text in ended.failures]
        for row, ended in project.run_rows(rows).items()
    }
    assert told == {(mark, body): [title] for mark, body, title in UNMET_TIMES}


def test_message_does_not_fit_its_template(project):
    """A message that drifted fails the test, unless a policy says otherwise."""
    assert verdict(project, "401009", "errcodes.reply(401009, message='Oops')\nplace_order()") == (
        "expected the documented message of 401009, came another\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401009  Oops\n"
        "                    ^\n"
        'hint: if the API words it so now, message="warn" reports it and passes'
    )


def test_message_is_not_the_one_given(project):
    """An exact message is compared to the letter."""
    assert verdict(project, "401009, message='clientOrderId exists'", RAISED) == (
        "expected the message given for 401009, came another\n"
        "  expected  401009  clientOrderId exists\n"
        "  came      401009  clientOrderId already exists\n"
        "                                  ^"
    )


def test_parameters_are_not_the_ones_given(project):
    """Parameters are compared as texts, one by one."""
    assert verdict(project, "401112, params=(30,)", LEVERAGE) == (
        "expected 401112 with the parameter given, came another\n"
        "  expected  401112  …, The maximum leverage for this symbol is 30. Please reduce the "
        "leverage ratio.\n"
        "  came      401112  …, The maximum leverage for this symbol is 20. Please reduce the "
        "leverage ratio.\n"
        "                                                               ^\n"
        "  parameter 1 (%s): expected '30', came '20'"
    )


def test_markers_add_up(project):
    """Markers of the module, the class, the function and the parameter must all be met."""
    project.tests("""
        pytestmark = pytest.mark.expects_code(401009)

        @pytest.mark.expects_code(401018)
        class TestOrders:
            @pytest.mark.expects_code(401019)
            @pytest.mark.parametrize("side", [
                pytest.param("buy", marks=pytest.mark.expects_code(401020)),
            ])
            def test_order(self, errcodes, side):
                pass
    """)
    assert project.run().failure("TestOrders.test_order[buy]") == (
        "expected codes 401019, 401020, 401018 and 401009 were not seen\n"
        "  expected  401019  This order cannot be cancelled\n"
        "  expected  401020  Invalid orderId value\n"
        "  expected  401018  Order not found\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing"
    )


def test_equal_markers_tell_their_failure_once(project):
    """A marker that stands on class and module alike does not fail twice."""
    project.tests("""
        pytestmark = pytest.mark.expects_code(401009)

        @pytest.mark.expects_code(401009)
        def test_order():
            pass
    """)
    assert project.run().failure("test_order") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing"
    )


def test_marker_of_a_parameter(project):
    """A marker on pytest.param holds for that parameter alone."""
    project.tests("""
        @pytest.mark.parametrize("code", [
            pytest.param(401009, marks=pytest.mark.expects_code(401009)),
            pytest.param(401018, marks=pytest.mark.expects_code(401018)),
            200000,
        ])
        def test_order(errcodes, code):
            errcodes.reply(code)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 3}


def test_marker_added_by_a_fixture(project):
    """A marker that a fixture adds while the test is set up is judged like any other."""
    project.tests("""
        @pytest.fixture
        def duplicate(request):
            request.node.add_marker(pytest.mark.expects_code(401009))

        def test_order(duplicate):
            pass
    """)
    assert project.run().failure("test_order").startswith("expected code 401009 was not seen\n")


def test_marker_added_by_a_hook(project):
    """A marker that conftest.py adds to collected tests is judged like any other."""
    project.file(
        "conftest.py",
        """
        import pytest

        def pytest_collection_modifyitems(items):
            for item in items:
                item.add_marker(pytest.mark.expects_code(401009))
        """,
    )
    project.tests("""
        def test_order():
            pass
    """)
    assert project.run().failure("test_order").startswith("expected code 401009 was not seen\n")


def test_codes_of_an_enum(project):
    """Members of IntEnum stand for their codes."""
    project.tests("""
        from enum import IntEnum

        class Code(IntEnum):
            DUPLICATE = 401009

        @pytest.mark.expects_code(Code.DUPLICATE)
        def test_order(errcodes):
            errcodes.reply(Code.DUPLICATE)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 1}


def test_codes_of_a_catalog(project):
    """An ErrorCode of a catalog stands for itself."""
    project.tests("""
        from pytest_errcodes import load_catalog

        @pytest.mark.expects_code(load_catalog()[401009])
        def test_order(errcodes):
            errcodes.reply(401009)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 1}


def test_verdict_and_router_findings_are_told_together(project):
    """A verdict stands first, then what the router found."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.get("/order").reply(401009)
            swallow_order()
    """)
    assert project.run().failure("test_order") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing\n"
        "\n"
        "no route matches POST https://api.test/order\n"
        "nearest route:\n"
        "  GET /order\n"
        "    method is POST, not GET\n"
        "\n"
        "no request reached GET /order"
    )


def test_what_is_long_or_secret_is_not_printed_whole(project):
    """Observed messages are shown on one line, short, without secrets."""
    body = "errcodes.reply(401018, message='token=abcdef123456\\n' + 'x' * 500)\nswallow_order()"
    shown = verdict(project, "401009", body).splitlines()[2]
    assert shown.startswith("  seen      401018  token=<secret>\\nxxx")
    assert shown.endswith("xxx…")
    assert len(shown) == len("  seen      401018  ") + 201


def test_many_observations_are_cut(project):
    """A test that saw hundreds of different answers shows the first twenty."""
    body = (
        "errcodes.reply(401018)\n"
        "for number in range(30):\n"
        "    httpx.get(f'https://api.test/{number}')"
    )
    lines = verdict(project, "401009", body).splitlines()
    assert len(lines) == 2 + 2 * 20 + 1
    assert lines[-1] == "  … and 10 more"


def test_code_of_the_other_type_is_told(project):
    """A code that came as a string, where the catalog has integers, gets a hint."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_string():
            with httpx.Client(transport=answer("401009")) as http:
                http.get(URL)
    """)
    assert project.run().failure("test_string") == (
        "expected code 401009 was not seen\n"
        "  expected  401009    clientOrderId already exists\n"
        '  seen      "401009"  clientOrderId already exists\n'
        "                      received from GET https://api.test/order\n"
        "hint: codes of the catalog are integers, and a string came: decode it, "
        'or declare code_type = "either"'
    )


def test_another_error_lost_its_code(project):
    """Beside an exception without a code stands which other error the client had received."""
    body = "errcodes.reply(401018)\nswallow_order()\nraise KeyError('orderId')"
    assert verdict(project, "401009", body).endswith(
        "\n--- errcodes ---\nexpected 401009; 401018 was received; KeyError carries no code"
    )


@pytest.mark.parametrize("received", ["401018, times=1).then(200000", "200000"])
def test_success_before_an_exception_without_a_code(project, received):
    """Nothing is said where the last answer was a success."""
    body = (
        f"errcodes.reply({received}).optional()\nfor _ in '12':\n    httpx.get(URL)\nraise KeyError"
    )
    assert "was received" not in verdict(project, "401009", body)


def test_leaves_no_frame(project):
    """An exception that ends a test as expected keeps nothing of the test alive."""
    project.tests("""
        import gc
        import weakref

        class Kept:
            pass

        kept = []

        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            local = Kept()
            kept.append(weakref.ref(local))
            gc.disable()
            errcodes.reply(401009)
            place_order()

        def test_after():
            gc.enable()
            assert kept[0]() is None
    """)
    assert project.start("-p", "no:randomly").outcomes == {"passed": 2}
