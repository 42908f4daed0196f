"""What is shown of a request that no route matches, where the client lets the error through."""

from __future__ import annotations

from textwrap import dedent

import pytest

CAUSE = "\nThe above exception was the direct cause of the following exception:\n"
EXPLAINED = """\
pytest_errcodes.simulation.UnmatchedRequestError: no route matches POST https://api.test/a
there are no routes yet
"""
BESIDE = """\
--- errcodes ---
no route matches POST https://api.test/a
there are no routes yet"""


def failure(project, body, *arguments):
    """Return the text with which a test of a client fails that calls ``send()``."""
    project.file("sender.py", f"import httpx\n{dedent(body)}")
    project.tests("""
        from sender import send

        def test_order(errcodes):
            send()
    """)
    return project.run(*arguments).failure("test_order")


def test_nothing_of_httpx(project):
    """The failure ends in the client, with the explanation above and beside it."""
    text = failure(project, 'def send():\n    httpx.post("https://api.test/a")\n')
    causes, _, error = text.rpartition(CAUSE)
    assert causes.startswith(f"{EXPLAINED}{CAUSE}")
    # The oldest pytest writes the causes of a cause that has no traceback once more.
    lines = set(causes.splitlines()) - {"", CAUSE.strip()} - set(EXPLAINED.splitlines())
    assert lines == {"httpcore.ConnectError: no route matches POST https://api.test/a"}
    assert error == (
        "\nerrcodes = <CodeRouter of ltp, 0 routes>\n\n"
        "    def test_order(errcodes):\n"
        ">       send()\n\n"
        "test_orders.py:5: \n"
        f"{'_ ' * 50}\n\n"
        "    def send():\n"
        '>       httpx.post("https://api.test/a")\n'
        "E       httpx.ConnectError: no route matches POST https://api.test/a\n\n"
        f"sender.py:3: ConnectError\n{BESIDE}"
    )


CLIENTS = {
    "chained": """
        def send():
            try:
                httpx.post("https://api.test/a")
            except httpx.HTTPError as error:
                raise RuntimeError("down") from error
    """,
    "in a handler": """
        def send():
            try:
                httpx.post("https://api.test/a")
            except httpx.HTTPError:
                raise RuntimeError("down")
    """,
    "asynchronous": """
        import asyncio

        async def post():
            async with httpx.AsyncClient() as client:
                await client.post("https://api.test/a")

        def send():
            asyncio.run(post())
    """,
}


@pytest.mark.parametrize("client", CLIENTS.values(), ids=CLIENTS)
def test_whatever_the_client_does_with_it(project, client):
    """Errors that the client chains, and asynchronous clients, show as little of httpx."""
    text = failure(project, client)
    assert text.startswith(f"{EXPLAINED}{CAUSE}")
    assert text.endswith(BESIDE)
    assert "httpx.ConnectError: no route matches POST https://api.test/a" in text
    assert "map_httpcore_exceptions" not in text


def test_a_transport_of_the_client(project):
    """What the client itself does below httpx stays, and how it came there."""
    text = failure(
        project,
        """
        class Transport(httpx.HTTPTransport):
            def handle_request(self, request):
                return super().handle_request(request)

        def send():
            httpx.Client(transport=Transport()).post("https://api.test/a")
        """,
    )
    assert "return super().handle_request(request)" in text
    assert "_send_single_request" in text
    assert "map_httpcore_exceptions" not in text


def test_full_trace(project):
    """With --full-trace all is shown."""
    client = 'def send():\n    httpx.post("https://api.test/a")\n'
    assert "map_httpcore_exceptions" in failure(project, client, "--full-trace")


def test_another_failure(project):
    """A test that fails for another reason, after an unmatched request, is shown whole."""
    text = failure(
        project,
        """
        import json

        def send():
            try:
                httpx.post("https://api.test/a")
            except httpx.HTTPError:
                pass
            json.loads("")
        """,
    )
    assert "JSONDecodeError: Expecting value" in text
    assert "_default_decoder.decode(s)" in text
    assert text.endswith(BESIDE)
