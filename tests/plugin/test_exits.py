"""KeyboardInterrupt, SystemExit and what else is no Exception go through ours untouched."""

from __future__ import annotations

from textwrap import dedent

import pytest

HEAD = """
from urllib.request import urlopen

import requests
from leaving import *
"""
LEAVING = """
class Leaving(BaseException):
    pass

ERRORS = [KeyboardInterrupt(), SystemExit(401009), GeneratorExit(), Leaving(401009)]

def make_raising(error):
    def leave(*_, **__):
        raise error
    return leave

@pytest.fixture(params=ERRORS, ids=lambda error: type(error).__name__)
def leave(request):
    leave = make_raising(request.param)
    yield leave
    assert not hasattr(request.param, "__notes__")

def check(leave, act):
    with pytest.raises(BaseException) as caught:
        act()
    with pytest.raises(BaseException) as own:
        leave()
    assert caught.value is own.value
"""

PLACES = {
    "a block": """
        def test_it(leave):
            def act():
                with raises_code(401009):
                    leave()
            check(leave, act)
        """,
    "a function of a route": """
        @pytest.mark.parametrize("send", [httpx.get, requests.get, urlopen])
        def test_it(errcodes, leave, send):
            errcodes.get(URL).mock(side_effect=leave)
            check(leave, lambda: send(URL))
        """,
    "a coroutine function of a route": """
        @pytest.mark.anyio
        async def test_it(errcodes, leave):
            async def leave_late(request):
                leave()
            errcodes.get(URL).mock(side_effect=leave_late)
            with pytest.raises(BaseException) as caught:
                await httpx.AsyncClient().get(URL)
            check(leave, make_raising(caught.value))
        """,
    "an attribute": """
        class Strange(Exception):
            def __getattr__(self, name):
                self.__dict__["leave"]()

        @pytest.mark.parametrize("act", [
            lambda strange: assert_code(strange, 401009),
            lambda strange: bool(strange == IsCode(401009)),
        ])
        def test_it(leave, act):
            strange = Strange()
            strange.leave = leave
            check(leave, lambda: act(strange))
        """,
    "a comparison": """
        def test_it(leave):
            data = type("Data", (), {"__eq__": leave, "__hash__": None})()
            answer = {"code": 401009, "message": "clientOrderId already exists", "data": data}
            check(leave, lambda: assert_code(answer, 401009, data=1))
        """,
    "a hook": """
        def test_it(leave, request):
            class Plugin:
                def pytest_errcodes_envelope(self, obj):
                    leave()
            plugin = Plugin()
            request.config.pluginmanager.register(plugin)
            try:
                check(leave, lambda: assert_code({"code": 401009}, 401009))
            finally:
                request.config.pluginmanager.unregister(plugin)
        """,
}
#: How many runs a place has where it is not one for each error: libraries, helpers, backends.
RUNS = {"a function of a route": 12, "a coroutine function of a route": 8, "an attribute": 8}


@pytest.mark.parametrize("place", PLACES)
def test_untouched(project, place):
    """It leaves as what it is, and nothing is said of a route that was called."""
    project.file("leaving.py", f"import pytest\n{LEAVING}")
    project.tests(f"{HEAD}{dedent(PLACES[place])}")
    outcome = project.run("--tb=short", plugins=("anyio.pytest_plugin",))
    assert outcome.outcomes == {"passed": RUNS.get(place, 4)}


def test_it_ends_a_test(project):
    """Nothing of ours stands in place of it, or beside it, though a code was expected."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_it(errcodes):
            errcodes.post(URL).reply(401009)
            swallow_order()
            raise SystemExit(401009)
    """)
    assert project.run("--tb=short").failure("test_it") == (
        "test_orders.py:6: in test_it\n    raise SystemExit(401009)\nE   SystemExit: 401009"
    )
