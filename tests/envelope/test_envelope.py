"""Reading an envelope out of mappings, JSON and objects."""

from __future__ import annotations

import collections
import dataclasses
import enum
import json
import types

import attrs
import pydantic
import pytest

from pytest_errcodes.catalog import Catalog, EnvelopeShape, ErrorCode, Section, load_catalog
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError

PACKAGE = __name__.partition(".")[0]  # the tests' own, however they are imported

MESSAGE = "clientOrderId already exists"
BODY = {"code": 401009, "message": MESSAGE, "data": {"orderId": "7"}}
DEFAULT, WEBSOCKET = load_catalog("ltp").shapes


pytestmark = pytest.mark.usefixtures("context")


class Duplicate(enum.IntEnum):
    ORDER = 401009


class Plain(enum.Enum):
    ORDER = 401009


@dataclasses.dataclass
class DataAnswer:
    code: object
    message: object
    data: object = None


@attrs.define
class AttrsAnswer:
    code: int
    message: str
    data: object = None


class PydanticAnswer(pydantic.BaseModel):
    code: int
    message: str
    data: object = None


class ApiError(Exception):
    """An exception with whatever attributes a test gives it."""

    def __init__(self, **attributes):
        super().__init__("refused")
        self.__dict__.update(attributes)


@pytest.mark.parametrize(
    "obj",
    [
        BODY,
        types.MappingProxyType(BODY),
        collections.ChainMap({}, BODY),
        json.dumps(BODY),
        json.dumps(BODY).encode(),
        bytearray(json.dumps(BODY).encode()),
        memoryview(json.dumps(BODY).encode()),
        b"\xef\xbb\xbf \n" + json.dumps(BODY).encode(),
        DataAnswer(**BODY),
        AttrsAnswer(**BODY),
        PydanticAnswer(**BODY),
        types.SimpleNamespace(**BODY),
        types.SimpleNamespace(code=401009, msg=MESSAGE, data=BODY["data"]),
        ApiError(**BODY),
        ApiError(code=401009, msg=MESSAGE, data=BODY["data"]),
        ApiError(envelope=BODY),
        ApiError(response=json.dumps(BODY)),
        ApiError(envelope=ApiError(response=BODY)),
    ],
    ids=lambda obj: type(obj).__name__,
)
def test_reads(obj):
    """One and the same envelope is read out of everything that carries it."""
    envelope = Envelope.of(obj)

    read = (envelope.code, envelope.message, envelope.data, envelope.http_status)
    assert read == (401009, MESSAGE, {"orderId": "7"}, None)


def test_an_envelope_is_returned_as_it_is():
    """An envelope is not read again."""
    envelope = Envelope(401009, MESSAGE, None, DEFAULT)

    assert Envelope.of(envelope) is envelope


@pytest.mark.parametrize(
    ("body", "code", "message", "shape"),
    [
        ({"code": 401009, "message": "a"}, 401009, "a", DEFAULT),
        ({"code": 401009, "message": "a", "msg": "b"}, 401009, "a", DEFAULT),
        ({"code": "60009", "msg": "a", "event": "error"}, 60009, "a", WEBSOCKET),
        ({"code": 401009}, 401009, None, DEFAULT),
        ({"code": 401009, "message": None}, 401009, None, DEFAULT),
        ({"code": "401009", "message": "a"}, "401009", "a", DEFAULT),
        ({"code": "007", "msg": "a"}, "007", "a", WEBSOCKET),
        ({"code": Duplicate.ORDER, "message": "a"}, 401009, "a", DEFAULT),
        ({"code": Plain.ORDER, "message": "a"}, 401009, "a", DEFAULT),
        ({"code": -1121, "message": ""}, -1121, "", DEFAULT),
    ],
)
def test_shapes(body, code, message, shape):
    """The first shape with code and message reads the body, else the first with a code."""
    envelope = Envelope.of(body)

    assert (envelope.code, envelope.message, envelope.shape) == (code, message, shape)
    assert type(envelope.code) in (int, str)


def test_shape_that_is_given():
    """A shape that is given is the only one that is tried, and one without data reads none."""
    shape = EnvelopeShape(code="retCode", message="retMsg", data="")

    envelope = Envelope.of({"retCode": 10001, "retMsg": "a", "code": 1, "": 2}, shape)

    assert (envelope.code, envelope.message, envelope.data) == (10001, "a", None)


def test_attributes_by_the_names_of_the_shape():
    """An object is read by the field names of a shape before the usual ones."""
    shape = EnvelopeShape(code="retCode", message="retMsg", data="result")
    answer = types.SimpleNamespace(retCode=10001, retMsg="a", result=[1], code=500, message="b")

    envelope = Envelope.of(answer, shape)

    assert (envelope.code, envelope.message, envelope.data) == (10001, "a", [1])


def test_code_of_either_type_where_the_catalog_has_texts(context):
    """A string of digits stays a string where the catalog's codes are strings."""
    section = Section("all", "All", "")
    shape = EnvelopeShape(code_type="either")
    codes = [ErrorCode("51008", "Insufficient balance", section)]
    context.load = lambda: Catalog("texts", codes, sections=[section], shapes=[shape])

    assert Envelope.of({"code": "51008", "message": "Insufficient balance"}).code == "51008"


def test_http_status_of_an_object():
    """An object may tell the HTTP status; a number that is none is not taken for one."""
    told = types.SimpleNamespace(code=401009, message="a", http_status=400)
    other = types.SimpleNamespace(code=401009, message="a", status_code=4)

    assert (Envelope.of(told).http_status, Envelope.of(other).http_status) == (400, None)


def test_a_huge_code_is_read_and_measured():
    """A code too long for Python to print is an envelope all the same."""
    envelope = Envelope.of({"code": 10**5000, "message": "a"})

    assert envelope.code == 10**5000
    assert repr(envelope) == "Envelope(an integer of 5,001 digits, message='a')"


def test_repr_of_what_is_not_there():
    """The repr leaves out what there is not."""
    assert repr(Envelope(401009, None, None, DEFAULT)) == "Envelope(401009)"


def test_repr_shows_no_secret():
    """The repr shows what there is, with secrets masked."""
    envelope = Envelope(401009, MESSAGE, {"apiKey": "abc"}, DEFAULT, 200)

    assert repr(envelope) == (
        "Envelope(401009, message='clientOrderId already exists', "
        "data={'apiKey': '<secret>'}, http_status=200)"
    )


@pytest.mark.parametrize(
    ("body", "is_success"),
    [
        ({"code": 200000, "message": "a"}, True),
        ({"code": 200, "message": "a"}, True),
        ({"code": "200000", "message": "a"}, False),
        ({"code": "200000", "msg": "a"}, True),
        ({"code": 0, "message": "a"}, False),
        ({"code": 0, "msg": "a"}, True),
        ({"code": 401009, "message": "a"}, False),
    ],
)
def test_is_success(body, is_success):
    """Success is what the shape says, type included."""
    assert Envelope.of(body).is_success is is_success


def test_readers_come_first(context):
    """A reader of the run is asked before anything else, and None passes the object on."""
    context.readers += [
        lambda obj: None,
        lambda obj: {"code": 401018, "message": obj["why"]} if "why" in obj else None,
    ]

    assert Envelope.of({"why": "Order not found", **BODY}).code == 401018
    assert Envelope.of(BODY).code == 401009


def test_readers_see_what_an_exception_carries(context):
    """A reader is asked about the response that an exception carries, too."""
    carried = object()
    context.readers.append(lambda obj: BODY if obj is carried else None)

    assert Envelope.of(ApiError(response=carried)).code == 401009


def test_what_an_exception_says_itself_comes_first():
    """Its own attributes are read before its envelope, and that before its response."""
    other = {"code": 401009, "message": "of the response", "data": None}
    own = Envelope.of(ApiError(envelope=BODY, response=other, code=401009, message="own"))
    carried = Envelope.of(ApiError(envelope=BODY, response=other))
    answered = Envelope.of(ApiError(envelope=None, response=other))

    assert [one.message for one in (own, carried, answered)] == ["own", MESSAGE, "of the response"]
    assert Envelope.of(ApiError(envelope="-", response="<html>", code=1, message="c")).code == 1


def test_exception_that_carries_itself():
    """An exception that carries itself ends in a refusal."""
    error = ApiError()
    error.response = error

    with pytest.raises(NotAnEnvelopeError):
        Envelope.of(error)


def test_property_that_raises():
    """A property that raises is no code, and the text names it and what it raised."""

    class Answer:
        message = "a"

        @property
        def code(self):
            raise RuntimeError("closed")

    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(Answer())

    assert caught.value.message.splitlines()[0] == (
        f"not an envelope: the attribute 'code' of {PACKAGE}.Answer raised RuntimeError: closed"
    )


def test_nested_envelope():
    """An envelope is read along the paths that its shape names."""
    shape = EnvelopeShape(code="error.code", message="error.message", data="result")
    body = {"error": {"code": 401009, "message": "clientOrderId already exists"}, "result": [1]}
    envelope = Envelope.of(body, shape)

    assert envelope.code == 401009
    assert envelope.message == "clientOrderId already exists"
    assert envelope.data == [1]
