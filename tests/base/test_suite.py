"""A suite of somebody who tests a client, run by pytest."""

from __future__ import annotations

import importlib

import pytest

CLIENT = """
import httpx


class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(f"{code} {message}")
        self.code, self.message = code, message


def checked(response):
    body = response.json()
    if body["code"] != 200000:
        raise ApiError(body["code"], body["message"])
    return body["data"]


def place_order():
    with httpx.Client(base_url="https://api.test") as http:
        return checked(http.post("/orders", json={"side": "BUY"}))


async def place_order_async():
    async with httpx.AsyncClient(base_url="https://api.test") as http:
        return checked(await http.post("/orders", json={"side": "BUY"}))
"""
TESTS = """
import pytest
from client import ApiError, place_order, place_order_async
from pytest_errcodes import IsCode, assert_code, assert_success, raises_code


@pytest.mark.expects_code(401009)
def test_marker(errcodes):
    errcodes.post("/orders").reply(401009)
    place_order()


def test_raises_code(errcodes):
    errcodes.post("/orders").reply(401112, "20")
    with raises_code(401112, "20", exception=ApiError):
        place_order()


def test_is_code(errcodes, errcode_catalog):
    errcodes.reply(401009)
    with pytest.raises(ApiError) as raised:
        place_order()
    assert raised.value == IsCode(401009)
    assert_code(raised.value, 401009)


def test_script(errcodes):
    errcodes.reply(100429, times=2).then(200000, data=[7])
    for _ in range(2):
        with raises_code(100429):
            place_order()
    assert place_order() == [7]


@pytest.mark.every_code("fees")
def test_every_code(errcodes, error_code):
    errcodes.reply(error_code)
    place_order()


@pytest.mark.anyio
@pytest.mark.expects_code(401009)
async def test_asynchronous(errcodes):
    errcodes.reply(401009)
    await place_order_async()


def test_snapshot(errcodes, envelope_snapshot):
    errcodes.reply(401009)
    with raises_code(401009) as raised:
        place_order()
    assert raised.value == envelope_snapshot
"""
CONFTEST = """
import pytest


@pytest.fixture
def anyio_backend():
    return "asyncio"
"""
SWALLOWING = """
import pytest
from client import place_order


@pytest.mark.expects_code(401009)
def test_swallowed(errcodes):
    errcodes.post("/order").reply(401009)
    try:
        place_order()
    except Exception:
        pass
"""
PLUGINS = ("pytest_errcodes.plugin", "syrupy", "anyio.pytest_plugin")


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Return a folder with a client, and no tests yet."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):
        monkeypatch.delenv(name, raising=False)
    pytester.makepyfile(client=CLIENT, conftest=CONFTEST)
    pytester.syspathinsert()
    return pytester


def run(suite: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run the tests in this process with the plugins of the base installation alone."""
    plugins = [importlib.import_module(name) for name in PLUGINS]
    return suite.runpytest_inprocess(*arguments, "-Werror", plugins=plugins)


def test_a_suite(suite: pytest.Pytester) -> None:
    """Fixtures, markers, assertions and snapshots do what they are for."""
    suite.makepyfile(test_orders=TESTS)
    first = run(suite, "--snapshot-update")
    first.assert_outcomes(passed=20)
    assert first.ret == 0
    again = run(suite)
    again.assert_outcomes(passed=20)
    again.stdout.fnmatch_lines("*1 snapshot passed*")


def test_a_catalog_of_ones_own(suite: pytest.Pytester) -> None:
    """A catalog file needs nothing but the standard library."""
    codes = '[envelope]\nsuccess = [0]\n[sections.a.codes]\n7 = "At most %d orders"\n'
    (suite.path / "my.toml").write_text(codes)
    suite.makeini("[pytest]\nerrcodes_catalog = my.toml\n")
    suite.makepyfile(
        test_orders="""
        import pytest
        from client import place_order

        @pytest.mark.expects_code(7, params=("5",))
        def test_seven(errcodes):
            errcodes.reply(7, 5)
            place_order()
        """
    )
    run(suite).assert_outcomes(passed=1)


def test_a_failure(suite: pytest.Pytester) -> None:
    """A client that swallows an error fails, in words."""
    suite.makepyfile(test_orders=SWALLOWING)
    result = run(suite)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines("*POST https://api.test/orders*")
