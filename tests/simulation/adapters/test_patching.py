"""A patch of one attribute: made once, found again, given back."""

from __future__ import annotations

import http.client
from types import SimpleNamespace
from unittest import mock
from weakref import ref

import httpx
import pytest

from pytest_errcodes.simulation.adapters.patching import Outlook, Patch, find_classes


def wrap(original):
    """Return a wrapper that shows itself."""

    def wrapper():
        return f"wrapped {original()}"

    return wrapper


@pytest.fixture
def owner():
    """Return an object with a function."""
    return SimpleNamespace(name=lambda: "original")


@pytest.fixture
def patch(owner):
    """Return a patch of it."""
    return Patch(owner, "name", wrap)


def test_wraps_once(owner, patch):
    """A patch that is in place stays."""
    patch.ensure()
    patch.ensure()
    assert owner.name() == "wrapped original"


def test_gives_back(owner, patch):
    """The very function that stood there stands there again."""
    original = owner.name
    patch.ensure()
    patch.remove()
    patch.remove()
    assert owner.name is original


def test_wraps_what_covers_it(owner, patch):
    """A function that somebody else put above is wrapped too."""
    patch.ensure()
    owner.name = lambda below=owner.name: f"theirs {below()}"
    patch.ensure()
    assert owner.name() == "wrapped theirs wrapped original"


def test_leaves_what_covers_it(owner, patch):
    """What somebody else put above is theirs to give back."""
    patch.ensure()
    theirs = owner.name = lambda: "theirs"
    patch.remove()
    assert owner.name is theirs


def test_wraps_again(owner, patch):
    """Where somebody else put back what they had found, the patch is made anew."""
    original = owner.name
    patch.ensure()
    owner.name = original
    patch.ensure()
    assert owner.name() == "wrapped original"
    patch.remove()
    assert owner.name is original


def test_inherited():
    """An inherited function is inherited again."""

    class Base:
        def name():
            return "inherited"

    class Owner(Base):
        pass

    patch = Patch(Owner, "name", wrap)
    patch.ensure()
    assert (Owner.name(), Base.name()) == ("wrapped inherited", "inherited")
    patch.remove()
    assert "name" not in vars(Owner)


def test_two_patches(owner, patch):
    """Two runs, one inside the other, take their wrappers off in turn."""
    inner = Patch(owner, "name", wrap)
    patch.ensure()
    inner.ensure()
    assert owner.name() == "wrapped wrapped original"
    inner.remove()
    assert owner.name() == "wrapped original"


def test_what_a_test_put_above_is_forgotten(owner, patch):
    """A mock that was wrapped while a test had it there is kept by nobody afterwards."""
    patch.ensure()
    ours, theirs = owner.name, lambda: "theirs"
    owner.name = theirs
    patch.ensure()
    assert owner.name() == "wrapped theirs"
    owner.name, left = ours, ref(theirs)
    del theirs
    patch.ensure()
    assert left() is None
    assert owner.name is ours


# -- what is patched -------------------------------------------------------------------------

CLIENT = httpx.Client
CONNECTION = http.client.HTTPConnection


def test_classes():
    """A class is found where its library has it."""
    assert find_classes(httpx, "Client", "AsyncClient") == [httpx.Client, httpx.AsyncClient]


def test_class_that_is_mocked():
    """Where a test has a mock of it, the class is found all the same."""
    with mock.patch("httpx.Client"):
        assert find_classes(httpx, "Client") == [CLIENT]


def test_class_that_a_test_extends():
    """Where a test has put a class of its own, the library's is found beneath it."""
    with mock.patch("httpx.Client", new=type("Client", (CLIENT,), {})):
        assert find_classes(httpx, "Client") == [CLIENT]


def test_class_that_an_sdk_renames(monkeypatch):
    """An SDK that exports the class of a library as its own, with its own name, changes nothing."""
    monkeypatch.setattr(httpx.BaseTransport, "__module__", "sdk")
    assert find_classes(httpx, "BaseTransport") == [httpx.BaseTransport]


def test_class_of_another_home():
    """A class of a test's own of that name is none of the library's."""
    with mock.patch("httpx.Client", new=type("Client", (), {"send": lambda client: None})):
        assert find_classes(httpx, "Client") == [CLIENT]


def test_class_that_nothing_leads_to():
    """Where a class of others stands in its place that is not made from it, it is found too."""
    theirs = type("Theirs", (), {"putrequest": lambda connection: None})
    with mock.patch("http.client.HTTPConnection", new=theirs):
        assert find_classes(http.client, "HTTPConnection") == [CONNECTION]


def test_class_that_is_not_there():
    """A library without such a class is named."""
    with pytest.raises(LookupError) as caught:
        find_classes(httpx, "Klient")
    assert str(caught.value) == "httpx has no class Klient"


class TestOutlook:
    """What changes in one of the places that are looked at is seen, alone and among several."""

    @pytest.fixture(params=[1, 3])
    def names(self, request):
        """Return the names of a module, of which so many are looked at; ``absent`` is not there."""
        return {f"name{number}": [number] for number in range(request.param)} | {"other": 1}

    @pytest.fixture
    def outlook(self, names):
        """Return an outlook on them."""
        outlook = Outlook()
        outlook.keep([(names, name) for name in [*names, "absent"] if name != "other"])
        return outlook

    def test_unchanged(self, outlook, names):
        """As long as all stands there; what nobody looks at may change."""
        names["other"] = 2
        assert outlook.is_unchanged()

    @pytest.mark.parametrize("value", [None, len])
    def test_replaced(self, outlook, names, value):
        """Another value is a change."""
        names["name0"] = value
        assert not outlook.is_unchanged()

    def test_gone(self, outlook, names):
        """A name that is gone is a change."""
        del names["name0"]
        assert not outlook.is_unchanged()

    def test_came(self, outlook, names):
        """So is one that was not there."""
        names["absent"] = None
        assert not outlook.is_unchanged()

    def test_nothing_kept(self, outlook):
        """Where nothing is kept everything is to be looked at."""
        outlook.keep([])
        assert not outlook.is_unchanged()
