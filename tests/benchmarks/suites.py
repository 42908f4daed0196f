"""The test suites that the benchmarks run, as text."""

from __future__ import annotations

URL = "https://api.example.com/api/v1/trading/order"

_CALL = """
    response = client.post(URL, json={"clientOrderId": "a1"})
    assert response.json()["code"] == 401009
"""
_BODY = '{"code": 401009, "message": "clientOrderId already exists", "data": None}'

#: How each tool writes one test: imports, arguments, and what comes before the call.
TOOLS = {
    "respx": ("", "respx_mock", f"    respx_mock.post(URL).respond(json={_BODY})\n"),
    "pytest-httpx": ("", "httpx_mock", f"    httpx_mock.add_response(url=URL, json={_BODY})\n"),
    "errcodes": ("", "errcodes", "    errcodes.post(URL).reply(401009)\n"),
    "floor": (f"def answer(request):\n    return httpx.Response(200, json={_BODY})\n", "", ""),
}


def one_request_each(tool: str, count: int, *, fresh: bool) -> str:
    """Return a suite of ``count`` tests: one route, one request, one assertion each.

    Args:
        tool: A key of ``TOOLS``; ``floor`` is a hand-made ``httpx.MockTransport``.
        count: How many tests.
        fresh: Whether each test makes a client of its own; if not, the module has one.
    """
    top, argument, before = TOOLS[tool]
    options = "transport=httpx.MockTransport(answer)" if tool == "floor" else ""
    lines = ["import httpx", "import pytest", f"URL = {URL!r}", top]
    scope = "" if fresh else '(scope="module")'
    lines += [
        f"@pytest.fixture{scope}",
        "def client():",
        f"    with httpx.Client({options}) as client:",
        "        yield client",
    ]
    arguments = ", ".join(name for name in (argument, "client") if name)
    lines += [f"def test_{n}({arguments}):\n{before}{_CALL.rstrip()[1:]}" for n in range(count)]
    return "\n".join(lines) + "\n"


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
