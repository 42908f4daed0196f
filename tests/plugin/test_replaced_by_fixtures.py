"""What a test replaces while it runs neither breaks our routes nor stays behind for later tests."""

from __future__ import annotations

import httpx
import pytest
from packaging.version import Version

#: What a test may replace in the modules that we use: the fixture's line, by its name.
REPLACED = {
    "httpx.Client": 'mock.patch("httpx.Client")',
    "httpx.AsyncClient": 'mock.patch("httpx.AsyncClient")',
    "httpx.URL": 'mock.patch("httpx.URL")',
    "json.dumps": 'mock.patch("json.dumps", return_value="{}")',
    "json.loads": 'mock.patch("json.loads", return_value={"code": 1})',
    "open": 'mock.patch("builtins.open", mock.mock_open(read_data="x"))',
    "no files": 'mock.patch("builtins.open", side_effect=PermissionError)',
    "os.environ": 'mock.patch.dict("os.environ", clear=True)',
    "os.stat": 'mock.patch("os.stat", side_effect=OSError)',
    "os.getcwd": 'mock.patch("os.getcwd", return_value="/nowhere")',
    "time.time": 'mock.patch("time.time", return_value=0.0)',
    "time.sleep": 'mock.patch("time.sleep")',
    "ssl.SSLContext": 'mock.patch("ssl.SSLContext")',
    "ssl.create_default_context": 'mock.patch("ssl.create_default_context")',
    "threading.Lock": 'mock.patch("threading.Lock")',
    "threading.Thread": 'mock.patch("threading.Thread")',
    "Path.read_bytes": 'mock.patch("pathlib.Path.read_bytes", return_value=b"")',
    "Path.exists": 'mock.patch("pathlib.Path.exists", return_value=False)',
}
#: A test of the plugin while it is replaced, and one afterwards; both use no name that is.
SUITE = """
    from unittest import mock

    Client = httpx.Client

    def post(transport=None):
        with Client(transport=transport) as http:
            return http.post(URL, json={{}}).content

    @pytest.fixture
    def replaced():
        with {replacing}:
            yield

    @pytest.mark.expects_code(401009, surfaced=None)
    def test_first(replaced, errcodes):
        errcodes.post(URL).reply(401009)
        assert b"401009" in post()

    @pytest.mark.expects_code(401018, surfaced=None)
    def test_later(errcodes):
        errcodes.post(URL).reply(401018, data=[1])
        assert b"401018" in post()

    @pytest.mark.expects_code(401009, surfaced=None)
    def test_later_still():
        post(answer(401009))

    def test_route_that_nobody_calls(errcodes):
        errcodes.get("/never").reply(401009)

    @pytest.mark.expects_code(401009, surfaced=None)
    def test_nothing_seen():
        pass
"""


@pytest.mark.parametrize("name", REPLACED)
def test_replaced_by_a_fixture(project, name):
    """The test that replaces it is simulated and judged, and so is each later one."""
    project.tests(SUITE.format(replacing=REPLACED[name]))
    outcome = project.start("-v", "-p", "no:randomly")
    results = outcome.results()
    # What httpx and pytest themselves do without a thing is theirs; what comes later is ours.
    breaks_httpx = {"json.dumps", "ssl.SSLContext", "httpx.URL"}
    if Version(httpx.__version__) < Version("0.28"):  # looks at the trust store for each client
        breaks_httpx |= {"os.stat", "Path.exists"}
    expected = {
        "test_first": results["test_first"] if name in breaks_httpx else "PASSED",
        "test_later": "PASSED",
        "test_later_still": "PASSED",
        "test_route_that_nobody_calls": "FAILED",
        "test_nothing_seen": "FAILED",
    }
    assert results == expected, outcome.text


def test_a_failure_under_mocks_says_what_it_says_without(project):
    """A verdict that is first needed while files and time are mocked has its whole text."""
    project.tests("""
        from unittest import mock

        @pytest.fixture
        def replaced():
            opened = mock.patch("builtins.open", side_effect=PermissionError)
            with opened, mock.patch("time.time", return_value=0.0):
                yield

        @pytest.mark.expects_code(401009, surfaced=None)
        def test_order(replaced, errcodes):
            errcodes.post(URL).reply(401018)
            swallow_order()
    """)
    outcome = project.start()
    assert outcome.failure("test_order") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      401018  Order not found\n"
        "                    received from POST https://api.test/order"
    )


def test_a_class_that_a_fixture_replaced_is_not_bound(project):
    """The watch is put on httpx's own classes, though the first marked test replaces one."""
    project.tests("""
        from unittest import mock

        @pytest.fixture
        def fake_class():
            with mock.patch("httpx.Client") as cls:
                cls.return_value.post.return_value.json.return_value = {"code": 401009}
                yield

        def test_before_any_marker(fake_class):
            httpx.Client().post(URL)

        @pytest.mark.expects_code(401009, surfaced=None)
        def test_first(fake_class):
            body = httpx.Client().post(URL).json()
            raise ApiError(body["code"], "clientOrderId already exists")

        @pytest.mark.expects_code(401009, surfaced=None)
        def test_afterwards():
            httpx.Client(transport=answer(401009)).post(URL)
    """)
    assert project.start("-p", "no:randomly").outcomes == {"passed": 3}


def test_imported_under_a_fake_file_system(project):
    """What was first imported under a fake file system, and is forgotten with it, serves on."""
    project.tests("""
        import json
        import urllib.request

        import pytest
        from pyfakefs.fake_filesystem_unittest import Patcher

        URL = "https://api.example.com/order"

        def ask():
            return json.load(urllib.request.urlopen(URL))["code"]

        def test_under_it(errcodes):
            errcodes.get(URL).reply(401009)
            with Patcher():
                assert ask() == 401009

        @pytest.mark.expects_code(401009, times=1, surfaced=None)
        def test_afterwards(errcodes):
            errcodes.get(URL).reply(401009)
            assert ask() == 401009
    """)
    assert project.start("-p", "no:randomly").outcomes == {"passed": 2}
