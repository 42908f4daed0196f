"""respx's own mocks beside our routes, whichever came first."""

from __future__ import annotations

from contextlib import ExitStack

import httpcore
import httpx
import pytest
import respx
from callers import API, CALLERS
from finding_texts import texts
from respx.models import AllMockedAssertionError

from pytest_errcodes.simulation.network import Network

OURS, THEIRS, NOBODY_S = f"{API}/ours", f"{API}/theirs", f"{API}/nobody"


@pytest.fixture(params=["respx first", "respx last", "respx last, again"])
def both(request, make_router):
    """Return our router and one of respx's, started in either order."""
    with ExitStack() as stack:
        if request.param == "respx first":
            theirs = stack.enter_context(respx.mock(assert_all_called=False))
            ours = make_router()
        else:
            ours = make_router()
            theirs = stack.enter_context(respx.mock(assert_all_called=False))
        if request.param.endswith("again"):
            stack.enter_context(ours(assert_all_called=False))
        ours.route(url=OURS).reply(401009)
        theirs.route(url=THEIRS).respond(json={"code": "theirs"})
        yield ours, theirs
        ours.stop()


def code(response):
    """Return the business code of a response."""
    return response.json()["code"]


def test_each_answers_what_it_knows(both, call):
    """A request finds its route, whoever has it."""
    ours, theirs = both
    assert [code(call("GET", url)) for url in (OURS, THEIRS, OURS)] == [401009, "theirs", 401009]
    assert (ours.calls.call_count, theirs.calls.call_count) == (2, 1)
    assert texts(ours) == []


def test_respx_comes_first(both, call):
    """What both know is respx's."""
    ours, theirs = both
    theirs.route(url=OURS).respond(204)
    assert call("GET", OURS).status_code == 204
    assert ours.calls.call_count == 0


def test_what_nobody_knows(both, call):
    """It is our finding, and a transport error."""
    ours, _ = both
    with pytest.raises(httpx.ConnectError) as caught:
        call("GET", NOBODY_S)
    assert str(caught.value) == f"no route matches GET {NOBODY_S}"
    assert texts(ours)[0].startswith(f"no route matches GET {NOBODY_S}\n")


def test_respx_lets_pass(both, call, loopback):
    """A request that respx lets pass goes over the wire; our routes are not asked."""
    ours, theirs = both
    passing = theirs.route(host="127.0.0.1").pass_through()
    assert call("POST", loopback.url, content=b"x").text == "loopback x"
    assert passing.called
    assert (ours.calls.call_count, texts(ours)) == (
        0,
        [f"no request reached any method {OURS}"],
    )


def test_we_let_pass(both, call, loopback):
    """A request that we let pass goes over the wire, and is recorded once."""
    ours, theirs = both
    passing = ours.route(host="127.0.0.1").pass_through()
    assert call("POST", loopback.url, content=b"x").text == "loopback x"
    assert (passing.call_count, theirs.calls.call_count) == (1, 0)


def test_side_effects(both, call):
    """Our routes' side effects work below respx."""
    ours, _ = both
    ours.get("/effect").mock(side_effect=httpx.ReadTimeout)
    with pytest.raises(httpx.ReadTimeout):
        call("GET", f"{API}/effect")


def test_request_of_httpcore(both):
    """Below httpx it is the same."""
    with httpcore.ConnectionPool() as pool:
        assert b"401009" in pool.request("GET", OURS).content
        assert b"theirs" in pool.request("GET", THEIRS).content


def test_respx_alone(make_router, call):
    """Without a router of ours, respx is what it was."""
    make_router().stop()
    with respx.mock as mock, pytest.raises(AllMockedAssertionError):
        mock.get(THEIRS)
        call("GET", NOBODY_S)


def test_respx_ends_in_between(router, call):
    """After respx's block our routes answer as before."""
    router.reply(401009)
    with respx.mock(assert_all_called=False):
        assert code(call("GET", OURS)) == 401009
    assert code(call("GET", OURS)) == 401009


def test_respx_ends_that_came_first(make_router, call, loopback):
    """Respx puts back what it had found, and our routes answer all the same."""
    fresh = Network()  # what respx finds is without its wrapper
    respx.start()
    router = make_router(network=fresh)
    router.reply(401009)
    respx.stop()
    assert code(call("GET", loopback.url)) == 401009
    router.stop()
    fresh.close()


def test_respx_ends_that_came_first_with_its_last_block(make_router, call):
    """While one of respx's blocks is left, both answer."""
    with respx.mock(assert_all_called=False) as theirs:
        theirs.route(url=THEIRS).respond(json={"code": "theirs"})
        make_router().reply(401009)
        with respx.mock(assert_all_called=False):
            pass
        assert [code(call("GET", url)) for url in (OURS, THEIRS)] == [401009, "theirs"]


def test_respx_again_and_again(make_router, call):
    """Many tests, each with respx and a router of ours, leave nothing behind."""
    for _ in range(3):
        with respx.mock(assert_all_called=False) as theirs:
            theirs.route(url=THEIRS).respond(json={"code": "theirs"})
            router = make_router()
            router.reply(401009)
            assert [code(call("GET", url)) for url in (OURS, THEIRS)] == [401009, "theirs"]
            router.stop()
    with respx.mock as mock, pytest.raises(AllMockedAssertionError):
        mock.get(THEIRS)
        call("GET", NOBODY_S)


def test_respx_that_answers_anything(router, call):
    """A mock of respx that lets nothing through answers what we would."""
    router.route(url=OURS).reply(401009)
    with respx.mock(assert_all_mocked=False):
        assert call("GET", OURS).content == b""


def test_respx_above_httpx(router):
    """The other mocker of respx stands above httpx's transports, and answers first."""
    router.route(url=OURS).reply(401009)
    with respx.mock(using="httpx", assert_all_mocked=False):
        assert CALLERS["sync"]("GET", OURS).content == b""


def test_pytest_httpx(router, call, httpx_mock):
    """pytest-httpx stands above httpx's transports, and answers first."""
    router.reply(401009)
    httpx_mock.add_response(json={"code": "theirs"})
    assert code(call("GET", THEIRS)) == "theirs"
    assert router.calls.call_count == 0


@pytest.mark.httpx_mock(should_mock=lambda request: request.url.path == "/theirs")
def test_pytest_httpx_that_lets_through(router, call, httpx_mock):
    """What pytest-httpx lets through comes to our routes."""
    router.reply(401009)
    httpx_mock.add_response(json={"code": "theirs"})
    assert [code(call("GET", url)) for url in (OURS, THEIRS)] == [401009, "theirs"]
