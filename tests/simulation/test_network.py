"""The network: what a request comes to, as a value, and the adapters that ask for it."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import ClassVar

import httpx
import pytest
from callers import API

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.simulation import CodeRouter, patched_libraries
from pytest_errcodes.simulation.adapters.adapter import Adapter
from pytest_errcodes.simulation.adapters.drivers import run
from pytest_errcodes.simulation.adapters.table import TABLE, Row
from pytest_errcodes.simulation.answers import PASS, Unmatched
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.network import Network
from pytest_errcodes.simulation.reply import Reply

REQUEST = httpx.Request("GET", f"{API}/a")


@pytest.fixture
def ask(router):
    """Return a function that asks the network of a started router about one request."""
    network = router._network
    return lambda: run(network.answer(Incoming.of(REQUEST)))


def test_reply(router, ask):
    """A script's reply is the answer, the very one that the route has."""
    route = router.get("/a").reply(401009)
    answer = ask()
    assert isinstance(answer, Reply)
    assert answer is route.script.next()


def test_response(router, ask):
    """What respx answers is a response of httpx's."""
    router.get("/a").respond(418)
    assert ask().status_code == 418


def test_pass(router, ask):
    """A request that a route lets pass is let pass."""
    router.get("/a").pass_through()
    assert ask() is PASS


def test_unmatched(router, ask):
    """A request that no route matches comes to its explanation; nothing is raised."""
    answer = ask()
    assert isinstance(answer, Unmatched)
    assert answer.summary == f"no route matches GET {API}/a"
    assert str(answer.explanation) == f"no route matches GET {API}/a\nthere are no routes yet"


def test_nobody_is_left():
    """A request that was on its way when the last router was stopped is let pass."""
    assert run(Network().answer(Incoming.of(REQUEST))) is PASS


def test_parts_of_a_request(router):
    """A request in neutral form has its parts, before and after somebody looks at httpx's."""
    body = httpx.ByteStream(b"abc")
    headers = [(b"host", b"api.example.com"), (b"x-a", b"1")]
    incoming = Incoming("POST", Incoming.of(REQUEST).address, headers, body, {})
    for _ in range(2):
        assert (list(incoming.headers), incoming.body) == (headers, b"abc")
        assert incoming.request.read() == b"abc"


KEPT = "pytest_errcodes.simulation.adapters.kept"

# -- adapters --------------------------------------------------------------------------------


class Kept(Adapter):
    """An adapter that keeps what it was asked."""

    made: ClassVar[list] = []

    def __init__(self, network, library):
        super().__init__(network, library)
        self.asked = []
        self.made.append(self)

    def __getattribute__(self, name):
        if name in ("bind", "unbind", "watch", "prepare"):
            return lambda: self.asked.append(name)
        return super().__getattribute__(name)


@pytest.fixture
def late(monkeypatch):
    """Return a function that imports a library which has an adapter in the table, anew."""
    monkeypatch.setattr(Kept, "made", [])
    here = SimpleNamespace(KeptAdapter=Kept)
    monkeypatch.setitem(sys.modules, KEPT, here)
    monkeypatch.setattr(patched_libraries, "TABLE", (Row("late_library", KEPT, "KeptAdapter"),))
    monkeypatch.delitem(sys.modules, "late_library", raising=False)

    def import_it():
        library = ModuleType("late_library")
        monkeypatch.setitem(sys.modules, "late_library", library)
        return library

    return import_it


def test_each_row_of_the_table():
    """Each row names an adapter, and its library."""
    for row in TABLE:
        assert issubclass(row.load(), Adapter)
        assert import_module(row.library) is sys.modules[row.library]


def test_library_that_nobody_imported(late):
    """Without its library there is no adapter, whatever is asked."""
    network = Network()
    network.bind()
    network.prepare()
    network.watch()
    network.close()
    assert Kept.made == []


def test_library_that_is_imported_late(late):
    """An adapter whose library comes later is told what the others were told."""
    network = Network()
    network.prepare()
    network.watch()
    library = late()
    network.bind()
    (adapter,) = Kept.made
    assert (adapter.library, adapter.network) == (library, network)
    assert sorted(adapter.asked) == ["bind", "prepare", "watch"]


def test_library_that_comes_before_a_router(late):
    """A library that was imported in between is caught when a router starts."""
    network = Network()
    network.bind()
    late()
    router = CodeRouter(catalog=load_catalog("ltp"), network=network)
    with router:
        assert [sorted(one.asked) for one in Kept.made] == [["bind", "prepare"]]


def test_library_that_is_imported_anew(late):
    """Where somebody had a library imported again, both get an adapter, and both are undone."""
    network = Network()
    one, other = late(), None
    network.bind()
    other = late()
    network.bind()
    network.bind()
    assert [adapter.library for adapter in Kept.made] == [one, other]
    network.close()
    assert [adapter.asked[-1] for adapter in Kept.made] == ["unbind", "unbind"]


def test_prepared_as_often_as_released(late):
    """Clients stay cheap to build until everybody who asked for it has taken that back."""
    late()
    network = Network()
    network.bind()
    assert not network.shares_tls
    network.prepare()
    network.prepare()
    network.release()
    assert network.shares_tls
    network.release()
    network.release()
    assert not network.shares_tls
    network.prepare()
    assert network.shares_tls
    assert Kept.made[0].asked.count("prepare") == 1


def test_nothing_is_prepared_where_nothing_is_shared(late):
    """Where a setting says so, nothing is put into a library to share its contexts."""
    late()
    network = Network(share_tls=False)
    network.bind()
    network.prepare()
    assert not network.shares_tls
    assert "prepare" not in Kept.made[0].asked


def test_adapter_that_does_nothing():
    """An adapter does only what its library needs."""
    adapter = Adapter(Network(), ModuleType("library"))
    before = vars(adapter).copy()
    for name in ("bind", "watch", "prepare", "unbind"):
        getattr(adapter, name)()
    assert (vars(adapter), vars(adapter.library).get("bind")) == (before, None)
