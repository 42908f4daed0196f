"""What a test with routes fails with: unmatched requests, unused routes, refused replies."""

from __future__ import annotations

import itertools

import pytest
from ended_rows import PASSED, Row, failed

UNMATCHED = "no route matches POST https://api.test/order\n"
NO_ROUTES = f"{UNMATCHED}there are no routes yet"
UNUSED = "no request reached GET /other"


def only_failure(project, *arguments, plugins=()):
    """Run the one test of a project and return the text it fails with."""
    outcome = project.run(*arguments, plugins=plugins)
    assert outcome.outcomes == {"failed": 1}
    return outcome.failure("test_order")


def test_unmatched_request(project):
    """A request without a route fails the test although the client swallowed the error."""
    project.tests("""
        def test_order(errcodes):
            errcodes.post("/orders").reply(401009)
            httpx.post("https://api.test/orders")
            assert swallow_order() is None
    """)
    assert only_failure(project) == (
        f"{UNMATCHED}nearest route:\n  POST /orders\n    path is /order, not /orders"
    )


def test_unused_route(project):
    """A route that nobody called fails the test, and is named."""
    project.tests("""
        def test_order(errcodes):
            errcodes.get("/other").reply(401009)
    """)
    assert only_failure(project) == UNUSED


SENT = "the route for POST https://api.test/order sent "
SHORTEN = (
    "\nhint: should the client send more requests, as a retry? If not, shorten the script, or put "
    ".optional() on the route"
)
EMPTY = (
    "the route for POST https://api.test/order has no reply, and answered an empty HTTP 200\n"
    "hint: say what it answers, as with .reply(...); an empty HTTP 200 on purpose is .respond(200)"
)

#: Tests that are wrong, and what each is told.
WRONG = {
    "a client that never retries": (
        """
        def test_order(errcodes):
            errcodes.post(URL).reply(100429, times=2).then(200000)
            with raises_code(100429):
                place_order()
        """,
        f"{SENT}1 of the 3 replies in its script; next was 100429{SHORTEN}",
    ),
    "a client that swallows and never retries": (
        """
        def test_order(errcodes):
            errcodes.post(URL).reply(100429).then(200000)
            assert swallow_order() is None
        """,
        f"{SENT}1 of the 2 replies in its script; next was 200000{SHORTEN}",
    ),
    "a client that retries once too seldom": (
        """
        def test_order(errcodes):
            errcodes.post(URL).reply(100429, times=2).then(200000)
            for _ in range(2):
                swallow_order()
        """,
        f"{SENT}2 of the 3 replies in its script; next was 200000{SHORTEN}",
    ),
    "an expectation that is met by the first reply": (
        """
        @pytest.mark.expects_code(100429)
        def test_order(errcodes):
            errcodes.post(URL).reply(100429, times=2).then(200000)
            place_order()
        """,
        f"{SENT}1 of the 3 replies in its script; next was 100429{SHORTEN}",
    ),
    "a script that another answer cut off": (
        """
        def test_order(errcodes):
            route = errcodes.post(URL).reply(100429).then(200000)
            swallow_order()
            route.reply(401009)
            swallow_order()
        """,
        f"{SENT}1 of the 2 replies in its script; next was 200000{SHORTEN}",
    ),
    "a script of a nested router": (
        """
        def test_order(errcodes):
            with errcodes(base_url="https://api.test") as api:
                api.post("/order").reply(100429).then(200000)
                swallow_order()
        """,
        f"{SENT}1 of the 2 replies in its script; next was 200000{SHORTEN}",
    ),
    "a script beside an allowed one": (
        """
        def test_order(errcodes):
            errcodes.post("/login").optional().reply(200000).then(401009)
            errcodes.post(URL).reply(100429).then(200000)
            httpx.post("https://api.test/login")
            swallow_order()
        """,
        f"{SENT}1 of the 2 replies in its script; next was 200000{SHORTEN}",
    ),
    "a route without a reply": (
        """
        def test_order(errcodes):
            errcodes.post(URL)
            assert swallow_order() is None
        """,
        EMPTY,
    ),
    "a route whose reply comes too late": (
        """
        def test_order(errcodes):
            route = errcodes.post(URL)
            swallow_order()
            route.reply(401009)
        """,
        EMPTY,
    ),
}

#: Tests that are right, and stay green.
RIGHT = {
    "a client that retries": """
        def test_order(errcodes):
            errcodes.post(URL).reply(100429, times=2).then(200000, data="7")
            answers = [swallow_order() for _ in range(3)]
            assert answers == [None, None, "7"]
        """,
    "one reply for one request": """
        def test_order(errcodes):
            errcodes.post(URL).reply(200000, data="7")
            assert place_order() == "7"
        """,
    "one reply for many requests": """
        def test_order(errcodes):
            errcodes.post(URL).reply(200000, data="7")
            assert [place_order() for _ in range(3)] == ["7"] * 3
        """,
    "an optional script that begins": """
        def test_order(errcodes):
            errcodes.post(URL).reply(100429, times=2).then(200000).optional()
            assert swallow_order() is None
        """,
    "an optional script that does not": """
        def test_order(errcodes):
            errcodes.post(URL).optional().reply(100429, times=2).then(200000)
        """,
    "a marker that allows it": """
        @pytest.mark.errcodes(assert_all_sent=False)
        def test_order(errcodes):
            errcodes.post(URL).reply(100429, times=2).then(200000)
            assert swallow_order() is None
        """,
    "a nested router that allows it": """
        def test_order(errcodes):
            with errcodes(assert_all_sent=False) as api:
                api.post(URL).reply(100429, times=2).then(200000)
                assert swallow_order() is None
        """,
    "an expectation of each reply": """
        @pytest.mark.expects_code(100429, times=2)
        def test_order(errcodes):
            errcodes.post(URL).reply(100429, times=2)
            for _ in range(2):
                with raises_code(100429):
                    place_order()
        """,
    "an empty answer on purpose": """
        def test_order(errcodes):
            errcodes.post(URL).respond(200)
            assert httpx.post(URL).content == b""
        """,
    "a skipped test": """
        def test_order(errcodes):
            errcodes.post(URL).reply(100429).then(200000)
            swallow_order()
        """,
}
RIGHT["a skipped test"] += "    pytest.skip('not today')\n"

#: The same test, written for another runner.
ASYNC = (
    ("def test_", "async def test_"),
    ("place_order()", "await place_order_async()"),
    ("swallow_order()", "await swallow_order_async()"),
)
ASYNC_HEAD = """
        pytestmark = pytest.mark.anyio

        @pytest.fixture
        def anyio_backend():
            return "BACKEND"

        async def swallow_order_async():
            try:
                return await place_order_async()
            except Exception:
                return None
"""


def make_async(body, backend):
    """Return a test as an asynchronous one."""
    for old, new in ASYNC:
        body = body.replace(old, new)
    return ASYNC_HEAD.replace("BACKEND", backend) + body


SKIPPED = Row({"skipped": 1})


def test_wrong(project):
    """A test is told what was left of its scripts, and which route has no reply."""
    rows = {name: body for name, (body, _) in WRONG.items()}
    assert project.run_rows(rows) == {name: failed(text) for name, (_, text) in WRONG.items()}


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_wrong_and_asynchronous(project, backend):
    """So is an asynchronous one."""
    rows = {name: make_async(body, backend) for name, (body, _) in WRONG.items()}
    ended = project.run_rows(rows, plugins=("anyio.pytest_plugin",))
    assert ended == {name: failed(text) for name, (_, text) in WRONG.items()}


#: What becomes of the tests that are right.
RIGHT_ENDED = {name: SKIPPED if "skip" in body else PASSED for name, body in RIGHT.items()}


def test_right(project):
    """A test whose scripts came to their end, or may end early, is left alone."""
    assert project.run_rows(RIGHT) == RIGHT_ENDED


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_right_and_asynchronous(project, backend):
    """So is an asynchronous one."""
    rows = {name: make_async(body, backend) for name, body in RIGHT.items()}
    assert project.run_rows(rows, plugins=("anyio.pytest_plugin",)) == RIGHT_ENDED


def test_unfinished_script_in_a_unittest(project):
    """A method of a TestCase is told of its scripts too."""
    project.tests("""
        import unittest

        class TestOrders(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def routes(self, errcodes):
                errcodes.post(URL).reply(100429).then(200000)

            def test_order(self):
                swallow_order()
    """)
    outcome = project.run()
    assert outcome.failure("TestOrders.test_order") == (
        f"{SENT}1 of the 2 replies in its script; next was 200000{SHORTEN}"
    )


def test_route_without_a_reply_beside_a_failure(project):
    """A test that fails after a route without a reply was called is told of it."""
    project.tests("""
        def test_order(errcodes):
            errcodes.post(URL)
            place_order()
    """)
    text = only_failure(project)
    assert "JSONDecodeError: Expecting value" in text
    assert text.endswith(f"\n--- errcodes ---\n{EMPTY}")


def test_route_without_a_reply_beside_an_expectation(project):
    """So is one whose expected code was not seen."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.post(URL)
            swallow_order()
    """)
    text = only_failure(project)
    assert text.startswith("expected code 401009 was not seen")
    assert text.endswith(f"\n\n{EMPTY}")


def test_unfinished_script_beside_a_failure(project):
    """A test that fails at the reply which its client should have retried is told of the rest."""
    project.tests("""
        def test_order(errcodes):
            errcodes.post(URL).reply(100429).then(200000)
            assert place_order() is None
    """)
    assert only_failure(project).endswith(
        f"\n--- errcodes ---\n{SENT}1 of the 2 replies in its script; next was 200000{SHORTEN}"
    )


def test_all_findings(project):
    """A test fails with all that was found, each once."""
    project.tests("""
        def test_order(errcodes):
            for _ in range(3):
                swallow_order()
            errcodes.get("/other").reply(401009)
    """)
    assert only_failure(project) == f"{NO_ROUTES}\n\n{UNUSED}"


def test_secrets_in_findings(project):
    """No finding names a secret, of the request or of the route."""
    project.tests("""
        def test_order(errcodes):
            errcodes.get("/a", headers={"X-Api-Key": "k1"}, json={"apiSecret": "s1"})
            url = "https://user:u2@api.test/a?signature=g2"
            try:
                httpx.request("GET", url, headers={"X-Api-Key": "k2"}, json={"apiSecret": "s2"})
            except httpx.ConnectError as error:
                assert "g2" not in str(error)
    """)
    assert only_failure(project) == (
        "no route matches GET https://api.test/a?signature=<secret>\n"
        "nearest route:\n"
        "  GET /a headers={'x-api-key': <secret>} json={'apiSecret': '<secret>'}\n"
        "    header x-api-key differs\n"
        "\n"
        "no request reached GET /a headers={'x-api-key': <secret>} json={'apiSecret': '<secret>'}"
    )


def test_beside_an_assertion(project):
    """A test that fails keeps its own failure, and the findings stand beside it."""
    project.tests("""
        def test_order(errcodes):
            assert swallow_order() == {}
    """)
    assert only_failure(project, "--tb=short") == (
        "test_orders.py:3: in test_order\n"
        "    assert swallow_order() == {}\n"
        "E   assert None == {}\n"
        "E    +  where None = swallow_order()\n"
        "--- errcodes ---\n"
        f"{NO_ROUTES}"
    )


def test_beside_a_transport_error(project):
    """A client that lets the transport error through fails its test with the whole chain."""
    project.tests("""
        def test_order(errcodes):
            place_order()
    """)
    failure = only_failure(project, "--tb=short")
    assert failure.startswith(
        "pytest_errcodes.simulation.UnmatchedRequestError: "
        f"{NO_ROUTES}\n\nThe above exception was the direct cause of the following exception:\n"
    )
    assert [line for line in failure.splitlines() if "ConnectError: " in line] == [
        "httpcore.ConnectError: no route matches POST https://api.test/order",
        "E   httpx.ConnectError: no route matches POST https://api.test/order",
    ]
    assert failure.endswith(f"--- errcodes ---\n{NO_ROUTES}")


def test_transport_error(project):
    """The client gets httpx's own error, in whose chain the explanation stands."""
    project.tests("""
        def test_order(errcodes):
            with pytest.raises(httpx.ConnectError) as caught:
                place_order()
            assert str(caught.value) == "no route matches POST https://api.test/order"
            assert str(caught.value.__cause__.__cause__).splitlines() == [
                "no route matches POST https://api.test/order", "there are no routes yet"
            ]
    """)
    assert only_failure(project) == NO_ROUTES


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_findings_of_an_asynchronous_test(project, backend):
    """An asynchronous test fails in the same way."""
    project.tests(f"""
        @pytest.mark.parametrize("anyio_backend", ["{backend}"])
        @pytest.mark.anyio
        async def test_order(errcodes, anyio_backend):
            with pytest.raises(httpx.ConnectError):
                await place_order_async()
    """)
    outcome = project.run(plugins=("anyio.pytest_plugin",))
    assert outcome.failure(f"test_order[{backend}]") == NO_ROUTES


def test_unmatched_in_teardown(project):
    """What a fixture sends while it is torn down is an error of the teardown."""
    project.tests("""
        @pytest.fixture
        def client():
            yield
            swallow_order()

        def test_order(errcodes, client):
            pass
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    assert outcome.error("test_order", "teardown") == NO_ROUTES


def test_unmatched_in_setup(project):
    """What a fixture sends while it is set up fails the test."""
    project.tests("""
        @pytest.fixture
        def client(errcodes):
            swallow_order()

        def test_order(client):
            pass
    """)
    assert only_failure(project) == NO_ROUTES


def test_told_once(project):
    """What the call phase told is not told by the teardown."""
    project.tests("""
        @pytest.fixture
        def client():
            yield
            httpx.get("https://api.test/other")

        def test_order(errcodes, client):
            errcodes.get("/other").reply(401009)
            swallow_order()
    """)
    assert only_failure(project) == (
        f"{UNMATCHED}nearest route:\n  GET /other\n    method is POST, not GET\n\n{UNUSED}"
    )


def test_skipped(project):
    """A test that skips itself called no route, and that says nothing."""
    project.tests("""
        def test_order(errcodes):
            errcodes.get("/other").reply(401009)
            pytest.skip("not today")
    """)
    assert project.run().outcomes == {"skipped": 1}


@pytest.mark.parametrize(
    ("ending", "outcomes"),
    [
        ('pytest.skip("later")', {"skipped": 1, "errors": 1}),
        ('pytest.xfail("later")', {"xfailed": 1}),
        ('pytest.fail("now")', {"failed": 1}),
    ],
)
def test_unmatched_before_an_early_end(project, ending, outcomes):
    """An unmatched request is told of a test that then skips itself, and of one that fails."""
    project.tests(f"""
        def test_order(errcodes):
            errcodes.get("/other").reply(401009)
            swallow_order()
            {ending}
    """)
    outcome = project.run()
    assert outcome.outcomes == outcomes
    assert (UNMATCHED in outcome.text) == ("xfail" not in ending)


@pytest.mark.skipif(not hasattr(pytest, "Subtests"), reason="needs the subtests of pytest 9")
@pytest.mark.parametrize("ending", ["pytest.skip()", "pytest.xfail()"])
def test_unmatched_before_a_subtest_that_ends_early(project, ending):
    """A part of a test that is skipped takes nothing with it."""
    project.tests(f"""
        def test_order(errcodes, subtests):
            swallow_order()
            with subtests.test("part"):
                {ending}
    """)
    outcome = project.run()
    assert outcome.outcomes["failed"] == 1
    assert outcome.failure("test_order") == NO_ROUTES


def test_setup_that_fails(project):
    """A test that never ran fails for its own reason alone."""
    project.tests("""
        @pytest.fixture
        def routes(errcodes):
            errcodes.get("/other").reply(401009)

        @pytest.fixture
        def broken(routes):
            assert False, "no database"

        def test_order(broken):
            pass
    """)
    outcome = project.run()
    assert outcome.outcomes == {"errors": 1}
    assert "no database" in outcome.text
    assert "no request reached" not in outcome.text


def test_refused_reply(project):
    """A reply that is refused fails the test with its own text, and shows one frame, the test's."""
    calls = ('errcodes.post("/order").reply', "errcodes.reply", "errcodes.reply(401009).then")
    rows = {
        call: f"""
        def test_order(errcodes):
            {call}(401009, http_status=401009)
        """
        for call in calls
    }
    assert project.run_rows(rows, "--tb=short") == {
        call: failed(
            "test_orders.py:3: in test_order\n"
            f"    {call}(401009, http_status=401009)\n"
            "E   pytest_errcodes.ErrcodesUsageError: http_status=401009 is not an HTTP status\n"
            "E   hint: give a number from 100 to 599; the business code is the first argument of "
            "reply"
        )
        for call in calls
    }


@pytest.mark.parametrize("call", ["reply(401999)", "reply(401112)", "reply(401112, 1, 2)"])
def test_refused_code(project, call):
    """So does a code or parameters that the catalog refuses."""
    project.tests(f"""
        def test_order(errcodes):
            errcodes.post("/order").{call}
    """)
    lines = only_failure(project, "--tb=short").splitlines()
    assert lines[:2] == [
        "test_orders.py:3: in test_order",
        f'    errcodes.post("/order").{call}',
    ]
    assert {line[:4] for line in lines[2:]} == {"E   "}


def test_nested_router(project):
    """A router in a block shares the test's findings."""
    project.tests("""
        def test_order(errcodes):
            with errcodes(base_url="https://api.test/v1") as v1:
                v1.get("/other").reply(401009)
    """)
    assert only_failure(project) == ("no request reached GET https://api.test/v1/other")


#: Who else answers: the test's head, what sets it up, the client's options, and how it is called.
OTHERS = {
    "pytest-httpx": (
        "errcodes, httpx_mock",
        "httpx_mock.add_response(json=ANSWER)",
        "",
        "pytest-httpx",
    ),
    "plain respx": (
        "errcodes, respx_mock",
        "respx_mock.post(URL).respond(json=ANSWER)",
        "",
        "respx",
    ),
    "respx by httpx": (
        "errcodes, respx_of_clients",
        "respx_of_clients.post(URL).respond(json=ANSWER)",
        "",
        "respx",
    ),
    "MockTransport": (
        "errcodes",
        "pass",
        "transport=httpx.MockTransport(lambda request: made())",
        "httpx.MockTransport",
    ),
    "a transport of the test's": ("errcodes", "pass", "transport=Fake()", "Fake"),
    "a transport around another": (
        "errcodes",
        "pass",
        "transport=Fake(httpx.MockTransport(lambda request: made()))",
        "httpx.MockTransport",
    ),
}


#: A test whose route nobody calls; above it stands a marker, or nothing.
PLACE_TAKEN = """
        import asyncio
        import respx

        ANSWER = {"code": 200000, "message": "Success", "data": None}

        class Fake(httpx.BaseTransport, httpx.AsyncBaseTransport):
            def __init__(self, inner=None):
                self.inner = inner

            def handle_request(self, request):
                return self.inner.handle_request(request) if self.inner else made()

            async def handle_async_request(self, request):
                return await self.inner.handle_async_request(request) if self.inner else made()

        def made():
            return httpx.Response(200, json=ANSWER)

        @pytest.fixture
        def respx_of_clients():
            with respx.mock(using="httpx") as mock:
                yield mock

        WATCHED
        def test_order(ARGUMENTS):
            SETUP
            errcodes.post(URL).reply(401009)
            CALL
"""
WATCHED = ("", "@pytest.mark.expects_code(200000, surfaced=None)")
CALLS = ("place_order(OPTIONS)", "asyncio.run(place_order_async(OPTIONS))")


def test_route_whose_place_somebody_took(project):
    """A route that nobody called says who answered what it was there for."""
    rows, texts = {}, {}
    for title, (arguments, setup, options, name) in OTHERS.items():
        for watched, call in itertools.product(WATCHED, CALLS):
            row = title, watched, call
            test = PLACE_TAKEN.replace("WATCHED", watched).replace("ARGUMENTS", arguments)
            test = test.replace("SETUP", setup).replace("CALL", call)
            rows[row] = test.replace("OPTIONS", options)
            texts[row] = failed(
                "no request reached POST https://api.test/order\n"
                f"hint: {name} answered POST https://api.test/order, so it did not come here; "
                "leave one of the two out"
            )
    assert project.run_rows(rows, plugins=("respx.plugin", "pytest_httpx")) == texts


def test_route_that_somebody_else_s_request_does_not_match(project):
    """Nobody is named who answered something else."""
    project.tests("""
        def test_order(errcodes):
            errcodes.get(URL).reply(401009)
            swallow_order(transport=answer(200000))
    """)
    assert project.run().failure("test_order") == "no request reached GET https://api.test/order"
