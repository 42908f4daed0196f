"""Writing a catalog as a file."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.catalog import (
    Catalog,
    EnvelopeShape,
    ErrorCode,
    Section,
    load_catalog,
    parse_catalog,
    write_catalog,
)

ORDERS, CARDS = Section("orders", "Orders", "51xxx"), Section("my cards", "Cards", "")
SHAPE = EnvelopeShape(code_type="string", success=("0",), placeholders="format")
WEBSOCKET = EnvelopeShape(
    "ws", message="msg", code_type="either", success=(0,), placeholders="format"
)


def broker() -> Catalog:
    """Return a catalog that says all that one can say."""
    codes = (
        ErrorCode(
            "51008", "No {x}", ORDERS, style="format", http_status=409, exception="OrderError"
        ),
        ErrorCode(
            "00099",
            'A "quote", a \\, a\nline',
            ORDERS,
            style="format",
            http_status=409,
            exception="OrderError",
        ),
        ErrorCode(
            "-7", "See:", CARDS, style="format", open_ended=True, tags=("final", "two words")
        ),
        ErrorCode(
            "card declined",
            "Declined",
            CARDS,
            style="format",
            http_status=402,
            description="By the bank.",
            solution="Try another.",
            exception="cards.Declined",
        ),
    )
    return Catalog(
        "broker",
        codes,
        sections=(ORDERS, CARDS),
        shapes=(SHAPE, WEBSOCKET),
        title="A broker",
        http_status=400,
    )


# The codes of the second section differ from the catalog's HTTP status one by one.
TEXT = r"""name = "broker"
title = "A broker"
http_status = 400

[envelope]
code = "code"
message = "message"
data = "data"
code_type = "string"
success = ["0"]
placeholders = "format"

[envelope.ws]
message = "msg"
code_type = "either"
success = [0]

[sections.orders]
title = "Orders"
label = "51xxx"
exception = "OrderError"
http_status = 409

[sections.orders.codes]
51008 = "No {x}"
00099 = "A \"quote\", a \\, a\nline"

[sections."my cards"]
title = "Cards"

[sections."my cards".codes]
-7 = { message = "See:", open_ended = true, tags = ["final", "two words"], http_status = 200 }
"card declined" = { message = "Declined", http_status = 402, description = "By the bank.", solution = "Try another.", exception = "cards.Declined" }
"""  # noqa: E501  # a code is one line


def test_one_line_a_code() -> None:
    """Everything that a catalog says stands there once, in order, as people write it."""
    assert write_catalog(broker()) == TEXT


def test_it_loads_as_the_same_catalog() -> None:
    """What is written is read back as an equal catalog."""
    assert parse_catalog(TEXT) == broker()
    assert tomllib.loads(TEXT)["name"] == "broker"


def test_what_lint_is_not_to_tell() -> None:
    """It is no part of what makes catalogs equal, and stays with the catalog all the same."""
    text = '[lint]\nignore = ["gap", "final-period:4012xx"]\n[sections.a.codes]\n1 = "one"\n'
    written = write_catalog(parse_catalog(text))
    assert '\n[lint]\nignore = ["gap", "final-period:4012xx"]\n' in written
    assert parse_catalog(written).lint_ignore == ("gap", "final-period:4012xx")


def test_the_embedded_catalog() -> None:
    """The 252 codes are written so that they load again."""
    ltp = load_catalog("ltp")
    assert parse_catalog(write_catalog(ltp)) == ltp


def test_a_shape_of_another_type_names_its_success_codes() -> None:
    """They would be inherited as the other type writes them."""
    either = EnvelopeShape("ws", code_type="string", success=("7",))
    codes = (ErrorCode(1, "one", ORDERS),)
    shapes = (EnvelopeShape(success=(7,)), either)
    catalog = Catalog("x", codes, sections=(ORDERS,), shapes=shapes)
    assert parse_catalog(write_catalog(catalog)) == catalog


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('a "quote"', r'"a \"quote\""'),
        ("C:\\new", r'"C:\\new"'),
        ("tab\tline\nreturn\r", r'"tab\tline\nreturn\r"'),
        ("\b\f\0\x1b\x7f", r'"\b\f\u0000\u001b\u007f"'),
        ("é 订单 \x85\u2028\U0001f600", '"é 订单 \\u0085\\u2028\U0001f600"'),
    ],
)
def test_characters_that_need_an_escape(text: str, written: str) -> None:
    """What TOML forbids, or nobody sees, is escaped on the same line; all else stands as it is."""
    catalog = Catalog("x", (), sections=(), shapes=(SHAPE,), title=text)
    assert f"title = {written}\n" in write_catalog(catalog)


@given(st.text())
def test_any_text_is_read_back(text: str) -> None:
    """A reader of TOML gets the text that was written, as a value and as a key."""
    section = Section(text, text, "")
    code = ErrorCode("1", text, section)
    catalog = Catalog("x", (code,), sections=(section,), shapes=(SHAPE,))
    read = tomllib.loads(write_catalog(catalog))["sections"]
    assert read == {text: {"title": text, "codes": {"1": text}}}
