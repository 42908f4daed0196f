"""A test may replace what we use; our routes work all the same, and nothing of it is left behind.

The first test of each run has something replaced: what we bind and keep for the rest of the run is
bound while that is in force.
"""

from __future__ import annotations

import httpx
import pytest
from packaging.version import Version

PROJECT = '''
    from contextlib import ExitStack
    from unittest import mock

    ENVELOPE = {{"code": 401009, "message": "clientOrderId already exists", "data": None}}

    @pytest.fixture
    def replaced():
        with ExitStack() as stack:
            yield [stack.enter_context(patch) for patch in [{patches}]]

    def call():
        """Send an order, and read its answer without help of json."""
        with httpx.Client() as http:
            body = http.post(URL, content=b"{{}}").content
        assert b'"code":401009' in body
        raise ApiError(401009, "clientOrderId already exists")

    def call_mock(replaced):
        """Read what the replaced class of a client answers."""
        [replacement] = replaced
        replacement.return_value.post.return_value.json.return_value = ENVELOPE
        checked(getattr(httpx, replacement._mock_name)().post(URL))

    @pytest.mark.expects_code(401009, surfaced=None)
    def test_first({fixtures}):
        {first}

    @pytest.mark.expects_code(401009, times=1, surfaced=None)
    def test_routes_afterwards(errcodes):
        errcodes.post("/order").reply(401009, http_status=400, data={{"id": 7}})
        with httpx.Client() as http:
            assert http.post(URL).json()["data"] == {{"id": 7}}
            assert len(http._transport._pool._ssl_context.get_ca_certs()) == 1  # SSL_CERT_FILE

    @pytest.mark.expects_code(401009, times=1, surfaced=None)
    def test_watched_afterwards():
        swallow_order(transport=answer(401009))
'''
#: What is replaced, and by what; a mock by default.
REPLACED = {
    "httpx.Response": "",
    "httpx.Request": "",
    "httpx.URL": "",
    "httpx.ByteStream": "",
    "respx.Route": "",
    "respx.MockRouter": "",
    "json.dumps": "side_effect=TypeError",
    "json.loads": "side_effect=ValueError",
    "json.JSONEncoder": "",
    "os.environ": "new={}",
    "builtins.open": "side_effect=OSError",
    "io.open": "side_effect=OSError",
    "pathlib.Path.read_bytes": 'return_value=b"-----BEGIN CERTIFICATE-----"',
    "ssl.SSLContext": "",
    "ssl.create_default_context": "",
    "certifi.where": "",
    "threading.Lock": "",
    "time.time": "return_value=0",
    "inspect.isawaitable": "side_effect=TypeError",
}
#: What our modules bind as they are imported, which they are by the first test that needs them.
BOUND = [target for target in REPLACED if target.startswith(("httpx", "respx", "json", "inspect"))]


def replacing(*targets, **parts):
    """Return tests in the first of which something is replaced."""
    patches = (f'mock.patch("{target}", {REPLACED.get(target, "")})' for target in targets)
    return PROJECT.format(patches=", ".join(patches), **parts)


def beneath_routes(*targets):
    """Return tests in the first of which routes answer while something is replaced."""
    first = 'errcodes.post("/order").reply(401009); call()'
    return replacing(*targets, fixtures="replaced, errcodes", first=first)


@pytest.mark.parametrize("target", REPLACED)
def test_replaced_beneath_our_routes(project, target):
    """Routes answer while it is replaced, and afterwards all is as if it had never been."""
    project.tests(beneath_routes(target))
    # httpx before 0.28 asks for each client whether verify=True is an instance of it.
    breaks_httpx = target == "ssl.SSLContext" and Version(httpx.__version__) < Version("0.28")
    expected = {"failed": 1, "passed": 2} if breaks_httpx else {"passed": 3}
    assert project.run().outcomes == expected


def test_replaced_before_our_modules_are_imported(project):
    """Nothing of it is bound where our modules are imported by that very test."""
    project.tests(beneath_routes(*BOUND))
    assert project.start().outcomes == {"passed": 3}


@pytest.mark.parametrize("name", ["Client", "AsyncClient"])
def test_replaced_class_of_a_client(project, name):
    """A mock of httpx's own class is not what we watch from then on."""
    project.tests(replacing(f"httpx.{name}", fixtures="replaced", first="call_mock(replaced)"))
    assert project.run().outcomes == {"passed": 3}


def test_replaced_for_the_whole_session(project):
    """A class that was replaced before our first test is found, and watched, beneath it."""
    project.file(
        "conftest.py",
        """
        from unittest import mock
        import httpx, pytest

        @pytest.fixture(scope="session", autouse=True)
        def replaced():
            with mock.patch("httpx.Client"), mock.patch("httpcore.ConnectionPool"):
                yield
        """,
    )
    project.tests("""
        from httpx._client import Client

        def test_first():
            assert httpx.Client is not Client

        @pytest.mark.expects_code(401009, times=1, surfaced=None)
        def test_watched():
            with Client(transport=answer(401009)) as http:
                http.get(URL)
    """)
    assert project.start().outcomes == {"passed": 2}


def test_exhausted_mock_of_what_a_text_needs(project):
    """A mock without answers left raises StopIteration where a text is made: the test fails."""
    project.tests("""
        from unittest import mock

        @pytest.fixture
        def exhausted(request, monkeypatch):
            monkeypatch.setattr(request.param, mock.Mock(side_effect=[]))

        @pytest.mark.parametrize("exhausted", ["collections.Counter.update"], indirect=True)
        @pytest.mark.expects_code(401009)
        def test_swallowed(errcodes, exhausted):
            errcodes.reply(401009)
            swallow_order()

        @pytest.mark.parametrize("exhausted", ["difflib.SequenceMatcher"], indirect=True)
        def test_unmatched(errcodes, exhausted):
            errcodes.get("/other").reply(401009).optional()
            with pytest.raises(Exception):
                httpx.post(URL)
    """)
    assert project.run().outcomes == {"failed": 2}
