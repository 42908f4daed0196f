"""The test suites that the benchmarks run, as text."""

from __future__ import annotations

URL = "https://api.example.com/api/v1/trading/order"

_BODY = '{"code": 401009, "message": "clientOrderId already exists", "data": None}'

#: How each tool writes one test: imports, arguments, and what comes before the call. The floor is a
#: hand-made transport.
TOOLS = {
    "respx": ("", "respx_mock", f"respx_mock.post(URL).respond(json={_BODY})"),
    "pytest-httpx": ("", "httpx_mock", f"httpx_mock.add_response(url=URL, json={_BODY})"),
    "errcodes": ("", "errcodes", "errcodes.post(URL).reply(401009)"),
    "MockTransport": (
        f"def answer(request):\n    return httpx.Response(200, json={_BODY})\n",
        "",
        "",
    ),
}
#: Who has the client, and of which kind it is.
CLIENTS = ("fresh", "shared", "async")

_API_ERROR = """
class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(f"{code} {message}")
        self.code, self.message = code, message

def place_order(client):
    envelope = client.post(URL, json={"clientOrderId": "a1"}).json()
    if envelope["code"] not in (200, 200000):
        raise ApiError(envelope["code"], envelope["message"])
"""


def one_request_each(tool: str, count: int, client: str) -> str:
    """Return a suite of ``count`` tests: one route, one request, one assertion each.

    Args:
        tool: A key of ``TOOLS``.
        count: How many tests.
        client: ``fresh``: each test makes one of its own; ``shared``: the module has one;
            ``async``: the module has an asynchronous one.
    """
    top, argument, before = TOOLS[tool]
    arguments = ", ".join(name for name in (argument, "client") if name)
    word, wait, mark = ("", "", "")
    if client == "async":
        word, wait, mark = "async ", "await ", "pytestmark = pytest.mark.anyio"
    body = [
        before,
        f'response = {wait}client.post(URL, json={{"clientOrderId": "a1"}})',
        'assert response.json()["code"] == 401009',
    ]
    lines = "".join(f"    {line}\n" for line in body if line)
    tests = "".join(f"{word}def test_{n}({arguments}):\n{lines}" for n in range(count))
    return f"{_head(top, tool == 'MockTransport', client)}{mark}\n{tests}"


#: How each tool writes one test of a client over requests. The floor is a hand-made adapter.
SESSION_TOOLS = {
    "HTTPAdapter": ("", ""),
    "responses": ("responses", f"responses.post(URL, json={_BODY})"),
    "requests-mock": ("requests_mock", f"requests_mock.post(URL, json={_BODY})"),
    "errcodes": ("errcodes", "errcodes.post(URL).reply(401009)"),
}


_CANNED = f"""
import io
import json
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse
BODY = json.dumps({_BODY}).encode()

class Canned(HTTPAdapter):
    def send(self, request, **options):
        headers = {{"content-type": "application/json"}}
        raw = HTTPResponse(io.BytesIO(BODY), headers, 200, preload_content=False)
        return self.build_response(request, raw)

session.mount(URL, Canned())

"""


def one_session(tool: str, count: int) -> str:
    """Return a suite of ``count`` tests with one session: one route, one request, one assertion.

    Args:
        tool: A key of ``SESSION_TOOLS``.
        count: How many tests.
    """
    argument, before = SESSION_TOOLS[tool]
    top = f"""
import pytest
import requests
import responses as library
URL = {URL!r}
session = requests.Session()

@pytest.fixture
def responses():
    with library.RequestsMock() as mock:
        yield mock

"""
    if tool == "HTTPAdapter":
        top += _CANNED
    first = f"    {before}\n" if before else ""
    lines = (
        f"{first}"
        '    response = session.post(URL, json={"clientOrderId": "a1"})\n'
        '    assert response.json()["code"] == 401009\n'
    )
    return top + "".join(f"def test_{n}({argument}):\n{lines}" for n in range(count))


def _head(top: str, by_transport: bool, client: str) -> str:
    scope = "" if client == "fresh" else '(scope="module")'
    options = "transport=httpx.MockTransport(answer)" if by_transport else ""
    make = f"httpx.{'AsyncClient' if client == 'async' else 'Client'}({options})"
    # No asynchronous client is closed, which would take a fixture that is asynchronous too.
    use = f"yield {make}" if client == "async" else f"with {make} as client:\n        yield client"
    return f"""
import httpx
import pytest
URL = {URL!r}
{top}
@pytest.fixture{scope}
def client():
    {use}

@pytest.fixture(scope="module")
def anyio_backend():
    return "asyncio"

"""


def every_code(functions: int) -> str:
    """Return a suite of 252 tests for each function, each ending in the exception of its code."""
    tests = "".join(
        f"""
@pytest.mark.every_code("*")
def test_{n}(error_code, errcodes, client):
    errcodes.post(URL).reply(error_code, *error_code.template.sample)
    place_order(client)
"""
        for n in range(functions)
    )
    return f"{_head('', False, 'shared')}{_API_ERROR}{tests}"


def every_code_by_hand(functions: int, messages: dict[int, str]) -> str:
    """Return the same suite, written with what pytest and httpx have."""
    top = f"""
MESSAGES = {messages!r}
envelope = {{"data": None}}

def answer(request):
    return httpx.Response(200, json=envelope)
"""
    tests = "".join(
        f"""
@pytest.mark.parametrize("code", MESSAGES)
def test_{n}(code, client):
    envelope.update(code=code, message=MESSAGES[code])
    with pytest.raises(ApiError) as caught:
        place_order(client)
    assert caught.value.code == code
"""
        for n in range(functions)
    )
    return f"{_head(top, True, 'shared')}{_API_ERROR}{tests}"


def empty(count: int) -> str:
    """Return a suite of tests that do nothing."""
    return "".join(f"def test_{n}():\n    pass\n" for n in range(count))


def marked(count: int) -> str:
    """Return a suite of tests that each carry a marker, with a handful of codes in turn."""
    codes = (401009, 401018, 100429, 402001, 403013)
    return "import pytest\n" + "".join(
        f"@pytest.mark.expects_code({codes[n % 5]})\ndef test_{n}():\n    pass\n"
        for n in range(count)
    )


def failing(count: int, *, plain: bool) -> str:
    """Return a suite of failing tests: plain asserts, or expectations of a code never seen."""
    mark = "" if plain else "@pytest.mark.expects_code(401009)\n"
    body = (
        "    seen = {'code': 200000}\n    assert seen['code'] == 401009\n"
        if plain
        else "    pass\n"
    )
    return "import pytest\n" + "".join(f"{mark}def test_{n}():\n{body}" for n in range(count))
