"""Judging message, parameters and data, and the text of each kind of difference."""

from __future__ import annotations

import pytest
from envelopes import LTP, came, text

from pytest_errcodes.active.drift import Drift
from pytest_errcodes.judging.comparison import AnyCode, Expected, compare

EXISTS = "clientOrderId already exists"
LEVERAGE = LTP[401112].template
REDUCE_ONLY = LTP[401068].template


pytestmark = pytest.mark.usefixtures("context")


def test_message_that_does_not_fit():
    """A message that fits no template is pointed into, and the policy is offered."""
    assert text(came(401009, "clientOrderId has already been used")) == (
        "expected the documented message of 401009, came another\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401009  clientOrderId has already been used\n"
        "                                  ^\n"
        'hint: if the API words it so now, message="warn" reports it and passes'
    )


def test_message_of_another_code():
    """A message that the catalog documents for other codes is said to be theirs."""
    assert text(came(401009, LTP[401021].message)) == (
        "expected the documented message of 401009, came another\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401009  Invalid quoteOrderQty\n"
        "                    ^\n"
        "hint: the catalog documents this message for 401021 or 401024"
    )


def test_long_message_that_does_not_fit():
    """A long template is cut around the place where the message leaves it."""
    message = LEVERAGE.render("20").replace("reduce", "lower")

    assert text(came(401112, message), 401112) == (
        "expected the documented message of 401112, came another\n"
        "  expected  401112  …, The maximum leverage for this symbol is %s. "
        "Please reduce the leverage ratio.\n"
        "  came      401112  …, The maximum leverage for this symbol is 20. "
        "Please lower the leverage ratio.\n"
        "                                                                          ^\n"
        'hint: if the API words it so now, message="warn" reports it and passes'
    )


def test_no_message():
    """A message that is missing is said to be missing."""
    assert text(came(401009, None)) == (
        "expected the documented message of 401009, came none\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401009  (no message)\n"
        "                    ^"
    )


def test_exact_message():
    """A message that was given is compared to the letter, whatever the template."""
    assert text(came(401009, EXISTS), message="clientOrderId already existed") == (
        "expected the message given for 401009, came another\n"
        "  expected  401009  clientOrderId already existed\n"
        "  came      401009  clientOrderId already exists\n"
        "                                               ^"
    )


def test_exact_message_of_a_success():
    """The message of a success is judged when one is given."""
    mismatch = compare(came(200000, "done"), Expected(AnyCode.SUCCESS, message="Success"))

    assert str(mismatch) == (
        "expected the message given for 200000, came another\n"
        "  expected  200000  Success\n"
        "  came      200000  done\n"
        "                    ^"
    )


def test_template_of_a_success():
    """The message of a success is judged by the catalog's when the policy is given."""
    mismatch = compare(came(200000, "done"), Expected(AnyCode.SUCCESS, message="template"))

    assert mismatch is not None
    assert mismatch.field == "message"


def test_secret_in_a_message():
    """A secret in a message is not printed, and the pointer stays where the difference is."""
    assert text(came(401009, "apiKey=abc is bad")) == (
        "expected the documented message of 401009, came another\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401009  apiKey=<secret> is bad\n"
        "                    ^\n"
        'hint: if the API words it so now, message="warn" reports it and passes'
    )


def test_message_of_50_mb():
    """A message of any size is compared, and shown in one line."""
    shown = text(came(401009, EXISTS + "!" * 50_000_000))

    assert shown is not None
    assert shown.splitlines()[2] == f"  came      401009  {EXISTS}{'!' * 51}…"


def test_one_parameter():
    """A parameter that differs is named by number and placeholder."""
    assert text(came(401246, "Invalid tpTriggerPrice , current price: 25"), 401246, 20) == (
        "expected 401246 with the parameter given, came another\n"
        "  expected  401246  Invalid tpTriggerPrice , current price: 20\n"
        "  came      401246  Invalid tpTriggerPrice , current price: 25\n"
        "                                                             ^\n"
        "  parameter 1 (%s): expected '20', came '25'"
    )


def test_several_parameters():
    """Each parameter that differs is named, and no other."""
    assert text(came(401068, REDUCE_ONLY.render(*"12345")), 401068, *"12846") == (
        "expected 401068 with the parameters given, came another\n"
        "  expected  401068  …o an order with a better price, 1 reduce only order to 2 8 4 at 6 "
        "was cancelled\n"
        "  came      401068  …o an order with a better price, 1 reduce only order to 2 3 4 at 5 "
        "was cancelled\n"
        "                                                                              ^\n"
        "  parameter 3 (%s): expected '8', came '3'\n"
        "  parameter 5 (%s): expected '6', came '5'"
    )


def test_tail_that_is_missing():
    """What should follow an open-ended message is its parameter."""
    assert text(came(601004, "Mismatched input, Expect input:"), 601004, "side") == (
        "expected 601004 with the parameter given, came none\n"
        "  expected  601004  Mismatched input, Expect input: side\n"
        "  came      601004  Mismatched input, Expect input:\n"
        "                                                   ^\n"
        "  parameter 1 (what follows): expected 'side', came none"
    )


@pytest.mark.parametrize("message", ["elsewhere", None])
def test_parameters_of_a_message_that_is_ignored(message):
    """Parameters cannot be judged in a message that does not fit and need not."""
    assert text(came(401112, message), 401112, "20", message="ignore") is None


def test_data():
    """Of data that differs, the first field is shown by its path."""
    envelope = came(401009, EXISTS, {"orders": [{"qty": "1", "apiKey": "abc"}]})

    assert text(envelope, data={"orders": [{"qty": "2", "apiKey": "abc"}]}) == (
        "expected 401009 with the data given, came other data\n"
        "  expected  data.orders[0].qty  '2'\n"
        "  came      data.orders[0].qty  '1'\n"
        "                                 ^"
    )


def test_secret_in_data():
    """Data that differs in a secret is not printed."""
    assert text(came(401009, EXISTS, {"token": "a"}), data={"token": "b"}) == (
        "expected 401009 with the data given, came other data\n"
        "  expected  data.token  <secret>\n"
        "  came      data.token  <secret>\n"
        "  they differ in a secret, which is not shown"
    )


def test_policy_of_the_session(context):
    """The policy of the run judges a message when no other is given."""
    context.message_policy = "ignore"

    assert text(came(401009, "other")) is None
    assert text(came(401009, "other"), message="template") is not None


def test_policy_warn(context):
    """A message that drifted is noted with both texts, and passes."""
    context.message_policy = "warn"

    assert text(came(401009, "other")) is None
    assert text(came(401009, None)) is None
    assert text(came(401009, EXISTS)) is None
    assert context.drift == [
        Drift(401009, EXISTS, "other"),
        Drift(401009, EXISTS, "(no message)"),
    ]
