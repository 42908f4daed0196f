"""Codes that come with another HTTP status."""

from __future__ import annotations

from pytest_errcodes.tools import diff

from .conftest import as_catalog

CODES = '[sections.a.codes]\n1 = "One"\n2 = "Two"\n[sections.b.codes]\n3 = "Three"\n4 = "Four"'


def test_one_code(told):
    """A client that asks for the status before it reads the envelope breaks."""
    assert told('1 = "One"\n2 = "Two"', '1 = {message = "One", http_status = 400}\n2 = "Two"') == [
        "breaking: 1 comes with HTTP status 400, formerly 200"
    ]


def test_all_codes(told):
    """Where all codes changed alike, that is one change, which touches all."""
    new = f"http_status = 400\n{CODES}"
    assert told(CODES, new) == [
        "breaking: catalog has all codes come with HTTP status 400, formerly 200"
    ]
    (change,) = diff(as_catalog(CODES), as_catalog(new))
    assert (change.old, change.new, change.codes) == (200, 400, (1, 2, 3, 4))


def test_all_codes_of_a_section(told):
    """Where all codes of a section changed alike, that is one change, beside those of others."""
    new = f"[sections.a]\nhttp_status = 409\n{CODES}".replace(
        '"Three"', '{message = "Three", http_status = 500}'
    )
    assert told(CODES, new) == [
        "breaking: section a has all codes come with HTTP status 409, formerly 200",
        "breaking: 3 comes with HTTP status 500, formerly 200",
    ]
