"""Scripts that mix codes with respx's own answers."""

from __future__ import annotations

import httpx
import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.findings.finding_texts import finding_to_json, render_finding


def outcome(call):
    """Return what the next request comes to: a code, a status, or the name of an error."""
    try:
        response = call("GET", "/a")
    except httpx.HTTPError as error:
        return type(error).__name__
    return response.json()["code"] if response.status_code == 200 else response.status_code


def outcomes(call, count):
    return [outcome(call) for _ in range(count)]


def findings(router):
    """Return the texts of what was wrong with the routes."""
    return [render_finding(one) for one in router.findings()]


def busy(request):
    return httpx.Response(429)


async def busy_later(request):
    return httpx.Response(429)


@pytest.mark.parametrize(
    ("answer", "came"),
    [
        (httpx.Response(503), 503),
        (httpx.ReadTimeout, "ReadTimeout"),
        (httpx.ConnectError("refused"), "ConnectError"),
        (busy, 429),
    ],
    ids=["response", "class", "exception", "function"],
)
def test_between_codes(router, call, answer, came):
    """Each answer has its turn, as often as it says, whatever stands before and behind it."""
    route = router.get("/a").reply(100429).then(answer, times=2).then(401009).then(answer)
    assert outcomes(call, 6) == [100429, came, came, 401009, came, came]
    assert route.call_count == 6
    assert findings(router) == []


def test_first(router, call, observed):
    """A script may begin with what is no code; only the code is observed."""
    router.get("/a").reply(httpx.Response(503)).then(401009)
    assert outcomes(call, 3) == [503, 401009, 401009]
    assert [code for code, _ in observed] == [401009, 401009]


@pytest.mark.parametrize(
    "begin",
    [
        lambda route: route.respond(503),
        lambda route: route.mock(return_value=httpx.Response(503)),
        lambda route: route.mock(side_effect=lambda request: httpx.Response(503)),
    ],
)
def test_after_a_verb_of_respx(router, call, begin):
    """What one of respx's verbs has told the route is the first answer of the script."""
    begin(router.get("/a")).then(401009)
    assert outcomes(call, 2) == [503, 401009]


def test_after_requests_to_a_verb_of_respx(router, call):
    """Requests that came before the script count as sent."""
    route = router.get("/a").respond(503)
    assert outcomes(call, 3) == [503, 503, 503]
    route.then(401009)
    assert outcomes(call, 1) == [401009]
    assert findings(router) == []


def test_after_several_side_effects(router):
    """A list of side effects is no beginning of a script: each is one answer there."""
    route = router.get("/a").mock(side_effect=[httpx.Response(503), httpx.Response(200)])
    with pytest.raises(ErrcodesUsageError) as caught:
        route.then(httpx.Response(500))
    assert str(caught.value) == (
        "then(HTTP 500) on a route with no reply yet: GET /a\n"
        "hint: begin the script with reply(...)"
    )


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (httpx.Response(500), "HTTP 500"),
        (httpx.ReadTimeout, "ReadTimeout"),
        (httpx.ReadTimeout("late"), "ReadTimeout"),
        (busy, "busy"),
    ],
    ids=["response", "class", "exception", "function"],
)
def test_not_sent_to_its_end(router, call, answer, shown):
    """A script whose end was not sent is a finding that names what was next."""
    router.get("/a").reply(401009).then(answer)
    assert outcomes(call, 1) == [401009]
    (finding,) = router.findings()
    assert render_finding(finding).splitlines()[0] == (
        f"the route for GET /a sent 1 of the 2 replies in its script; next was {shown}"
    )
    assert finding_to_json(finding)["unsent"] == {"sent": 1, "total": 2, "next": shown}


def test_code_behind_a_response_that_was_not_sent(router, call):
    """A code behind a response is as much of a script as one behind a code."""
    router.get("/a").reply(httpx.Response(503)).then(401009)
    outcomes(call, 1)
    assert findings(router)[0].splitlines()[0] == (
        "the route for GET /a sent 1 of the 2 replies in its script; next was 401009"
    )


def test_declined(router, call):
    """A function that declines a request has its turn again with the next one."""
    router.get("/a").reply(lambda request: None).then(401009)
    with pytest.raises(httpx.ConnectError):
        call("GET", "/a")
    assert [one.slug for one in router.findings()] == ["unmatched-request", "unused-route"]


def test_function_that_asks_for_its_route(router, call):
    """A function gets the route of the script, as respx gives it."""
    route = router.get("/a").reply(lambda request, route: httpx.Response(500 + route.call_count))
    assert outcomes(call, 2) == [500, 501]
    assert route.call_count == 2


def test_copied_with_its_route(router, call):
    """A rollback gives a mixed script back as it stood."""
    route = router.get("/a").reply(httpx.Response(503)).then(401009)
    route.snapshot()
    assert outcomes(call, 2) == [503, 401009]
    route.rollback()
    assert outcomes(call, 2) == [503, 401009]


@pytest.mark.parametrize(
    ("params", "options", "text"),
    [
        (
            ("p1",),
            {},
            (
                "then(HTTP 503, 'p1'): what is no code takes times= alone\n"
                "hint: say all of it in the response, or give a code"
            ),
        ),
        (
            (),
            {"times": 2, "data": 1},
            (
                "then(HTTP 503, data=): what is no code takes times= alone\n"
                "hint: say all of it in the response, or give a code"
            ),
        ),
        (
            (),
            {"times": 0},
            (
                "times=0 is not a number of replies\n"
                "hint: give a whole number from 1, or leave it out: the last reply repeats"
            ),
        ),
    ],
)
def test_what_stands_beside(router, call, params, options, text):
    """A response has no parameters and no options but ``times``; nothing is half there."""
    route = router.get("/a").reply(401009)
    with pytest.raises(ErrcodesUsageError) as caught:
        route.then(httpx.Response(503), *params, **options)
    assert str(caught.value) == text
    assert outcomes(call, 2) == [401009, 401009]
