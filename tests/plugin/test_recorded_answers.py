"""An assertion on what a mock recorded is none on what the client did with it."""

from __future__ import annotations

from ended_rows import PASSED, failed

#: What a test takes out of the calls that a mock recorded, and asserts.
LOOKS = {
    "response": "assert_code({calls}.last.response, 401009)",
    "first of the calls": "assert_code({calls}[0].response, 401009)",
    "unpacked": "request, response = {calls}.last; assert_code(response, 401009)",
    "JSON": "assert_code({calls}.last.response.json(), 401009)",
    "JSON in a list": "assert_code([{calls}.last.response.json()][0], 401009)",
    "text": "assert_code({calls}.last.response.text, 401009)",
    "content": "assert_code({calls}.last.response.content, 401009)",
    "read": "assert_code({calls}.last.response.read(), 401009)",
    "envelope": "assert_code(Envelope.of({calls}.last.response), 401009)",
    "asserted envelope": "assert assert_code({calls}.last.response, 401009) == IsCode(401009)",
    "matcher": "assert {calls}.last.response == IsCode(401009)",
    "matcher in a list": "assert [one.response for one in {calls}] == [IsCode(401009)]",
    "documented": "assert_documented({calls}.last.response)",
}
#: How the client is answered, and where its calls are kept.
MOCKS = {
    "a route": (
        "errcodes",
        "route = errcodes.post(URL).reply(401009); swallow_order()",
        "route.calls",
    ),
    "the router": (
        "errcodes",
        "errcodes.post(URL).reply(401009); swallow_order()",
        "errcodes.calls",
    ),
    "a route that responds": (
        "errcodes",
        "route = errcodes.post(URL).respond(json=BODY); swallow_order()",
        "route.calls",
    ),
    "a handler": (
        "errcodes",
        (
            "errcodes.post(URL).reply(401009); "
            "swallow_order(transport=httpx.MockTransport(errcodes.handler))"
        ),
        "errcodes.calls",
    ),
    "respx": (
        "respx_mock",
        "respx_mock.post(URL).respond(json=BODY); swallow_order()",
        "respx_mock.calls",
    ),
    "respx's handler": (
        "respx_mock",
        (
            "mock = respx.MockRouter(); mock.post(URL).respond(json=BODY); "
            "swallow_order(transport=httpx.MockTransport(mock.handler)); respx_mock.reset()"
        ),
        "mock.calls",
    ),
    "respx over httpx": (
        "",
        (
            "mock = respx.mock(using='httpx'); mock.start(); mock.post(URL).respond(json=BODY); "
            "swallow_order(); mock.stop(clear=False, reset=False)"
        ),
        "mock.calls",
    ),
}
HEAD = """
    import respx
    from pytest_errcodes import Envelope, assert_documented

    BODY = {"code": 401009, "message": "clientOrderId already exists"}

    @pytest.mark.expects_code(401009)
    def test_order(FIXTURE):
"""
RECEIVED = (
    "code 401009 was received and did not surface\n"
    "  expected  401009  clientOrderId already exists\n"
    "  seen      401009  clientOrderId already exists\n"
    "                    received from POST https://api.test/order\n"
)
KEPT = (
    "hint: {helper} at test_orders.py:10 looks at the answer that the mock kept, not at what the "
    "client made of it; assert what the client raises or returns"
)


def write(fixture, *lines):
    """Return a module with a test of these lines."""
    head = HEAD.replace("FIXTURE", fixture)
    return head + "".join(f"        {line}\n" for line in lines)


def test_record_is_asserted(project):
    """The client swallowed the error, and what the mock recorded of it does not help."""
    rows, texts = {}, {}
    for mock, (fixture, send, calls) in MOCKS.items():
        for name, look in LOOKS.items():
            rows[mock, name] = write(fixture, send, look.format(calls=calls))
            helpers = ("assert_code", "IsCode", "assert_documented")
            helper = next(one for one in helpers if one in look)
            texts[mock, name] = failed(RECEIVED + KEPT.format(helper=helper))
    assert project.run_rows(rows, plugins=("respx.plugin",)) == texts


def test_both_are_asserted(project):
    """What the client returned surfaced, whatever the test does with the record."""
    project.file(
        "conftest.py",
        """
        import client

        def post(**options):
            with client.httpx.Client(**options) as http:
                return http.post(client.URL, json={"side": "BUY"})

        client.post = post
        """,
    )
    rows = {}
    for mock, (fixture, send, calls) in MOCKS.items():
        look = LOOKS["response"].format(calls=calls)
        post = send.replace("swallow_order(", "answer = post(")
        rows[mock] = write(fixture, post, look, "assert_code(answer, 401009)", look)
    assert project.run_rows(rows, plugins=("respx.plugin",)) == dict.fromkeys(rows, PASSED)


def test_what_the_client_returned(project):
    """A response that the client returned, and what is taken out of it, surfaced."""
    sent = ("errcodes", "errcodes.post(URL).reply(401009)", "answer = httpx.post(URL)")
    looks = ("answer", "answer.json()", "answer.text", "answer.content")
    rows = {look: write(*sent, f"assert_code({look}, 401009)") for look in looks}
    assert project.run_rows(rows) == dict.fromkeys(rows, PASSED)


def test_record_is_asserted_in_an_asynchronous_test(project):
    """So it is in an asynchronous test."""
    project.ini("asyncio_mode = auto")
    project.tests("""
        @pytest.mark.expects_code(401009)
        async def test_order(errcodes):
            route = errcodes.post(URL).reply(401009)
            try:
                await place_order_async()
            except ApiError:
                pass
            assert_code(route.calls.last.response, 401009)
    """)
    outcome = project.run(plugins=("pytest_asyncio.plugin",))
    assert outcome.failure("test_order").startswith(RECEIVED)


def test_record_in_a_snapshot(project):
    """A snapshot of a record is none of what the client did."""
    test = write(
        "errcodes, envelope_snapshot",
        "route = errcodes.post(URL).reply(401009); swallow_order()",
        "assert route.calls.last.response == envelope_snapshot",
    )
    project.tests(test)
    # Older releases of syrupy implement a hook of xdist's, and need it.
    plugins = ("xdist.plugin", "syrupy")
    project.run("--snapshot-update", plugins=plugins)
    outcome = project.run(plugins=plugins)
    assert outcome.failure("test_order").startswith(RECEIVED)


def test_respx_without_a_marker(project):
    """A test without our marker finds in respx's calls the very response that it wrote."""
    project.tests("""
        import respx

        @pytest.mark.expects_code(401009)
        def test_ours(errcodes):
            errcodes.post(URL).reply(401009)
            place_order()

        def test_theirs(respx_mock):
            response = httpx.Response(200, request=httpx.Request("POST", URL))
            route = respx_mock.post(URL).mock(side_effect=lambda request: response)
            httpx.post(URL)
            assert route.calls.last.response is response
    """)
    outcome = project.run("-p", "no:randomly", plugins=("respx.plugin",))
    assert outcome.outcomes == {"passed": 2}
