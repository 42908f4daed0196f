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

    text = write()
    while masks.advance():
        text = write()
    return text


def lines(data, **options):
    """Return the fields of a flat dict as they are written."""
    return [line.strip().removesuffix(",") for line in shown(data, **options).split("\n")[1:-1]]


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("orderId", "ab-1", "<id>"),
        ("orderID", 17, "<id> (number)"),
        ("order_id", 17, "<id> (number)"),
        ("ORDER-ID", 17, "<id> (number)"),
        ("id", 17, "<id> (number)"),
        ("id2", "x", "<id>"),
        ("orderIds", ["a"], "list([ <id> ])"),
        ("userIDs", ["a"], "list([ <id> ])"),
        ("orderid", 17, "<id> (number)"),
        ("clientorderid", "a", "<id>"),
        ("uid", 17, "<id> (number)"),
        ("uuid", "x", "<id>"),
        ("orderId", UUID_TEXT, "<uuid>"),
        ("orderId", 1_700_000_000_000, "<id> (number)"),
        ("orderId", Decimal(17), "<id> (number)"),
        ("orderId", dt.date(2024, 1, 2), "<id> (date)"),
        ("createTime", "yesterday", "<timestamp>"),
        ("cTime", 17, "<timestamp> (number)"),
        ("time", 1.5, "<timestamp> (number)"),
        ("createdAt", "x", "<timestamp>"),
        ("created_at", "x", "<timestamp>"),
        ("timestamp", 17, "<timestamp> (number)"),
        ("ts", "17", "<timestamp>"),
        ("openTime", dt.time(8), "<timestamp> (time)"),
        ("nonce", 17, "<nonce> (number)"),
        ("apiKey", "abc", "<secret>"),
        ("X-API-KEY", 17, "<secret> (number)"),
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
        (dt.datetime(2024, 1, 2, tzinfo=dt.UTC), "<timestamp> (datetime)"),
        (dt.date(2024, 1, 2), "<date>"),
        (dt.time(8), "datetime.time(8, 0)"),
        (dt.timedelta(seconds=1), "datetime.timedelta(seconds=1)"),
        (UUID(UUID_TEXT), "<uuid> (UUID)"),
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
        (Fill(7, "1"), "dict({ 'quantity': '1', 'trade_id': <id> (number), })"),
        (Wallet("abc", "BTC"), "dict({ 'api_key': <secret>, 'coin': 'BTC', })"),
        (Account(account_id="7", label="a"), "dict({ 'account_id': <id>, 'label': 'a', })"),
        (UserDict({"id": 7, "x": 1}), "dict({ 'id': <id> (number), 'x': 1, })"),
        ({"b", "a"}, "set({ 'a', 'b', })"),
        (({"id": 7},), "tuple( dict({ 'id': <id> (number), }), )"),
    ],
)
def test_models_are_written_by_their_fields(value, text):
    """A field of a dataclass, an attrs class, a model or a mapping is masked like any other."""
    assert " ".join(shown(value).split()) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_700_000_000, "<timestamp> (number)"),
        (1_700_000_000.123, "<timestamp> (number)"),
        (1_700_000_000_123, "<timestamp> (number)"),
        (1_700_000_000_123_456, "<timestamp> (number)"),
        ("1700000000", "<timestamp>"),
        ("1700000000.123", "<timestamp>"),
        ("1700000000123", "<timestamp>"),
        ("1700000000123456", "<timestamp>"),
        ("2024-01-02T03:04:05.678Z", "<timestamp>"),
        ("2024-01-02 03:04", "<timestamp>"),
        ("2024-01-02T03:04:05+08:00", "<timestamp>"),
        ("20240102T030405Z", "<timestamp>"),
        (UUID_TEXT.upper(), "<uuid>"),
        (9_876_543_210_987_654, "<id> (number)"),
        ("9876543210987654", "<id>"),
        ("12345678901234567890", "<id>"),
        ("507f1f77bcf86cd799439011", "<id>"),
        ("507F1F77BCF86CD799439011", "<id>"),
        (UUID_TEXT.replace("-", ""), "<id>"),
        pytest.param(10**5000, "<id> (number)", id="huge"),
        pytest.param(-(10**5000), "<id> (number)", id="huge-negative"),
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
        "<id 1>",
        "])",
        "list([",
        "<id 2>",
        "])",
        "])",
    ]


def test_a_value_of_a_set_is_no_key():
    """The elements of a set, which stand in syrupy's path, are not taken for keys."""
    assert lines({"x": {"apiKey"}}) == ["'x': set({", "'apiKey'", "})"]


def test_an_id_alone_has_no_number():
    """A number tells ids apart, and there is nothing to be told apart from."""
    assert lines({"orderId": "a", "u": UUID_TEXT}) == ["'orderId': <id>", "'u': <uuid>"]


def test_ids_are_numbered():
    """Equal ids get equal marks, whatever their types and places, and others get other marks."""
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
        "'bId': <id 1> (number)",
        "'cId': <id 2>",
        "'dId': <id 3>",
        "'note': '<id 2> failed'",
        "'u': <uuid 1>",
        "'v': <uuid 1>",
        "'w': <uuid 2>",
    ]


ORDER = {"clientOrderId": "a-1234", "orderId": "b-5678", "note": "b-5678 is a twin of c-0000"}


@pytest.mark.parametrize(
    "changes",
    [
        {"clientOrderId": "b-5678"},
        {"clientOrderId": "b-5678", "orderId": "a-1234"},
        {"note": "a-1234 is a twin of c-0000"},
        {"note": "B-5678 is a twin of c-0000"},
        {"note": "b-56789 is a twin of c-0000"},
        {"orderId": 5678},
        {"orderId": None},
        {"orderId": ""},
        {"orderId": UUID_TEXT},
    ],
)
def test_ids_that_are_mixed_up_show(changes):
    """A snapshot differs where ids were swapped, lost, or came as another type."""
    assert shown(ORDER | changes) != shown(ORDER)


def test_other_ids_in_the_same_places_do_not_show():
    """What changes from run to run changes no snapshot."""
    other = {"clientOrderId": "x-9", "orderId": "y-00001", "note": "y-00001 is a twin of c-0000"}
    assert shown(other) == shown(ORDER)
    assert lines(ORDER) == [
        "'clientOrderId': <id 1>",
        "'note': '<id 2> is a twin of c-0000'",
        "'orderId': <id 2>",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("abC1", "abc1"), ("007", "7"), ("7", "7.0"), ("a", "a "), (17, "017"), (1.5, "1.5")],
)
def test_ids_that_merely_resemble_are_different(one, other):
    """Case, leading zeros and spaces make another id."""
    marks = lines({"aId": one, "bId": other})
    assert [mark.removesuffix(" (number)") for mark in marks] == ["'aId': <id 1>", "'bId': <id 2>"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("17", 17),
        (Decimal(17), 17),
        (17.0, 17),
        (UUID_TEXT, UUID(UUID_TEXT)),
        (UUID_TEXT, UUID_TEXT.upper()),
        ("507F1F77BCF86CD799439011", "507f1f77bcf86cd799439011"),
    ],
)
def test_ids_that_are_the_same(one, other):
    """The type is no part of what makes two ids the same: it is told beside the mark."""
    marks = [
        line.partition(" (")[0].partition(": ")[2] for line in lines({"aId": one, "bId": other})
    ]
    assert marks[0] == marks[1]
    assert " 1>" in marks[0]


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ({"orderId": "7", "note": "7 orders"}, "7 orders"),
        ({"orderId": "default", "note": "the default order"}, "the default order"),
        ({"orderId": "ab-123", "note": "ab-1234, xab-123, ab-123-4"}, "ab-1234, xab-123, ab-123-4"),
        ({"orderId": 1234567, "note": "price 1234567.5"}, "price 1234567.5"),
        ({"createTime": "soon-1234", "note": "soon-1234"}, "soon-1234"),
    ],
)
def test_texts_without_the_id_stay(data, note):
    """An id is looked for as a whole word, and only where it is long enough and has a digit."""
    assert f"'note': {note!r}" in lines(data)


def test_ids_told_by_a_key_in_texts():
    """What a key told is masked in texts before it too, in lists, and as a whole text."""
    data = {"errors": ["no ab-123!", "ab-123"], "note": "1234567 and ab-123", "orderId": "ab-123"}
    assert lines(data | {"userId": 1234567}) == [
        "'errors': list([",
        "'no <id 1>!'",
        "<id 1>",
        "])",
        "'note': '<id 2> and <id 1>'",
        "'orderId': <id 1>",
        "'userId': <id 2> (number)",
    ]


def test_secrets_keep_their_identity():
    """Equal secrets get equal marks, and a secret that a key told is hidden in texts as well."""
    data = {"apiKey": "k-12345", "key": {"apiKey": "k-12345"}, "token": "t", "x": "for k-12345"}
    assert lines(data) == [
        "'apiKey': <secret 1>",
        "'key': dict({",
        "'apiKey': <secret 1>",
        "})",
        "'token': <secret 2>",
        "'x': 'for <secret 1>'",
    ]


def test_equal_timestamps_are_not_numbered():
    """Two points in time may be equal in one run and differ in the next."""
    assert lines({"aTime": 17, "bTime": 17}) == [
        "'aTime': <timestamp> (number)",
        "'bTime': <timestamp> (number)",
    ]


def test_a_matcher_goes_first():
    """What a matcher of the user returns instead of a value is not masked."""
    matcher = path_type({"order.id": (int,)}, replacer=lambda data, _: f"even: {data % 2 == 0}")
    assert lines({"order": {"id": 8}, "id": 8}, matcher=matcher) == [
        "'id': <id> (number)",
        "'order': dict({",
        "'id': 'even: True'",
        "})",
    ]


def test_an_unmasked_key_is_shown_wherever_it_stands():
    """A key that ``unmasked`` names shows its values, in lists and further down too."""
    data = {"id": 1, "ids": ["a"], "order": {"clientId": "b"}, "token": "c"}
    assert lines(data, matcher=unmasked("ids", "clientId", "token")) == [
        "'id': <id> (number)",
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
        "'id': <id> (number)",
    ]


def test_unmasked_goes_with_other_matchers():
    """Matchers compose as in syrupy."""
    matcher = compose_matchers(unmasked("id"), path_type({"price": (float,)}))
    assert lines({"id": 1, "price": 1.5, "ts": 2}, matcher=matcher) == [
        "'id': 1",
        "'price': float",
        "'ts': <timestamp> (number)",
    ]


def test_mapping_without_an_end():
    """What has no end is shown by its beginning, as in a failure's text."""

    class Endless(UserDict):
        def __iter__(self):
            while True:
                yield "id"

        def __len__(self):
            return 2**62

    assert isinstance(Masks().mask(Endless(), None), Repr)
