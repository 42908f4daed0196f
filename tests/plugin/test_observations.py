"""What ``expects_code`` observes while a test runs, whatever answers its client."""

from __future__ import annotations

from ended_rows import PASSED, failed

MARK = "@pytest.mark.expects_code(401009, times=1, surfaced=None)"
BODY = '{"code": 401009, "message": "clientOrderId already exists", "data": None}'

MOCKS = {
    "a route of ours": ("errcodes", "errcodes.post(URL).reply(401009)", ""),
    "plain respx": ("respx_mock", f"respx_mock.post(URL).respond(json={BODY})", ""),
    "pytest-httpx": ("httpx_mock", f"httpx_mock.add_response(json={BODY})", ""),
    "MockTransport": ("", "pass", "transport=answer(401009)"),
}
CALLS = {
    "swallowed": "swallow_order({options})",
    "raised": "place_order({options})",
    "raised, async": "import asyncio; asyncio.run(place_order_async({options}))",
    "streamed": """
            with httpx.Client({options}) as http, http.stream("POST", URL) as response:
                response.read()
    """.strip(),
    "refused by an event hook": """
            def refuse(response):
                response.read()
                raise httpx.HTTPStatusError("no", request=response.request, response=response)
            swallow_order(event_hooks={{"response": [refuse]}}, {options})
    """.strip(),
}
PLUGINS = ("respx.plugin", "pytest_httpx")


def test_answer_is_observed_once(project):
    """Whatever mocks httpx, and whatever the client does with the answer, it counts once."""
    rows = {}
    for mock, (argument, setup, options) in MOCKS.items():
        for name, call in CALLS.items():
            rows[mock, name] = f"""
        {MARK}
        def test_order({argument}):
            {setup}
            {call.format(options=options)}
    """
    assert project.run_rows(rows, plugins=PLUGINS) == dict.fromkeys(rows, PASSED)


def test_answer_of_each_mock_is_told(project):
    """What was observed names the request, as the client sent it."""
    project.tests("""
        @pytest.mark.expects_code(401009, surfaced=None)
        def test_order():
            swallow_order(transport=answer(401018, "Order not found"))
    """)
    assert project.run().failure("test_order") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      401018  Order not found\n"
        "                    received from POST https://api.test/order"
    )


def test_secrets_of_a_request_are_not_told(project):
    """The values of secret query fields are masked."""
    project.tests("""
        @pytest.mark.expects_code(401009, surfaced=None)
        def test_order():
            with httpx.Client(transport=answer(401018, "Order not found")) as http:
                http.get(URL, params={"signature": "c2VjcmV0", "side": "BUY"})
    """)
    assert (
        project.run()
        .failure("test_order")
        .endswith("received from GET https://api.test/order?signature=<secret>&side=BUY")
    )


def test_redirect_is_followed(project):
    """Each answer of a chain of redirects is observed."""
    project.tests("""
        def redirect(request):
            if request.url.path == "/order":
                body = {"code": 401018, "message": "Order not found"}
                return httpx.Response(307, headers={"location": "/elsewhere"}, json=body)
            return httpx.Response(200, json={"code": 401009, "message": "x"})

        @pytest.mark.expects_code(401018, times=1, surfaced=None)
        @pytest.mark.expects_code(401009, message="ignore", times=1, surfaced=None)
        def test_order():
            swallow_order(transport=httpx.MockTransport(redirect), follow_redirects=True)
    """)
    assert project.run().outcomes == {"passed": 1}


def test_request_before_the_test_does_not_count(project):
    """What a fixture asked while it was set up is not what the test did."""
    project.tests("""
        @pytest.fixture
        def ordered(errcodes):
            errcodes.reply(401009)
            swallow_order()

        @pytest.mark.expects_code(401009, surfaced=None)
        def test_order(ordered):
            pass
    """)
    assert project.run().failure("test_order") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing\n"
        "hint: a fixture saw 401009 before the test began, and only the test counts; "
        "assert what it gives the test: assert_code(error, 401009)"
    )


def test_request_after_the_test_does_not_count(project):
    """What a fixture asked while it was torn down is not what the test did either."""
    project.tests("""
        @pytest.fixture
        def ordered(errcodes):
            errcodes.reply(401009)
            yield
            swallow_order()

        @pytest.mark.expects_code(401009, times=1, surfaced=None)
        def test_order(ordered):
            swallow_order()
    """)
    assert project.run().outcomes == {"passed": 1}


def test_client_of_a_wide_fixture(project):
    """A client that lives for the whole session is observed in each test."""
    project.tests("""
        @pytest.fixture(scope="session")
        def http():
            with httpx.Client() as http:
                yield http

        @pytest.mark.expects_code(401009, times=1, surfaced=None)
        @pytest.mark.parametrize("number", range(3))
        def test_order(errcodes, http, number):
            errcodes.reply(401009)
            http.post(URL)
    """)
    assert project.run().outcomes == {"passed": 3}


def test_client_in_a_thread(project):
    """What a thread of the client receives is observed."""
    project.tests("""
        from concurrent.futures import ThreadPoolExecutor

        @pytest.mark.expects_code(401009, times=20, surfaced=None)
        def test_order(errcodes):
            errcodes.reply(401009)
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(lambda _: swallow_order(), range(20)))
    """)
    assert project.run().outcomes == {"passed": 1}


def test_answers_that_are_no_envelopes(project):
    """An HTML page, a list, a broken body: none is observed, and how many there were is told."""
    project.tests("""
        BODIES = ["<html></html>", "[]", "{", "", "\\xff", '{"code": null, "message": "x"}']

        @pytest.mark.expects_code(401009, surfaced=None)
        def test_order():
            for body in BODIES:
                reply = httpx.Response(502, content=body.encode("latin-1"))
                with httpx.Client(transport=httpx.MockTransport(lambda request: reply)) as http:
                    http.get(URL)
    """)
    assert project.run().failure("test_order") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing\n"
        "6 answers were no envelopes, the first to GET https://api.test/order: "
        "the body is an HTML page, not JSON\n"
        "  HTTP status   502\n"
        "  body          <html></html>\n"
        "hint: something before the API answered: look at the URL, the proxy, the gateway"
    )


NO_ENVELOPES = {
    "another shape": (
        "http.get(URL)",
        "content=b'{\"errCode\":401009}'",
        (
            "the field 'code' is missing\n"
            "  HTTP status   200\n"
            '  body          {"errCode":401009}\n'
            "hint: if 'errCode' is the code, the catalog must say so: [envelope] code = \"errCode\""
        ),
    ),
    "a stream that nobody read": (
        "read(http, parts=0)",
        "stream=Streamed()",
        "it was closed before its body was read\n  HTTP status   200",
    ),
    "a stream that breaks off": (
        "read(http, parts=1)",
        "stream=Streamed()",
        (
            "the JSON is cut off after 15 characters\n"
            "  HTTP status   200\n"
            '  body          {"code": 401009'
        ),
    ),
    "a body that cannot be unpacked": (
        "read(http, parts=2)",
        'stream=Streamed(), headers={"content-encoding": "gzip"}',
        (
            "its body cannot be decoded (DecodingError)\n"
            "  HTTP status   200\n"
            '  body          {"code": 401009, "message": "clientOrderId already exists"}'
        ),
    ),
}


ONE_ANSWER = """
        class Streamed(httpx.SyncByteStream):
            def __iter__(self):
                yield b'{{"code": 401009'
                yield b', "message": "clientOrderId already exists"}}'

        def read(http, parts):
            with http.stream("GET", URL) as response:
                for _ in zip(range(parts), response.iter_raw()):
                    pass

        @pytest.mark.expects_code(401009)
        def test_order():
            answer = httpx.MockTransport(lambda request: httpx.Response(200, {response}))
            with httpx.Client(transport=answer) as http:
                {call}
"""


def test_the_one_answer_that_is_no_envelope(project):
    """Why the one answer that came was not seen is told below the table."""
    rows = {
        title: ONE_ANSWER.format(call=call, response=response)
        for title, (call, response, _) in NO_ENVELOPES.items()
    }
    assert project.run_rows(rows) == {
        title: failed(
            "expected code 401009 was not seen\n"
            "  expected  401009  clientOrderId already exists\n"
            "  seen      nothing\n"
            f"1 answer was no envelope, that to GET https://api.test/order: {told}"
        )
        for title, (_, _, told) in NO_ENVELOPES.items()
    }


def test_stubbed_send(project):
    """A fixture that replaces httpx's own method is observed through, and given back."""
    project.tests(f"""
        def send(self, request, **options):
            return httpx.Response(200, json={BODY}, request=request)

        SEND = httpx.Client.send

        @pytest.mark.expects_code(401009, surfaced=None)
        def test_first(errcodes):
            errcodes.reply(401009)
            swallow_order()

        @pytest.fixture
        def stub(monkeypatch):
            monkeypatch.setattr(httpx.Client, "send", send)

        {MARK}
        def test_order(stub):
            swallow_order()

        {MARK}
        def test_last(errcodes):
            errcodes.reply(401009)
            swallow_order()
    """)
    assert project.run().outcomes == {"passed": 3}


def test_observations_end_with_their_test(project):
    """What one test saw is nothing to the next one."""
    project.tests("""
        def test_first(errcodes):
            errcodes.reply(401009)
            swallow_order()

        @pytest.mark.expects_code(401009, surfaced=None)
        def test_second():
            pass
    """)
    assert project.run().outcomes == {"passed": 1, "failed": 1}


def test_assertion_without_a_request(project):
    """A code that only an assertion saw, on an object of the test's own, counts as surfaced."""
    project.tests(f"""
        @pytest.mark.expects_code(401009, surfaced=True)
        def test_code():
            assert_code({BODY}, 401009)

        @pytest.mark.expects_code(401009, surfaced=True)
        def test_matcher():
            assert {{"order": {BODY}}} == {{"order": IsCode(401009)}}

        @pytest.mark.expects_code(401009, surfaced=True)
        def test_block():
            with raises_code(401009):
                raise ApiError(401009, "clientOrderId already exists")
    """)
    assert project.run().outcomes == {"passed": 3}


def test_routes_that_the_test_itself_asks_for(project):
    """A router that a test gets by name, while it runs, is judged when the test is over."""
    project.tests("""
        def test_order(request):
            errcodes = request.getfixturevalue("errcodes")
            errcodes.post("/order").reply(200000)
            errcodes.get("/order").reply(200000)
            place_order()
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    assert outcome.error("test_order", "teardown") == "no request reached GET /order"


def test_one_response_object_for_several_requests(project):
    """A mock that returns the same response again is observed again."""
    project.tests("""
        BODY = {"code": 401009, "message": "clientOrderId already exists"}
        SHARED = httpx.Response(200, json=BODY)

        @pytest.mark.expects_code(401009, times=2, surfaced=None)
        def test_shared():
            with httpx.Client(transport=httpx.MockTransport(lambda request: SHARED)) as http:
                http.get(URL)
                http.get(URL)
    """)
    assert project.run().outcomes == {"passed": 1}


def test_status_that_is_the_code(project):
    """Where the HTTP status is the code, an answer without an envelope counts, and is recovered."""
    project.file(
        "status.toml",
        '[envelope]\nattributes = ["status_code"]\n[sections.a.codes]\n429 = "Slow down"\n',
    )
    project.tests("""
        pytestmark = pytest.mark.errcodes(catalog="status.toml")

        class SlowDown(Exception):
            status_code = 429

        def call(*statuses, tries):
            left = [httpx.Response(status) for status in statuses]
            transport = httpx.MockTransport(lambda _: left.pop(0))
            with httpx.Client(transport=transport) as http:
                for _ in range(tries):
                    if http.get(URL).status_code == 200:
                        return
            raise SlowDown

        @pytest.mark.expects_code(429, surfaced=False)
        def test_recovered():
            call(429, 200, tries=2)

        @pytest.mark.expects_code(429)
        def test_refused():
            with pytest.raises(SlowDown):
                call(429, tries=1)

        @pytest.mark.expects_code(429)
        def test_retried():
            with pytest.raises(SlowDown):
                call(429, 429, tries=2)
    """)
    outcome = project.run()

    assert outcome.outcomes == {"passed": 2, "failed": 1}
    assert outcome.failure("test_retried").partition("\n")[0] == (
        "code 429 was received 2 times from GET https://api.test/order, and surfaced once"
    )


def test_status_of_an_answer_that_nobody_read(project):
    """Where the HTTP status is the code, it is seen of a stream too that is closed unread."""
    project.file(
        "status.toml",
        '[envelope]\ncode = "http_status"\n[sections.a.codes]\n500 = "Server error"\n',
    )
    project.tests("""
        pytestmark = pytest.mark.errcodes(catalog="status.toml")

        class Streamed(httpx.SyncByteStream):
            def __iter__(self):
                yield b"later"

        def call(tries):
            answer = httpx.MockTransport(lambda _: httpx.Response(500, stream=Streamed()))
            with httpx.Client(transport=answer) as http:
                for _ in range(tries):
                    with http.stream("GET", URL) as response:
                        pass
            raise httpx.HTTPStatusError("no", request=response.request, response=response)

        @pytest.mark.expects_code(500)
        def test_refused():
            call(tries=1)

        @pytest.mark.expects_code(500, times=3)
        def test_counted():
            call(tries=3)

        @pytest.mark.expects_code(500)
        def test_retried():
            call(tries=3)
    """)
    outcome = project.run()

    assert outcome.outcomes == {"passed": 2, "failed": 1}
    assert outcome.failure("test_retried").partition("\n")[0] == (
        "code 500 was received 3 times from GET https://api.test/order, and surfaced once"
    )
