"""Judging an envelope, and the text of each kind of difference."""

from __future__ import annotations

import pytest
from envelopes import LTP, came, text

from pytest_errcodes.catalog import Catalog, EnvelopeShape, ErrorCode, Section
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.comparison import AnyCode, Expected, compare

EXISTS = "clientOrderId already exists"
LEVERAGE = LTP[401112].template
REDUCE_ONLY = LTP[401068].template


pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize(
    ("envelope", "expected"),
    [
        (came(401009, EXISTS), Expected.of(401009)),
        (came(401009, EXISTS), Expected.of(LTP[401009])),
        (came(401112, LEVERAGE.render("20")), Expected.of(401112)),
        (came(401112, LEVERAGE.render("20")), Expected.of(401112, (20,))),
        (came(401068, REDUCE_ONLY.render(*"12345")), Expected.of(401068, (1, 2, 3, 4, "5"))),
        (came(601004, "Mismatched input, Expect input: side"), Expected.of(601004, ("side",))),
        (came(601004, "Mismatched input, Expect input:"), Expected.of(601004)),
        (came(401009, "other"), Expected.of(401009, message="other")),
        (came(401009, "other"), Expected.of(401009, message="ignore")),
        (came(401009, None), Expected.of(401009, message="ignore")),
        (came(401009, EXISTS, [1]), Expected.of(401009, data=[1])),
        (came(401009, EXISTS), Expected.of(401009, data=None)),
        (came(200000, "Success"), Expected.of(200000)),
        (came(200000, "done"), Expected(AnyCode.SUCCESS)),
        (came(200000, None), Expected(AnyCode.SUCCESS)),
        (came(0, "Success", shape=LTP.shapes[1]), Expected(AnyCode.SUCCESS)),
        (came(200, "Success"), Expected(AnyCode.DOCUMENTED)),
        (came(0, "Success", shape=LTP.shapes[1]), Expected(AnyCode.DOCUMENTED)),
        (came(401009, EXISTS), Expected(AnyCode.DOCUMENTED)),
    ],
)
def test_as_expected(envelope, expected):
    """An envelope as it was expected has no mismatch."""
    assert compare(envelope, expected) is None


def test_parameters_that_could_be_read_in_two_ways():
    """Parameters fit if they render the message, whichever way it would be split."""
    message = REDUCE_ONLY.render("1", "a to b", "3", "4", "5")

    assert text(came(401068, message), 401068, "1", "a to b", "3", "4", "5") is None


def test_another_code():
    """Another code is shown under the expected one, each with its documented message."""
    assert text(came(401018, "Order not found")) == (
        "expected 401009, came 401018\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401018  Order not found\n"
        "                ^"
    )


def test_another_code_with_another_message():
    """A message that does not fit the code that came is shown beside the documented one."""
    assert text(came(401018, "Order 7 not found")) == (
        "expected 401009, came 401018\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401018  Order not found\n"
        "                ^\n"
        "  message           Order 7 not found"
    )


def test_another_code_with_parameters():
    """Parameters stand in both messages, those expected and those that came."""
    assert text(came(401239, LTP[401239].template.render("5")), 401246, "7") == (
        "expected 401246, came 401239\n"
        "  expected  401246  Invalid tpTriggerPrice , current price: 7\n"
        "  came      401239  System risk control, your leverage too high, "
        "please reduce your leverage to bel…\n"
        "                ^"
    )


def test_code_of_the_wrong_type():
    """A code of the wrong type is another code, and the text says what to do."""
    assert text(came("401009", EXISTS)) == (
        'expected 401009, came "401009"\n'
        "  expected  401009    clientOrderId already exists\n"
        '  came      "401009"  clientOrderId already exists\n'
        "            ^\n"
        "hint: the catalog says integer, a string came: decode it, "
        'or declare code_type = "either"'
    )


def texts_catalog():
    """Return a catalog whose codes are strings."""
    section = Section("all", "All", "")
    codes = [
        ErrorCode("51008", "Insufficient balance", section),
        ErrorCode("51009", "Placing orders is blocked", section),
    ]
    shape = EnvelopeShape(code_type="string", success=("0",))
    return Catalog("texts", codes, sections=[section], shapes=[shape])


def test_number_where_the_catalog_says_string():
    """The wrong type is said the other way round too."""
    catalog = texts_catalog()

    assert text(
        came(51008, "Insufficient balance", shape=catalog.shape), "51008", catalog=catalog
    ) == (
        'expected "51008", came 51008\n'
        '  expected  "51008"  Insufficient balance\n'
        "  came      51008    Insufficient balance\n"
        "            ^\n"
        "hint: the catalog says string, an integer came: decode it, "
        'or declare code_type = "either"'
    )


def test_catalog_of_texts():
    """Codes that are strings are compared and shown as strings."""
    catalog = texts_catalog()
    envelope = came("51009", "Placing orders is blocked", shape=catalog.shape)

    assert text(envelope, "51008", catalog=catalog) == (
        'expected "51008", came "51009"\n'
        '  expected  "51008"  Insufficient balance\n'
        '  came      "51009"  Placing orders is blocked\n'
        "                 ^"
    )


def test_undocumented_code():
    """Of a code that the catalog lacks, the message that came and the nearest codes are shown."""
    assert text(came(401065, "Order would trigger immediately")) == (
        "expected 401009, came 401065\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401065  Order would trigger immediately\n"
        "                ^\n"
        "  nearest   401064  No account found matching the specified criteria\n"
        "            401066  Can not find exchange account group\n"
        "hint: the catalog ltp does not document 401065"
    )


def test_success_where_an_error_was_expected():
    """A success points to the route."""
    assert text(came(200000, "Success")) == (
        "expected 401009, came 200000\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      200000  Success\n"
        "            ^\n"
        "hint: the request succeeded: check that the route is the one the client calls"
    )


def test_huge_code():
    """A code of thousands of digits is measured, and has no neighbours."""
    assert text(came(10**5000, "\x1b[2J")) == (
        "expected 401009, came an integer of 5,001 digits\n"
        "  expected  401009                      clientOrderId already exists\n"
        "  came      an integer of 5,001 digits  \\x1b[2J\n"
        "            ^\n"
        "hint: the catalog ltp does not document an integer of 5,001 digits"
    )


def test_error_where_success_was_expected():
    """The codes that mean success are shown, and the error with its message."""
    mismatch = compare(came(200001, "Order not found"), Expected(AnyCode.SUCCESS))

    assert str(mismatch) == (
        "expected success, came 200001\n"
        "  expected  200 or 200000  Success\n"
        "  came      200001         Order not found\n"
        "                 ^\n"
        "  nearest   100001         Portfolio does not exist\n"
        "            400001         Daily time limit exceeded\n"
        "hint: the catalog ltp does not document 200001"
    )


def test_success_of_the_wrong_type():
    """A success code of the wrong type is no success."""
    mismatch = compare(came("200000", "Success"), Expected(AnyCode.SUCCESS))

    assert str(mismatch) == (
        'expected success, came "200000"\n'
        "  expected  200 or 200000  Success\n"
        '  came      "200000"       Success\n'
        "            ^\n"
        "hint: the catalog says integer, a string came: decode it, "
        'or declare code_type = "either"'
    )


def test_undocumented_where_any_documented_was_expected():
    """Where any documented code would do, the catalog is named."""
    mismatch = compare(came(401065, None), Expected(AnyCode.DOCUMENTED))

    assert str(mismatch) == (
        "expected a documented code, came 401065\n"
        "  expected  any     code that the catalog ltp documents\n"
        "  came      401065  (no message)\n"
        "            ^\n"
        "  nearest   401064  No account found matching the specified criteria\n"
        "            401066  Can not find exchange account group\n"
        "hint: the catalog ltp does not document 401065"
    )


@pytest.mark.parametrize(
    ("code", "params", "slug"),
    [(401065, (), "unknown-code"), (True, (), "unknown-code"), (401112, "ab", "parameter-count")],
)
def test_what_cannot_be_expected(code, params, slug):
    """A code that is not documented, or parameters it does not take, are refused at once."""
    with pytest.raises(ErrcodesUsageError) as caught:
        Expected.of(code, params)

    assert caught.value.slug == slug
