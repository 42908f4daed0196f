"""What a snapshot masks, by key, by type and by pattern, and what it shows."""

from __future__ import annotations

import datetime as dt
from collections import UserDict
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from uuid import UUID

import attrs
import pydantic
import pytest
from syrupy.extensions.amber import AmberDataSerializer
from syrupy.extensions.amber.serializer import Repr
from syrupy.matchers import compose_matchers, path_type

from pytest_errcodes.snapshot.masking import Masks, unmasked

UUID_TEXT = "0f8fad5b-d9cb-469f-a165-70867728950e"
OTHER_UUID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


class Side(Enum):
    BUY = "buy"


@dataclass
class Fill:
    trade_id: int
    quantity: str


@attrs.define
class Wallet:
    api_key: str
    coin: str


class Account(pydantic.BaseModel):
    account_id: str
    label: str


class Broken:
    def __repr__(self):
        raise RuntimeError("no")


class Opaque:
    def __repr__(self):
        return f"<Opaque token=abc123 {UUID_TEXT}>"


def shown(data, **options):
    """Return the lines that ``data`` takes in a snapshot."""
    masks = Masks()
    matcher = options.pop("matcher", None)

    def write():
        return AmberDataSerializer.serialize(data, matcher=masks.make_matcher(matcher), **options)

    first = write()
    masks.numbered = masks.repeated
    return write() if masks.numbered else first


def lines(data, **options):
    """Return the fields of a flat dict as they are written."""
    return [line.strip().removesuffix(",") for line in shown(data, **options).split("\n")[1:-1]]


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("orderId", "ab-1", "<id>"),
        ("orderID", 17, "<id>"),
        ("order_id", 17, "<id>"),
        ("ORDER-ID", 17, "<id>"),
        ("id", 17, "<id>"),
        ("id2", "x", "<id>"),
        ("orderIds", ["a"], "list([ <id> ])"),
        ("userIDs", ["a"], "list([ <id> ])"),
        ("orderid", 17, "<id>"),
        ("clientorderid", "a", "<id>"),
        ("uid", 17, "<id>"),
        ("uuid", "x", "<id>"),
        ("orderId", UUID_TEXT, "<uuid>"),
        ("orderId", 1_700_000_000_000, "<id>"),
        ("orderId", Decimal(17), "<id>"),
        ("orderId", dt.date(2024, 1, 2), "<id>"),
        ("createTime", "yesterday", "<timestamp>"),
        ("cTime", 17, "<timestamp>"),
        ("time", 1.5, "<timestamp>"),
        ("createdAt", "x", "<timestamp>"),
        ("created_at", "x", "<timestamp>"),
        ("timestamp", 17, "<timestamp>"),
        ("ts", "17", "<timestamp>"),
        ("openTime", dt.time(8), "<timestamp>"),
        ("nonce", 17, "<nonce>"),
        ("apiKey", "abc", "<secret>"),
        ("X-API-KEY", 17, "<secret>"),
        ("credentials", {"user": "x"}, "<secret>"),
    ],
)
def test_masked_by_key(key, value, text):
    """An id, a point in time, a nonce and a secret are told by the last word of their key."""
    assert " ".join(lines({key: value})) == f"'{key}': {text}"


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("bid", "1.5", "'1.5'"),
        ("paid", 17, "17"),
        ("orderpaid", 17, "17"),
        ("valid", "yes", "'yes'"),
        ("format", "json", "'json'"),
        ("timeInForce", "GTC", "'GTC'"),
        ("identity", "x", "'x'"),
        ("tokenCount", 3, "3"),
        ("123", "x", "'x'"),
    ],
)
def test_other_keys_are_shown(key, value, text):
    """A key that merely holds such a word masks nothing."""
    assert lines({key: value}) == [f"'{key}': {text}"]


@pytest.mark.parametrize("key", ["orderId", "createdAt"])
@pytest.mark.parametrize("value", [None, "", 0, "0", 0.0, -1, "-1", True, False, float("nan")])
def test_what_tells_nothing_is_shown(key, value):
    """Null, empty, zero and minus one say that there is no id, which is worth seeing."""
    assert lines({key: value}) == [f"'{key}': {value!r}"]


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("-Infinity"), Decimal(0)])
def test_a_decimal_that_tells_nothing_is_shown(value):
    """A decimal that is no positive number is no id."""
    assert lines({"orderId": value}) == [f"'orderId': {value!r}"]


@pytest.mark.parametrize("value", [None, "", False])
def test_a_missing_secret_is_shown(value):
    """Whether a secret is there at all may be seen."""
    assert lines({"apiKey": value}) == [f"'apiKey': {value!r}"]


def test_an_empty_container_under_a_secret_key_is_shown():
    """An empty list of secrets holds none."""
    assert shown({"credentials": []}) == "dict({\n  'credentials': list([\n  ]),\n})"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.datetime(2024, 1, 2, tzinfo=dt.UTC), "<timestamp>"),
        (dt.date(2024, 1, 2), "<date>"),
        (dt.time(8), "datetime.time(8, 0)"),
        (dt.timedelta(seconds=1), "datetime.timedelta(seconds=1)"),
        (UUID(UUID_TEXT), "<uuid>"),
        (Decimal(1700000000), "Decimal('1700000000')"),
        (Side.BUY, "<Side.BUY: 'buy'>"),
        (b"token=abc", "b'token=<secret>'"),
        (Broken(), "<Broken without a repr>"),
        (Opaque(), "<Opaque token=<secret> <uuid>>"),
        (Repr("<as it is>"), "<as it is>"),
    ],
)
def test_masked_by_type(value, text):
    """Points in time and UUIDs are told by their type; what has a text of its own shows it."""
    assert lines({"x": value}) == [f"'x': {text}"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fill(7, "1"), "dict({ 'quantity': '1', 'trade_id': <id>, })"),
        (Wallet("abc", "BTC"), "dict({ 'api_key': <secret>, 'coin': 'BTC', })"),
        (Account(account_id="7", label="a"), "dict({ 'account_id': <id>, 'label': 'a', })"),
        (UserDict({"id": 7, "x": 1}), "dict({ 'id': <id>, 'x': 1, })"),
        ({"b", "a"}, "set({ 'a', 'b', })"),
        (({"id": 7},), "tuple( dict({ 'id': <id>, }), )"),
    ],
)
def test_models_are_written_by_their_fields(value, text):
    """A field of a dataclass, an attrs class, a model or a mapping is masked like any other."""
    assert " ".join(shown(value).split()) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_700_000_000, "<timestamp>"),
        (1_700_000_000.123, "<timestamp>"),
        (1_700_000_000_123, "<timestamp>"),
        (1_700_000_000_123_456, "<timestamp>"),
        ("1700000000", "<timestamp>"),
        ("1700000000.123", "<timestamp>"),
        ("1700000000123", "<timestamp>"),
        ("1700000000123456", "<timestamp>"),
        ("2024-01-02T03:04:05.678Z", "<timestamp>"),
        ("2024-01-02 03:04", "<timestamp>"),
        ("2024-01-02T03:04:05+08:00", "<timestamp>"),
        ("20240102T030405Z", "<timestamp>"),
        (UUID_TEXT.upper(), "<uuid>"),
        (9_876_543_210_987_654, "<id>"),
        ("9876543210987654", "<id>"),
        ("12345678901234567890", "<id>"),
        ("507f1f77bcf86cd799439011", "<id>"),
        ("507F1F77BCF86CD799439011", "<id>"),
        (UUID_TEXT.replace("-", ""), "<id>"),
        pytest.param(10**5000, "<id>", id="huge"),
        pytest.param(-(10**5000), "<id>", id="huge-negative"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "<secret>"),
    ],
)
def test_masked_by_pattern(value, text):
    """Without a telling key, a whole value is told by its form."""
    assert lines({"x": value}) == [f"'x': {text}"]


@pytest.mark.parametrize(
    "value",
    [
        1_399_999_999,
        2_200_000_000,
        17_000_000_000,
        123_456_789_012_345,
        0.1,
        1e300,
        "999999999",
        "3000000000",
        "123456789012345",
        "0.12345678901234567890",
        "1234567890123456.5",
        "-1.5",
        "2024-01-02",
        "deadbeef",
        "abcdefabcdefabcdefabcdef",
        "507f1f77bcf86cd79943901",
        "<id>",
        "BTC-USDT",
    ],
)
def test_other_values_are_shown(value):
    """Amounts, dates without a time, short numbers and plain texts stay."""
    assert lines({"x": value}) == [f"'x': {value!r}"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"order {UUID_TEXT} is gone", "order <uuid> is gone"),
        ("at 2024-01-02T03:04:05Z, retry", "at <timestamp>, retry"),
        ("since 1700000000123.", "since <timestamp>."),
        ("ORD9876543210987654321 filled", "ORD<id> filled"),
        ("#9876543210987654 filled", "#<id> filled"),
        ("#3000000000000000 filled", "#<id> filled"),
        ("1700000000x and 1700000000.1.2", "1700000000x and 1700000000.1.2"),
        ("apiKey=abc&size=1", "apiKey=<secret>&size=1"),
        ("Authorization: Basic abc", "Authorization: <secret>"),
    ],
)
def test_masked_in_texts(text, masked):
    """In a longer text only what changes is masked; the rest stays, in quotes."""
    assert lines({"note": text}) == [f"'note': '{masked}'"]


def test_texts_of_several_lines_are_masked():
    """A text of several lines is written so, each of them masked."""
    assert shown({"note": f"one {UUID_TEXT}\ntoken=abc"}) == (
        "dict({\n  'note': '''\n    one <uuid>\n    token=<secret>\n  ''',\n})"
    )


@pytest.mark.parametrize("text", ["a\nb\ud800", "a\r\nb", "a\n\x1b[31mb", "a\n\tb"])
def test_what_a_file_cannot_hold_is_escaped(text):
    """A text with characters that do not print stays on one line, as a literal of Python."""
    assert lines({"note": text}) == [f"'note': {text!r}"]


def test_keys_are_masked_by_pattern():
    """A key may be an id too."""
    assert lines({UUID_TEXT: 1}) == ["<uuid>: 1"]


def test_values_in_lists_take_the_key_of_the_list():
    """What stands in a list, nested or not, is masked by the key of the field."""
    assert lines({"orderIds": [["a"], ["b"]]}) == [
        "'orderIds': list([",
        "list([",
        "<id>",
        "])",
        "list([",
        "<id>",
        "])",
        "])",
    ]


def test_a_value_of_a_set_is_no_key():
    """The elements of a set, which stand in syrupy's path, are not taken for keys."""
    assert lines({"x": {"apiKey"}}) == ["'x': set({", "'apiKey'", "})"]


def test_ids_that_come_once_have_no_number():
    """Different ids need no number, so that one more of them changes no other line."""
    assert lines({"orderId": "a", "tradeId": "b"}) == ["'orderId': <id>", "'tradeId': <id>"]


def test_ids_that_come_again_are_numbered():
    """The same id is told apart from another one, whatever its type and place."""
    data = {
        "aId": "17",
        "bId": 17,
        "cId": "9876543210987654321",
        "dId": "once",
        "note": "9876543210987654321 failed",
        "u": UUID_TEXT,
        "v": UUID_TEXT.upper(),
        "w": OTHER_UUID,
    }
    assert lines(data) == [
        "'aId': <id 1>",
        "'bId': <id 1>",
        "'cId': <id 2>",
        "'dId': <id>",
        "'note': '<id 2> failed'",
        "'u': <uuid 1>",
        "'v': <uuid 1>",
        "'w': <uuid>",
    ]


def test_equal_timestamps_are_not_numbered():
    """Two points in time may be equal in one run and differ in the next."""
    assert lines({"aTime": 17, "bTime": 17}) == ["'aTime': <timestamp>", "'bTime': <timestamp>"]


def test_a_matcher_goes_first():
    """What a matcher of the user returns instead of a value is not masked."""
    matcher = path_type({"order.id": (int,)}, replacer=lambda data, _: f"even: {data % 2 == 0}")
    assert lines({"order": {"id": 8}, "id": 8}, matcher=matcher) == [
        "'id': <id>",
        "'order': dict({",
        "'id': 'even: True'",
        "})",
    ]


def test_an_unmasked_key_is_shown_wherever_it_stands():
    """A key that ``unmasked`` names shows its values, in lists and further down too."""
    data = {"id": 1, "ids": ["a"], "order": {"clientId": "b"}, "token": "c"}
    assert lines(data, matcher=unmasked("ids", "clientId", "token")) == [
        "'id': <id>",
        "'ids': list([",
        "'a'",
        "])",
        "'order': dict({",
        "'clientId': 'b'",
        "})",
        "'token': 'c'",
    ]


def test_an_unmasked_path_is_shown_there_only():
    """A path that ``unmasked`` names leaves the same key elsewhere masked."""
    data = {"id": 1, "fills": [{"id": 2}, {"id": "3\n"}]}
    assert lines(data, matcher=unmasked("fills.id")) == [
        "'fills': list([",
        "dict({",
        "'id': 2",
        "})",
        "dict({",
        "'id': '3\\n'",
        "})",
        "])",
        "'id': <id>",
    ]


def test_unmasked_goes_with_other_matchers():
    """Matchers compose as in syrupy."""
    matcher = compose_matchers(unmasked("id"), path_type({"price": (float,)}))
    assert lines({"id": 1, "price": 1.5, "ts": 2}, matcher=matcher) == [
        "'id': 1",
        "'price': float",
        "'ts': <timestamp>",
    ]
