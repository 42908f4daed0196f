"""Finding the codes that a message belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.catalog import Catalog, ErrorCode, MessageTemplate, Section, parse_catalog
from pytest_errcodes.catalog.message_index import MessageIndex

SECTION = Section("a", "a", "")
parts = st.lists(st.sampled_from(["a", "b", " ", "%s", "%d", "%%", "\u3000", "1"]), max_size=6)


def found(catalog: Catalog, text: str) -> list[tuple[object, tuple[str, ...]]]:
    """Return the codes that ``text`` belongs to, with its parameters."""
    return [(error_code.code, params) for error_code, params in catalog.match_message(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("clientOrderId already exists", [(401009, ())]),
        ("Invalid quoteOrderQty", [(401021, ()), (401024, ())]),
        ("Algo order not found", [(401203, ()), (401221, ())]),
        (
            "Invalid parameter — refer to the API documentation",
            [(400000, ()), (601001, ())],
        ),
        ("Invalid tpTriggerPrice , current price: 1.5", [(401246, ("1.5",))]),
        ("Mismatched input, Expect input: orders", [(601004, ("orders",))]),
        ("Mismatched input, Expect input:", [(601004, ())]),
        ("clientOrderId already exist", []),
        ("", []),
    ],
)
def test_match_message(
    ltp: Catalog, text: str, expected: list[tuple[int, tuple[str, ...]]]
) -> None:
    """Every code whose message fits is found, with parameters, in document order."""
    assert found(ltp, text) == expected


def test_five_parameters(ltp: Catalog) -> None:
    """The parameters of 401068 are read out of its message."""
    params = ("SELL", "close", "5", "BTC", "98000.5")
    assert found(ltp, ltp[401068].template.render(*params)) == [(401068, params)]


def test_whole_messages_and_templates_mix_in_document_order() -> None:
    """A template that stands before a whole message is found before it."""
    catalog = parse_catalog('[sections.a.codes]\n1 = "at %s"\n2 = "at 5"\n3 = "%s 5"\n4 = "%s"\n')
    expected = [(1, ("5",)), (2, ()), (3, ("at",)), (4, ("at 5",))]
    assert found(catalog, "at 5") == expected


def test_an_escape_is_no_placeholder() -> None:
    """A message with %% alone is found by the percent sign it writes."""
    catalog = parse_catalog('[sections.a.codes]\n1 = "100%% sure"\n')
    assert found(catalog, "100% sure") == [(1, ())]


def test_any_text_of_text_codes_is_found(cards: Catalog) -> None:
    """Templates of another style are found as well."""
    assert found(cards, "Order 7 is blocked") == [("51009", ("7",))]


@given(st.lists(st.tuples(parts, st.booleans()), max_size=8), parts)
def test_the_index_finds_what_trying_all_finds(
    templates: list[tuple[list[str], bool]], text: list[str]
) -> None:
    """Looking up by words and ends loses no code, and adds none."""
    codes = [
        ErrorCode(number, "".join(message), SECTION, open_ended=open_ended)
        for number, (message, open_ended) in enumerate(templates)
    ]
    asked = "".join(text).replace("%s", "a b").replace("%d", "12")
    tried = [(found, found.template.match(asked)) for found in codes]
    expected = tuple(pair for pair in tried if pair[1] is not None)
    assert MessageIndex(codes).match(asked) == expected


def test_few_of_many_templates_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among 5,000 templates that begin and end alike, only the one with the right word is tried."""
    lines = "".join(f'{code} = "%s failed for {code} with %s"\n' for code in range(5000))
    catalog = parse_catalog(f"[sections.a.codes]\n{lines}")
    assert found(catalog, "x failed for 77 with y") == [(77, ("x", "y"))]
    tried: list[str] = []
    match = MessageTemplate.match

    def noting(template: MessageTemplate, text: str) -> tuple[str, ...] | None:
        tried.append(template.text)
        return match(template, text)

    monkeypatch.setattr(MessageTemplate, "match", noting)
    assert found(catalog, "x failed for 78 with y") == [(78, ("x", "y"))]
    assert tried == ["%s failed for 78 with %s"]
