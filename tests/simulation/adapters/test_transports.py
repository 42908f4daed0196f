"""Each class of transports is wrapped, whoever defines it and whenever, and is given back."""

from __future__ import annotations

import httpx
import pytest

from pytest_errcodes.simulation.adapters.transports import Transports


@pytest.fixture
def log():
    """Return what the wrappers note."""
    return []


@pytest.fixture
def transports(log):
    """Wrap the transports of httpx from now on."""
    transports = make(log, "first")
    transports.ensure()
    yield transports
    transports.remove()


def make(log, name):
    """Return what wraps the transports of httpx, and notes each request by a name."""

    def wrap(owner, original):
        def handle_request(self, request):
            log.append((name, owner.__name__))
            return original(self, request)

        return handle_request

    return Transports(httpx, "BaseTransport", "handle_request", wrap)


def ask(transport):
    """Send one request."""
    return transport.handle_request(httpx.Request("GET", "https://api.test/")).status_code


class Early(httpx.BaseTransport):
    """A transport that is there before."""

    def handle_request(self, request):
        """Answer a request."""
        return httpx.Response(200)


class Below(Early):
    """One that answers by the method of another."""


def test_classes_that_are_there(transports, log):
    """Those of httpx are wrapped, and those of others; an inherited method once."""
    mock = httpx.MockTransport(lambda _: httpx.Response(201))
    assert [ask(mock), ask(Early()), ask(Below())] == [201, 200, 200]
    assert log == [("first", "MockTransport"), ("first", "Early"), ("first", "Early")]


def test_class_that_is_defined_later(transports, log):
    """A class that is defined later is wrapped as well, with its own way to be made."""

    class Late(httpx.BaseTransport):
        def __init_subclass__(cls, *, name):
            super().__init_subclass__()
            cls.name = name

        def handle_request(self, request):
            return httpx.Response(202)

    class Later(Late, name="later"):
        pass

    assert (ask(Later()), Later.name) == (202, "later")
    assert log == [("first", "Late")]


def test_method_of_httpx_that_is_replaced(transports, log, monkeypatch):
    """What a test puts over a method is wrapped with the next look, and gone when it goes."""
    mock = httpx.MockTransport(lambda _: httpx.Response(200))
    with monkeypatch.context() as patch:
        patch.setattr(httpx.MockTransport, "handle_request", lambda *_: httpx.Response(203))
        transports.ensure()
        assert ask(mock) == 203
    assert ask(mock) == 200
    assert log == [("first", "MockTransport")] * 2


def test_class_that_an_sdk_renames(log, monkeypatch):
    """What replaces a method of httpx is wrapped, though an SDK exports its class as its own."""
    monkeypatch.setattr(httpx.HTTPTransport, "__module__", "sdk")
    before = httpx.HTTPTransport.handle_request
    transports = make(log, "first")
    transports.ensure()
    try:
        with monkeypatch.context() as replaced:  # which puts back the wrapper that it found
            replaced.setattr(
                httpx.HTTPTransport, "handle_request", lambda self, request: httpx.Response(204)
            )
            transports.ensure()
            assert ask(httpx.HTTPTransport()) == 204
    finally:
        transports.remove()
    assert log == [("first", "HTTPTransport")]
    assert httpx.HTTPTransport.handle_request is before


def test_method_that_is_no_function(transports, monkeypatch):
    """A mock object is left alone."""
    fake = staticmethod(lambda request: httpx.Response(204))
    monkeypatch.setattr(Early, "handle_request", fake)
    transports.ensure()
    assert ask(Early()) == 204


def test_name_and_signature_are_kept(transports):
    """Who looks at the method finds what it looked for."""
    assert Early.handle_request.__qualname__ == "Early.handle_request"
    assert Early.handle_request.__doc__ == "Answer a request."


def test_run_inside_a_run(transports, log):
    """An inner run wraps over an outer one, and gives its own back."""
    inner = make(log, "inner")
    inner.ensure()

    class Late(Early):
        def handle_request(self, request):
            return httpx.Response(205)

    assert ask(Late()) == 205
    assert sorted(log) == [("first", "Late"), ("inner", "Late")]
    inner.remove()
    log.clear()

    class Last(Early):
        def handle_request(self, request):
            return httpx.Response(206)

    assert ask(Last()) == 206
    assert log == [("first", "Last")]


def test_removed(log):
    """In the end each class has its own method, and those that are defined are left alone."""
    before = Early.handle_request, vars(httpx.BaseTransport).get("__init_subclass__")
    transports = make(log, "first")
    transports.ensure()
    assert Early.handle_request is not before[0]
    transports.remove()
    after = Early.handle_request, vars(httpx.BaseTransport).get("__init_subclass__")
    assert after == before
