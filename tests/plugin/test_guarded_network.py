"""What would leave this machine fails a test with routes, unless its marker allows it."""

from __future__ import annotations

import pytest

REFUSED = (
    "a connection to 203.0.113.7:443 was refused: nothing leaves while routes are active\n"
    "hint: let the client talk to a server on 127.0.0.1, or give it a transport of your own; to "
    'let it out, put @pytest.mark.errcodes(network="allow") on the test, or .pass_through() on the '
    "route of a request"
)
#: Stands where the network would be, so that no test of ours reaches it.
NOBODY = """
    import socket

    @pytest.fixture
    def nobody(monkeypatch):
        def connect(self, address):
            raise ConnectionRefusedError(111, "nobody there")

        monkeypatch.setattr(socket.socket, "connect", connect)

    def send():
        try:
            socket.create_connection(("203.0.113.7", 443))
        except OSError as error:
            return error.strerror
"""


def test_swallowed(project):
    """It fails the test although the client swallowed the error."""
    project.tests(
        NOBODY
        + """
    def test_order(nobody, errcodes):
        errcodes.reply(401009).optional()
        assert "nothing leaves" in send()
    """
    )
    outcome = project.run()
    assert outcome.outcomes == {"failed": 1}
    assert outcome.failure("test_order") == REFUSED


def test_in_the_teardown_of_a_fixture(project):
    """So does what a fixture's teardown would send."""
    project.tests(
        NOBODY
        + """
    @pytest.fixture
    def client(nobody, errcodes):
        yield
        send()

    def test_order(client):
        pass
    """
    )
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    assert outcome.error("test_order", when="teardown") == REFUSED


@pytest.mark.parametrize(
    "mark",
    [
        "@pytest.mark.errcodes(network='allow')",
        "pytestmark = pytest.mark.errcodes(network='allow')",
    ],
)
def test_allowed(project, mark):
    """A marker lets it out."""
    project.tests(
        NOBODY
        + f"""
    {mark}
    def test_order(nobody, errcodes):
        errcodes.reply(401009).optional()
        assert send() == "nobody there"
    """
    )
    assert project.run().outcomes == {"passed": 1}


def test_refused_again(project):
    """A nearer marker takes it back."""
    project.tests(
        NOBODY
        + """
    pytestmark = pytest.mark.errcodes(network="allow")

    @pytest.mark.errcodes(network="refuse")
    def test_order(nobody, errcodes):
        errcodes.reply(401009).optional()
        send()
    """
    )
    assert project.run().outcomes == {"failed": 1}


def test_without_routes(project):
    """A test without routes reaches what it did, before and after one with routes."""
    project.tests(
        NOBODY
        + """
    def test_before(nobody):
        assert send() == "nobody there"

    def test_order(nobody, errcodes):
        errcodes.reply(401009).optional()

    def test_after(nobody):
        assert send() == "nobody there"
    """
    )
    assert project.run().outcomes == {"passed": 3}


@pytest.mark.parametrize("options", [(), ("--disable-socket",), ("--allow-hosts=203.0.113.7",)])
def test_pytest_socket(project, options):
    """Beside pytest-socket both refuse, and neither stays when the run has ended."""
    project.tests(
        NOBODY
        + """
    def test_order(errcodes):
        errcodes.reply(401009).optional()
        try:
            send()
        except UserWarning:  # by which pytest-socket refuses the socket itself
            pytest.fail("no socket", pytrace=False)

    def test_later():
        assert socket.socket.connect.__qualname__ in NAMES

    NAMES = ("socket.connect", "host_allowlist.<locals>.guarded_connect")
    """
    )
    outcome = project.run(*options, plugins=("pytest_socket",))
    assert outcome.outcomes["failed"] >= 1
    text = outcome.failure("test_order")
    if options == ("--disable-socket",):
        assert text.endswith("\nno socket")
    else:
        assert text == REFUSED
