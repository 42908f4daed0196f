"""What a catalog says of a text."""

from __future__ import annotations

import json

import pytest

from pytest_errcodes.catalog import Catalog, UnknownCodeError, load_catalog, parse_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools import Explanation, explain

LEVERAGE = (
    "Due to exchange parameter adjustments, The maximum leverage for this symbol is 20. "
    "Please reduce the leverage ratio."
)


def only(catalog: Catalog, text: str) -> Explanation:
    """Return the explanation of a text that means one code."""
    (found,) = explain(catalog, text)
    return found


def test_a_code(ltp: Catalog) -> None:
    """It comes with its neighbours in the document, and how to test it."""
    found = only(ltp, " 401009 ")
    assert (found.code, found.is_success) == (ltp[401009], False)
    assert (found.before, found.after) == (ltp[401008], ltp[401010])
    assert (found.came, found.params, found.fits, found.same_message) == (None, (), None, ())
    assert found.expecting == "@pytest.mark.expects_code(401009)"
    assert found.simulating == "errcodes.reply(401009)"


def test_the_ends_of_the_document(ltp: Catalog) -> None:
    """The first code has none before it, the last none after it."""
    assert only(ltp, "400000").before is None
    assert only(ltp, "601018").after is None


def test_codes_with_the_same_message(ltp: Catalog) -> None:
    """They are named: messages are not unique."""
    assert only(ltp, "401021").same_message == (ltp[401024],)


def test_a_message_that_several_codes_have(ltp: Catalog) -> None:
    """Each of them is explained."""
    assert [found.code.code for found in explain(ltp, "Algo order not found")] == [401203, 401221]


def test_a_message_with_parameters(ltp: Catalog) -> None:
    """The parameters are read out of it, and simulate the same message."""
    found = only(ltp, LEVERAGE)
    assert (found.code.code, found.params, found.fits) == (401112, ("20",), True)
    assert found.expecting == "@pytest.mark.expects_code(401112, params=('20',))"
    assert found.simulating == "errcodes.reply(401112, '20')"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"code": 401112, "message": LEVERAGE, "data": None}),
        f"HTTP/1.1 200 OK\r\n\r\n{json.dumps({'code': 401112, 'message': LEVERAGE})}\n",
        json.dumps({"id": 1, "event": "set", "code": "401112", "msg": LEVERAGE, "data": {}}),
    ],
)
def test_an_envelope(ltp: Catalog, text: str) -> None:
    """Any shape of the catalog is read, headers and all."""
    found = only(ltp, text)
    assert (found.code.code, found.came, found.params) == (401112, LEVERAGE, ("20",))


def test_an_envelope_whose_message_stands_elsewhere(cards: Catalog) -> None:
    """A message is read out of the customary fields too, where the shape's own is not there."""
    found = only(cards, '{"code": "51009", "msg": "Order 7 is blocked"}')
    assert (found.came, found.params) == ("Order 7 is blocked", ("7",))


def test_several_envelopes(ltp: Catalog) -> None:
    """A list is explained one by one; what is no envelope is passed over."""
    text = '[{"code": 401009}, 7, {"code": true}, {"code": 200000, "message": "Success"}]'
    first, second = explain(ltp, text)
    assert (first.code.code, first.came) == (401009, None)
    assert (second.is_success, second.expecting) == (True, "assert_success(...)")


def test_a_message_that_does_not_fit(ltp: Catalog) -> None:
    """An envelope is explained by its code, and told apart from what is documented."""
    found = only(ltp, '{"code": 601009, "message": "Login failed."}')
    assert (found.came, found.fits, found.params) == ("Login failed.", False, ())


def test_a_line_of_a_log(ltp: Catalog) -> None:
    """The documented codes that it names are explained, each once."""
    found = explain(ltp, "12:00:01 ApiError 401009 (order 99), retried: 100429, 401009 {x}")
    assert [one.code.code for one in found] == [401009, 100429]


def test_codes_that_are_texts(cards: Catalog) -> None:
    """They are found as they are written."""
    assert only(cards, "card_declined").code is cards["card_declined"]
    assert only(cards, "00000").is_success
    assert only(cards, "Order 7 is blocked").params == ("7",)


@pytest.mark.parametrize("text", ["401065", '{"code": 401065, "message": "Login failed"}'])
def test_an_unknown_code(ltp: Catalog, text: str) -> None:
    """A code that the catalog lacks is answered with the nearest."""
    with pytest.raises(UnknownCodeError) as caught:
        explain(ltp, text)
    assert str(caught.value).splitlines()[:2] == [
        "catalog 'ltp' documents no code 401065",
        "  nearest: 401064 No account found matching the specified criteria",
    ]


def test_an_unknown_text_code(cards: Catalog) -> None:
    """A word may be a code where codes are texts."""
    with pytest.raises(UnknownCodeError) as caught:
        explain(cards, "card_declind")
    assert "  nearest: card_declined The card was declined" in str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "order quantity below minimum",
            (
                "no message of catalog 'ltp' (252 codes) fits 'order quantity below minimum'\n"
                "  nearest: 401014 Order quantity is below the minimum\n"
                "           401029 Order quantity is below the minimum market base size\n"
                "           401016 Order price is below the minimum\n"
                "hint: give a code, the whole message, or an envelope as JSON"
            ),
        ),
        (
            "zebra",
            (
                "no message of catalog 'ltp' (252 codes) fits 'zebra'\n"
                "hint: give a code, the whole message, or an envelope as JSON"
            ),
        ),
        (
            "{not JSON}",
            (
                "no message of catalog 'ltp' (252 codes) fits '{not JSON}'\n"
                "hint: give a code, the whole message, or an envelope as JSON"
            ),
        ),
        (" ", "there is nothing to explain\nhint: give a code, a message or an envelope"),
    ],
)
def test_an_unknown_message(ltp: Catalog, text: str, complaint: str) -> None:
    """A text that fits nothing is answered with the messages that share most words."""
    with pytest.raises(ErrcodesUsageError) as caught:
        explain(ltp, text)
    assert (caught.value.slug, str(caught.value)) == ("unknown-message", complaint)


def test_as_dict() -> None:
    """The facts are JSON values."""
    ltp = load_catalog("ltp")
    assert only(ltp, '{"code": 401021, "message": "Invalid quoteOrderQty"}').as_dict() == {
        "code": 401021,
        "message": "Invalid quoteOrderQty",
        "section": "trading",
        "http_status": 200,
        "section_title": "Trading",
        "section_label": "4010xx",
        "success": False,
        "came": "Invalid quoteOrderQty",
        "params": [],
        "fits": True,
        "before": 401020,
        "after": 401022,
        "same_message": [401024],
        "expect": "@pytest.mark.expects_code(401021)",
        "simulate": "errcodes.reply(401021)",
    }


@pytest.mark.parametrize(
    ("envelope", "text"),
    [
        ('code = "error.code"\nsuccess = "absent"', '{"id": "ch_1"}'),
        ('success_field = "ok"\nsuccess = []', '{"ok": true, "channel": "C1"}'),
    ],
)
def test_a_success_without_a_code(envelope: str, text: str) -> None:
    """An answer that is a success for want of a code is explained as one."""
    catalog = parse_catalog(f'[envelope]\n{envelope}\n[sections.a.codes]\n7 = "Seven"\n')
    found = only(catalog, text)
    assert (found.is_success, found.code.code, found.came) == (True, "", None)
    assert (found.expecting, found.simulating) == ("assert_success(...)", "errcodes.reply()")


@pytest.mark.parametrize("text", ['{"error": {"message": "No"}}', 'INFO {"id": 1}', "{"])
def test_no_success_without_a_code(text: str) -> None:
    """A trace of an error, an object in a line of a log, and what is no object are none."""
    catalog = parse_catalog(
        '[envelope]\ncode = "error.code"\nsuccess = "absent"\n[sections.a.codes]\n7 = "Seven"\n'
    )
    with pytest.raises(ErrcodesUsageError, match="no message of catalog"):
        explain(catalog, text)
