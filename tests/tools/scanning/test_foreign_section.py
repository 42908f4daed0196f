"""Codes that are handled for a call of another section."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Scanned

FOREIGN = (
    'foreign-section: 402006 "portfolioId not found" is of section portfolio, and place calls '
    "trading"
)
HANDLES = """
    if error.code in (401009, 401018): retry()
    elif error.code == {code}: give_up()
"""


def handler(call: str, code: int = 402006, before: str = "") -> str:
    """Return a function that handles two codes of trading and another code."""
    return f"{before}\ndef place(http):\n    {call}\n{HANDLES.format(code=code)}"


@pytest.mark.parametrize(
    "source",
    [
        handler('http.post("/api/v1/trading/order")'),
        handler('http.post(f"/api/v1/trading/order/{id}")'),
        handler("http.post(ORDER)", before='ORDER = "/api/v1/trading/order"'),
        handler("client.trading.place_order(http)"),
    ],
)
def test_foreign_code(scanned: Scanned, source: str):
    """A path, a constant that holds one, or a dotted call names the section."""
    assert [text.partition(" ")[2] for text in scanned(source)] == [FOREIGN]


@pytest.mark.parametrize(
    "source",
    [
        handler('http.post("/api/v1/trading/order")', 400013),  # common
        handler('http.post("/api/v1/trading/order")', 100429),  # authentication
        handler('http.post("/api/v1/trading/order")', 601009),  # a transport
        handler('http.post("/api/v1/order")'),  # names no section
        handler('http.post("/api/v1/trading/algo/order")', 401203),  # names both
        handler('http.post("/api/v1/portfolio")'),  # most codes are of another
        'http.post("/api/v1/trading/order")' + HANDLES.replace("\n    ", "\n").format(code=402006),
        'def place(http):\n    http.post("/trading/x")\n    e.code == 401009 or e.code == 402006',
        handler('log("either / or trading")'),
    ],
)
def test_silence(scanned: Scanned, source: str):
    """Whatever is less than certain is no finding."""
    assert scanned(source) == []


def test_each_function_has_a_section_of_its_own(scanned: Scanned):
    """What one function calls says nothing of the next one."""
    source = 'def first(http):\n    http.get("/api/v1/transfers")\n' + handler(
        'http.post("/trading/x")'
    )
    assert len(scanned(source)) == 1
