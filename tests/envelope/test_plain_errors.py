"""Exceptions that say a code and a message and nothing else: read at once, as all others are."""

from __future__ import annotations

import http
from collections.abc import Mapping

import pytest

from pytest_errcodes.active.evidence import Evidence
from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.envelope import reading
from pytest_errcodes.envelope.plain_errors import read_plain_error
from pytest_errcodes.envelope.reading import Reading, read

pytestmark = pytest.mark.usefixtures("context")

LTP = load_catalog("ltp")
MESSAGE = "clientOrderId already exists"


class Plain(Exception):
    """Has whatever attributes it is given."""

    def __init__(self, text="refused", **attributes):
        super().__init__(text)
        vars(self).update(attributes)


class Derived(Plain):
    level = 3


class OfProperty(Plain):
    response = property(lambda _: {"code": 401018, "message": "other"})


class OfClass(Plain):
    response = None


class OfStatus(Plain):
    status_code = 400


class Guessing(Plain):
    def __getattr__(self, name):
        return {"code": 401018} if name == "response" else None


class Answering(Plain):
    def __getattribute__(self, name):
        return 401018 if name == "code" else object.__getattribute__(self, name)


class Slotted(Plain):
    __slots__ = ("body",)


class OfSystem(Plain, OSError):
    pass


class OfMeta(type):
    pass


class Meta(Plain, metaclass=OfMeta):
    pass


class HTTPException(Plain):
    __module__ = "werkzeug.exceptions"


class Odd(int):
    pass


def of_class(kind=Plain, **attributes):
    """Return an exception with a code and a message, and more."""
    return kind(**{"code": 401009, "message": MESSAGE, **attributes})


PLAIN = {
    "a code and a message": of_class(),
    "of a class derived from the client's": of_class(Derived),
    "an empty message": of_class(message=""),
    "no message": of_class(message=None),
    "more that nobody asks for": of_class(request_id="r1", symbol="BTC"),
    "another text": of_class(text="no order"),
}
OTHERS = {
    "no message at all": Plain(code=401009),
    "a code that is not documented": of_class(code=999999),
    "a success": of_class(code=200000),
    "a code as text": of_class(code="401009"),
    "a code of a class derived from int": of_class(code=Odd(401009)),
    "an HTTP status": of_class(code=http.HTTPStatus.BAD_REQUEST),
    "True": of_class(code=True),
    "None": of_class(code=None),
    "a message that is no text": of_class(message=5),
    "two codes": of_class(error_code=401018),
    "an answer": of_class(response={"code": 401018, "message": ""}),
    "a body": of_class(body='{"code": 401018, "message": ""}'),
    "data": of_class(data={"orderId": "7"}),
    "an HTTP status beside it": of_class(status=400),
    "another message": of_class(msg="no"),
    "a property": of_class(OfProperty),
    "a status of its class": of_class(OfStatus),
    "a class with an answer": of_class(OfClass),
    "a class that makes attributes up": of_class(Guessing),
    "a class that answers for its attributes": of_class(Answering),
    "slots": of_class(Slotted),
    "an error of the system": of_class(OfSystem),
    "a metaclass": of_class(Meta),
    "a class whose code is known to mean something else": of_class(HTTPException),
}


def read_whole(error, catalog, monkeypatch):
    """Return what is read of an exception where none is read at once."""
    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_plain_error", lambda *_: None)
        return read(error, catalog)


@pytest.mark.parametrize("error", PLAIN.values(), ids=PLAIN)
def test_as_whole(error, monkeypatch):
    """What is read at once is what is read of it as of any other."""
    plain = read_plain_error(error, LTP.shapes, LTP)
    assert plain == read_whole(error, LTP, monkeypatch)


@pytest.mark.parametrize("error", OTHERS.values(), ids=OTHERS)
def test_others(error):
    """What may hold more, or holds it otherwise, is read as a whole."""
    assert read_plain_error(error, LTP.shapes, LTP) is None


def test_parts():
    """The code, the message and the text of the exception are what it says."""
    error = of_class(text="no order")
    evidence = Evidence("attribute", "Plain", "no order")
    expected = Reading(401009, MESSAGE, None, LTP.shape, None, error, evidence=evidence)
    assert read_plain_error(error, LTP.shapes, LTP) == expected


def test_read_at_once(monkeypatch):
    """The reader of exceptions asks for it."""
    error = of_class()
    monkeypatch.setattr(reading, "ObjectReader", None)
    assert read(error, LTP) == read_plain_error(error, LTP.shapes, LTP)


def test_mapping():
    """An exception that is a mapping too is read as that."""

    class Both(Plain, Mapping):
        def __getitem__(self, name):
            return {"code": 401018, "message": "x"}[name]

        def __iter__(self):
            return iter(["code", "message"])

        def __len__(self):
            return 2

    found = read(of_class(Both), LTP)
    assert isinstance(found, Reading)
    assert found.code == 401018


@pytest.mark.parametrize(
    "fields",
    [
        'attributes = ["status"]\n',
        'message = "msg_code"\n',
        'data = "args"\n',
        'data = "message"\n',
    ],
)
def test_shapes(fields):
    """A shape that has the code, or the data, where all exceptions have something is not plain."""
    text = f"[envelope]\nsuccess = [0]\n{fields}[sections.orders.codes]\n10001 = 'No order'\n"
    catalog = parse_catalog(text)
    held = {"code": 10001, catalog.shape.message: "No order"}
    assert read_plain_error(Plain(**held), catalog.shapes, catalog) is None


def test_own_names(monkeypatch):
    """The names are those of the catalog's shape."""
    text = (
        '[envelope]\ncode = "retCode"\nmessage = "retMsg"\ndata = "result"\nsuccess = [0]\n'
        "[sections.orders.codes]\n10001 = 'No order'\n404 = 'None'\n"
    )
    catalog = parse_catalog(text)
    error = Plain(retCode=10001, retMsg="No order")
    plain = read_plain_error(error, catalog.shapes, catalog)
    assert plain == read_whole(error, catalog, monkeypatch)
    of_status = Plain(retCode=404, retMsg="None")
    assert read_plain_error(of_status, catalog.shapes, catalog) is None
