"""Several attempts with one router: each begins anew, and shared routes are judged at the end."""

from __future__ import annotations

import httpx
import pytest


@pytest.fixture
def router(make_router):
    """Return a started router with a route that all attempts share."""
    with make_router(base_url="https://api.test") as router:
        router.get("/login").reply(401018).then(200000)
        yield router


def ask(path):
    """Return the code that a path is answered with."""
    return httpx.get(f"https://api.test{path}").json()["code"]


def subjects(router):
    """Return what the findings are about."""
    return [one.subject for one in router.findings()]


def test_an_attempt_is_taken_back(router):
    """Routes, calls, findings and the steps of scripts are as they were before."""
    for _ in range(2):
        take_back = router.begin_attempt()
        assert (len(router.calls), len(router.routes)) == (0, 1)
        router.get("/order").reply(401009)
        router.get("/never").reply(401009)
        assert (ask("/login"), ask("/login"), ask("/order")) == (401018, 200000, 401009)
        with pytest.raises(httpx.ConnectError):
            ask("/elsewhere")
        assert subjects(router) == ["GET https://api.test/elsewhere", "GET https://api.test/never"]
        take_back()
        assert subjects(router) == []


def test_a_script_that_an_attempt_began(router):
    """A script of a shared route that an attempt began must come to its end in that attempt."""
    for _ in range(2):
        take_back = router.begin_attempt()
        ask("/login")
        assert subjects(router) == ["GET https://api.test/login"]
        take_back()
        assert subjects(router) == []


def test_a_shared_route_is_judged_at_the_end(router):
    """That no attempt called a shared route is found once all have ended."""
    router.begin_attempt()()
    assert subjects(router) == []
    router.end_attempts()
    assert subjects(router) == ["GET https://api.test/login"]


def test_a_shared_route_that_one_called(router):
    """One attempt that calls it is enough."""
    take_back = router.begin_attempt()
    ask("/login")
    take_back()
    router.begin_attempt()()
    router.end_attempts()
    assert subjects(router) == []
