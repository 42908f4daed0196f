"""What the documentation calls a limit is one: each of these is wrong or unseen, and passes.

`tests/documentation/test_told_limits.py` tells which sentence of which page each of them proves.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

EXPECT = "@pytest.mark.expects_code(401009)"


@pytest.fixture
def run_tests(project):
    """Return a function that runs a module of tests, and tells how many ended in which way."""

    def run_tests(source, plugins=()):
        project.tests(f"\n{source}\n")
        return project.run("-p", "no:warnings", plugins=plugins).outcomes

    return run_tests


# -- what is wrong, and passes ---------------------------------------------------------------


def test_no_marker_and_no_assertion(run_tests):
    """Of a client nothing is asked where the test says nothing of ours."""
    assert run_tests("""
def test_it(errcodes):
    errcodes.post(URL).reply(401009)
    swallow_order()
""") == {"passed": 1}


def test_route_for_any_request(run_tests):
    """It answers the wrong endpoint too."""
    assert run_tests(f"""
{EXPECT}
def test_it(errcodes):
    errcodes.reply(401009)
    with httpx.Client() as http:
        checked(http.delete("https://api.test/everything"))
""") == {"passed": 1}


TWO_SERVERS = f"""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = b'{{"code": 401009, "message": "clientOrderId already exists", "data": null}}'

@pytest.fixture
def servers():
    both = threading.Barrier(2)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            both.wait(10)  # so that both are awaited at once
            self.send_response(200)
            self.send_header("content-length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY)

        def log_message(self, *arguments):
            pass

    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever).start()
    yield [f"http://127.0.0.1:{{server.server_port}}/order" for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()

{EXPECT}
def test_it(servers):
    answers = []
    with httpx.Client() as http:
        threads = [threading.Thread(target=lambda url=url: answers.append(http.post(url)))
                   for url in servers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    checked(answers[0])
"""


def test_two_servers_at_once(run_tests):
    """One of two answers that are awaited at once is taken for what an application passed on."""
    assert run_tests(TWO_SERVERS) == {"passed": 1}


def test_objects_that_the_test_wrote(run_tests):
    """To assert on the mock's own JSON, or on what it recorded, made anew, counts as surfaced."""
    assert run_tests(
        f"""
BODY = {{"code": 401009, "message": "clientOrderId already exists", "data": None}}

{EXPECT}
def test_written():
    swallow_order(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=BODY)))
    assert_code(BODY, 401009)

{EXPECT}
def test_recorded(errcodes):
    route = errcodes.post(URL).reply(401009)
    swallow_order()
    assert json.loads(route.calls.last.response.text) == IsCode(401009)
""",
    ) == {"passed": 2}


def test_what_a_library_mock_hands_out(run_tests):
    """What responses has recorded counts as what the client returned."""
    assert run_tests(f"""
import requests
import responses

{EXPECT}
@responses.activate
def test_it():
    responses.post(URL, json={{"code": 401009, "message": "clientOrderId already exists"}})
    requests.post(URL)
    assert_code(responses.calls[0].response, 401009)
""") == {"passed": 1}


def test_what_else_the_envelope_holds(run_tests):
    """No message, an empty one, lost data, and the message of an unknown code pass."""
    assert run_tests(
        f"""
class Refused(Exception):
    pass

def refuse(code, **attributes):
    refused = Refused()
    vars(refused).update(code=code, **attributes)
    raise refused

def order(errcodes, code, **attributes):
    errcodes.post(URL).reply(code, **OPTIONS.get(code, {{}}), data={{"orderId": "7"}})
    httpx.post(URL)
    refuse(code, **attributes)

OPTIONS = {{999999: {{"undocumented": True, "message": "Gone wild"}}}}

{EXPECT}
def test_no_message(errcodes):
    order(errcodes, 401009)

{EXPECT}
def test_empty_message(errcodes):
    order(errcodes, 401009, message="")

{EXPECT}
def test_other_data(errcodes):
    order(errcodes, 401009, message="clientOrderId already exists", data="lost")

@pytest.mark.expects_code(999999, undocumented=True)
def test_message_of_an_unknown_code(errcodes):
    order(errcodes, 999999, message="nothing that was sent")
""",
    ) == {"passed": 4}


def test_rest_of_an_expression(run_tests):
    """What stands in it behind the call that raises is never run, and not looked at."""
    assert run_tests(f"""
{EXPECT}
def test_it(errcodes):
    errcodes.post(URL).reply(401009)
    place_order() or pytest.fail("it was never called")
""") == {"passed": 1}


def test_rest_of_what_is_mapped(run_tests):
    """A function that calls another in a loop is not looked into for turns that are left."""
    assert run_tests(f"""
{EXPECT}
def test_it(errcodes):
    errcodes.post(URL).reply(401009)
    list(map(lambda side: place_order(), ("BUY", "SELL")))
""") == {"passed": 1}


def test_rest_of_a_helper(run_tests):
    """What a helper does below the line that raises, other tests may run."""
    assert run_tests(f"""
def placed(route):
    place_order()
    assert route.call_count == 7

{EXPECT}
def test_it(errcodes):
    placed(errcodes.post(URL).reply(401009))
""") == {"passed": 1}


def test_code_that_no_marker_names(run_tests):
    """One that is received beside the expected one may be what the client handles rightly."""
    assert run_tests(f"""
def order():
    try:
        return place_order()
    except ApiError:
        return place_order()

{EXPECT}
def test_it(errcodes):
    errcodes.post(URL).reply(401018).then(401009)
    order()
""") == {"passed": 1}


def test_matcher_behind_a_comma(run_tests):
    """Python makes it only where the assertion fails."""
    assert run_tests("""
def test_it(errcodes):
    errcodes.post(URL).reply(401018)
    assert httpx.post(URL).json(), IsCode(401009)
""") == {"passed": 1}


def test_block_of_a_fixture(run_tests):
    """One that the test never enters may be made for others: for a fixture, or another test."""
    assert run_tests("""
@pytest.fixture
def refused():
    return raises_code(401009)

@pytest.fixture
def refusals(refused):
    return {"order": refused, "fee": raises_code(406012)}

def test_it(errcodes, refusals):
    errcodes.post(URL).reply(401009)
    swallow_order()
""") == {"passed": 1}


def test_other_error_of_what_is_handled(run_tests):
    """A client that is not to tell a code may tell something else."""
    assert run_tests("""
@pytest.mark.expects_code(401009, surfaced=False)
def test_it(errcodes):
    def order():
        try:
            place_order()
        except ApiError as error:
            raise ValueError("no order") from error

    errcodes.post(URL).reply(401009)
    with pytest.raises(ValueError):
        order()
""") == {"passed": 1}


def test_failure_that_is_named(run_tests):
    """A test that names the failure of a helper may wait for it."""
    assert run_tests("""
def test_it(errcodes):
    errcodes.post(URL).reply(401009)
    try:
        with raises_code(401018):
            place_order()
    except AssertionError:
        pass
""") == {"passed": 1}


def test_library_without_a_client(run_tests):
    """The test is the caller that the answer surfaces to."""
    assert run_tests(f"""
{EXPECT}
def test_it(errcodes):
    errcodes.post(URL).reply(401009)
    httpx.post(URL)
""") == {"passed": 1}


def test_what_is_allowed(run_tests):
    """An opt-out allows what it says: swallowed, reworded, repeated, made up."""
    assert run_tests(
        """
def rename(code, message):
    try:
        place_order()
    except ApiError:
        raise ApiError(code, message) from None

@pytest.mark.expects_code(401009, surfaced=None)
def test_swallowed(errcodes):
    errcodes.post(URL).reply(401009)
    swallow_order()

@pytest.mark.expects_code(401009, message="ignore")
def test_reworded(errcodes):
    errcodes.post(URL).reply(401009)
    rename(401009, "Oops")

@pytest.mark.expects_code(401009, times=2)
def test_repeated(errcodes):
    errcodes.post(URL).reply(401009)
    swallow_order()
    place_order()

@pytest.mark.expects_code(401018, received=False)
def test_made_up(errcodes):
    errcodes.post(URL).reply(401009)
    rename(401018, "Order not found")
""",
    ) == {"passed": 4}


# -- what is not seen ------------------------------------------------------------------------


def test_what_fixtures_receive(project):
    """The code of a fixture's own request, before the test or after it, is not the test's."""
    project.tests(f"""
@pytest.fixture
def orders(errcodes):
    errcodes.post(URL).reply(401009)
    httpx.post(URL)
    yield
    httpx.post(URL)

{EXPECT}
def test_it(orders):
    pass
""")
    assert project.run().failure("test_it") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing\n"
        "hint: a fixture saw 401009 before the test began, and only the test counts; "
        "assert what it gives the test: assert_code(error, 401009)"
    )


def test_what_connects_in_c(run_tests):
    """It goes past the guard, which refuses the same connection made by Python."""
    # To connect a datagram socket sends nothing: it only remembers the address.
    assert run_tests("""
import ctypes
import socket
import struct

ADDRESS = struct.pack("=H", socket.AF_INET) + struct.pack("!H4s8x", 9, bytes([192, 0, 2, 1]))

def test_it(errcodes):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        ctypes.CDLL(None).connect(sock.fileno(), ADDRESS, len(ADDRESS))
""") == {"passed": 1}


def test_transport_of_the_client(project):
    """No route answers a client that is given one, unless that asks the router."""
    project.tests("""
def place_alone():
    place_order(transport=answer(401018, "Order not found"))

@pytest.mark.expects_code(401018)
def test_own_transport(errcodes):
    errcodes.post(URL).reply(401009)
    place_alone()

@pytest.mark.expects_code(401009)
def test_router_as_transport(errcodes):
    errcodes.post(URL).reply(401009)
    place_order(transport=httpx.MockTransport(errcodes.handler))

@pytest.mark.expects_code(401009)
@pytest.mark.anyio
async def test_router_as_transport_of_a_task(errcodes):
    errcodes.post(URL).reply(401009)
    await place_order_async(transport=httpx.MockTransport(errcodes.async_handler))
""")
    outcome = project.run("--tb=short", plugins=("anyio.pytest_plugin",))
    assert outcome.failures() == ["test_own_transport"]
    assert "no request reached POST https://api.test/order" in outcome.failure("test_own_transport")


def test_asynchronous_answers_of_a_synchronous_client(project):
    """A coroutine function or an asynchronous stream answers no client that cannot await."""
    project.tests("""
async def decide(request):
    return httpx.Response(200)

class Stream(httpx.AsyncByteStream):
    async def __aiter__(self):
        yield b"{}"

def test_function(errcodes):
    errcodes.post(URL).mock(side_effect=decide)
    httpx.post(URL)

def test_stream(errcodes):
    errcodes.post(URL).respond(stream=Stream())
    httpx.post(URL)
""")
    # In a process of its own: the coroutine that nobody awaits would warn in a later test.
    assert project.start("--tb=line", "-p", "no:warnings").outcomes == {"failed": 2}


def test_fixture_that_is_asked_for_late(run_tests):
    """A wider fixture that the test itself asks for is set up under the routes."""
    assert run_tests("""
@pytest.fixture(scope="module")
def session():
    return httpx.post("https://api.test/login").json()["code"]

def test_it(errcodes, request):
    errcodes.post("/login").reply(401009)
    assert request.getfixturevalue("session") == 401009
""") == {"passed": 1}


def test_row_that_a_fixture_changes(project):
    """With indirect, the marker takes the row's own value: what the fixture makes is not known."""
    project.tests("""
@pytest.fixture
def code(request):
    return request.param + 9

@pytest.mark.expects_code(argument="code")
@pytest.mark.parametrize("code", [401009], indirect=True)
def test_it(errcodes, code):
    assert code == 401018
    errcodes.post(URL).reply(401009)
    place_order()
""")
    assert project.run().outcomes == {"passed": 1}


def test_mistakes_under_xdist(project):
    """The summary of wrong markers is not printed."""
    project.tests("""
@pytest.mark.expects_code(401065)
def test_it():
    pass
""")
    told = "errcodes: 1 test will fail for a wrong marker"
    assert told in project.start().text
    assert told not in project.start("-n1", plugins=("xdist.plugin",)).text


def test_source_line_of_a_traceback(project):
    """A traceback of pytest's shows the line as it stands in the test, secrets too."""
    project.tests("""
def test_it():
    assert_code('{"apiKey": "4f5a-91"}', 401009)
""")
    failure = project.run("--tb=short").failure("test_it")
    assert """assert_code('{"apiKey": "4f5a-91"}', 401009)""" in failure
    assert """E     body          {"apiKey": "<secret>"}""" in failure


def test_bracket_that_opened_far_before(project):
    """A secret in a list that began far before the part of a text that is shown is not found."""
    project.tests("""
FILLER = [{"of": "aaaaaaaa"}] * 100
CAME, EXPECTED = ({"secrets": [*FILLER, {"of": of}]} for of in ("hunter2", "another"))

def test_text():
    answer = {"code": 401009, "message": json.dumps(CAME)}
    assert_code(answer, 401009, message=json.dumps(EXPECTED))

def test_data():
    answer = {"code": 401009, "message": "clientOrderId already exists", "data": CAME}
    assert_code(answer, 401009, data=EXPECTED)
""")
    outcome = project.run("--tb=short")
    assert "hunter2" in outcome.failure("test_text")
    assert "hunter2" not in outcome.failure("test_data")


def test_catalog_outside_of_pytest():
    """The helpers judge by the embedded catalog, whatever this run has."""
    answer = {"code": 401018, "message": "Order not found"}
    code = f"from pytest_errcodes import assert_code; assert_code({answer}, 401018)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_success_told_by_the_http_status(project):
    """A mapping has none, so that it is no success; the response is one."""
    project.file(
        "shop.toml",
        """
        http_status = 400
        [envelope]
        success = "http_status"
        [sections.orders.codes]
        1001 = "Unknown symbol"
        """,
    )
    project.tests("""
from pytest_errcodes import assert_success

pytestmark = pytest.mark.errcodes(catalog="shop.toml")

def test_response():
    assert_success(httpx.Response(200, json={"id": 7}))

def test_mapping():
    assert_success({"id": 7})
""")
    assert project.run().failures() == ["test_mapping"]


def test_harvest_of_websockets(project):
    """A message is drawn where Python's json decodes it, and not where something else does."""
    project.tests("""
import asyncio

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

async def talk(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.send_str('{"code": 60009, "message": "Login failed."}')
    await socket.send_str('{"code": 60010, "message": "Logged out."}')
    return socket

async def listen():
    app = web.Application()
    app.router.add_get("/stream", talk)
    async with TestClient(TestServer(app)) as client, client.ws_connect("/stream") as socket:
        assert (await socket.receive_json())["code"] == 60009
        assert "60010" in await socket.receive_str()

def test_it():
    asyncio.run(listen())
""")
    outcome = project.run("--errcodes-harvest=draft.toml")
    assert outcome.outcomes == {"passed": 1}
    draft = (project.path / "draft.toml").read_text("utf-8")
    assert ("60009" in draft, "60010" in draft) == (True, False)


def test_what_a_class_does_by_itself(run_tests):
    """Its methods run to their end: to show it, all that its ``__repr__`` goes through is made."""
    assert run_tests("""
made = []

BODY = {"code": 401009, "message": "clientOrderId already exists"}

class Answer:
    def __repr__(self):
        made.extend(range(100_000))
        return "x" * 1_000_000

def test_it():
    with pytest.raises(AssertionError):
        assert_code(BODY | {"data": Answer()}, 401009, data=1)
    assert len(made) >= 100_000
""") == {"passed": 1}
