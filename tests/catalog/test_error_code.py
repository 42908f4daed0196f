"""``ErrorCode``: one documented code."""

from __future__ import annotations

import copy
import pickle

import pytest

from pytest_errcodes.catalog import Catalog, ErrorCode, MessageTemplate, Section

TRADING = Section("trading", "Trading", "4010xx")


def test_facts(ltp: Catalog) -> None:
    """It says all that the catalog says of the code."""
    found = ltp[401009]
    assert (found.code, found.message) == (401009, "clientOrderId already exists")
    assert (found.section, found.http_status, found.tags) == (TRADING, 200, ())
    assert found.template == MessageTemplate("clientOrderId already exists")


def test_texts(ltp: Catalog) -> None:
    """As a text it is the code and its message."""
    assert str(ltp[401009]) == "401009 clientOrderId already exists"
    assert repr(ltp[401009]) == "<ErrorCode 401009 'clientOrderId already exists'>"


def test_the_template_is_made_once(ltp: Catalog) -> None:
    """Asking again gives the same object."""
    assert ltp[401112].template is ltp[401112].template


@pytest.mark.parametrize(
    ("message", "slug"),
    [
        ("clientOrderId already exists", "client-order-id-already-exists"),
        ("API key not found", "api-key-not-found"),
        ("Login failed — nonce is empty", "login-failed-nonce-is-empty"),
        (
            "Can't change positionMode for this exchange",
            "cant-change-position-mode-for-this-exchange",
        ),
        ("TP/SL close-position orders", "tp-sl-close-position-orders"),
        ("Invalid slTriggerPrice , current price: %s", "invalid-sl-trigger-price-current-price"),
        ("Größe ungültig", "größe-ungültig"),
        ("%s", "7"),
        ("…", "7"),
    ],
)
def test_slug(message: str, slug: str) -> None:
    """The slug is the message's words in kebab case; without words it is the code."""
    assert ErrorCode(7, message, TRADING).slug == slug


def test_equality_is_by_content() -> None:
    """Equal facts make equal codes with one hash."""
    one, same = ErrorCode(1, "one", TRADING), ErrorCode(1, "one", TRADING)
    assert one == same
    assert hash(one) == hash(same)
    assert one != "1 one"


@pytest.mark.parametrize(
    "other",
    [
        ErrorCode("1", "one", TRADING),
        ErrorCode(1, "two", TRADING),
        ErrorCode(1, "one", Section("algo", "Trading", "4010xx")),
        ErrorCode(1, "one", TRADING, style="none"),
        ErrorCode(1, "one", TRADING, open_ended=True),
        ErrorCode(1, "one", TRADING, http_status=400),
        ErrorCode(1, "one", TRADING, tags=("x",)),
    ],
    ids=repr,
)
def test_every_fact_makes_a_difference(other: ErrorCode) -> None:
    """One different fact makes a different code."""
    assert ErrorCode(1, "one", TRADING) != other


def test_pickle(cards: Catalog) -> None:
    """It comes back equal, with what only it says."""
    back = pickle.loads(pickle.dumps(cards["51009"]))
    assert back == cards["51009"]
    assert (back.tags, back.http_status) == (("blocked", "final"), 409)
    assert back.template.match("Order 5 is blocked") == ("5",)


def test_copies_are_itself(ltp: Catalog) -> None:
    """What cannot change need not be copied."""
    assert copy.copy(ltp[401009]) is ltp[401009]
    assert copy.deepcopy([ltp[401009]])[0] is ltp[401009]


def test_it_cannot_be_changed(ltp: Catalog) -> None:
    """Setting and deleting are refused, with the name of the attribute."""
    with pytest.raises(AttributeError, match=r"^an ErrorCode is immutable: message cannot be set$"):
        ltp[401009].message = "other"
    with pytest.raises(
        AttributeError, match=r"^an ErrorCode is immutable: code cannot be deleted$"
    ):
        del ltp[401009].code


def test_as_dict(ltp: Catalog) -> None:
    """The facts are JSON values, and a field that says nothing is left out."""
    assert ltp[401009].as_dict() == {
        "code": 401009,
        "message": "clientOrderId already exists",
        "section": "trading",
        "http_status": 200,
    }
    full = ErrorCode(
        "x",
        "No %s:",
        TRADING,
        open_ended=True,
        http_status=400,
        tags=("final",),
        description="It is gone.",
        solution="Ask again.",
    )
    assert full.as_dict() == {
        "code": "x",
        "message": "No %s:",
        "section": "trading",
        "http_status": 400,
        "open_ended": True,
        "tags": ["final"],
        "placeholders": ["%s"],
        "description": "It is gone.",
        "solution": "Ask again.",
    }


def test_replaced(ltp: Catalog) -> None:
    """Another code with all but some of its facts, of the same content if nothing is named."""
    moved = ltp[601004].replaced(section=TRADING, tags=("final",))
    assert (moved.section, moved.tags, moved.open_ended) == (TRADING, ("final",), True)
    assert ltp[601004].replaced() == ltp[601004]
