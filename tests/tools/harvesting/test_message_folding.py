"""Variants of a message become one template, and other messages stay apart."""

from __future__ import annotations

import pytest

from pytest_errcodes.tools.harvesting.drafted_codes import write_template
from pytest_errcodes.tools.harvesting.message_folding import fold, fold_messages


def write_folded(*texts: str) -> list[str]:
    """Return the templates of some texts, as a catalog writes them."""
    return [write_template(one.tokens, "printf") for one in fold_messages(texts)]


@pytest.mark.parametrize(
    ("texts", "template"),
    [
        (["No order 17", "No order 18"], "No order %s"),
        (["17 is no order", "18 is no order"], "%s is no order"),
        (["BTC-USDT is not listed", "ETH-USDT is not listed"], "%s is not listed"),
        (["At most 5 orders of X1 a day", "At most 7 orders of Y2 a day"],
         "At most %s orders of %s a day"),
        (["No such user: Ann Lee", "No such user: Bo"], "No such user: %s"),
        (["User Ann Lee has no rights here", "User Bo has no rights here"],
         "User %s has no rights here"),
        (["Price 0.01 is below 0.05 by 80%", "Price 0.02 is below 0.05 by 60%"],
         "Price %s is below 0.05 by %s%%"),
        (["Order a moved to book b of c", "Order x y moved to book b of z w"],
         "Order %s moved to book b of %s"),
        (["same", "same"], "same"),
    ],
)  # fmt: skip
def test_what_changes_becomes_a_placeholder(texts: list[str], template: str) -> None:
    """Words that all variants have stay, in their order; a placeholder stands for the others."""
    assert write_folded(*texts) == [template]
    assert write_folded(*texts[::-1]) == [template]


def test_other_messages_stay_apart() -> None:
    """Two texts with little in common are two messages of the code."""
    texts = ["Balance is too low", "The account was closed by its owner"]
    assert write_folded(*texts) == texts


def test_a_text_of_values_alone_is_no_variant() -> None:
    """Without a word in common, nothing says that two texts are one message."""
    assert write_folded("17", "18") == ["17", "18"]


class Counted(str):
    """A word that counts how often words are compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_folding_is_linear() -> None:
    """Words that stand in each text the other way round are compared a few times each."""
    words = tuple(Counted(f"word{number}") for number in range(5_000))
    fold(words, words[::-1])
    assert Counted.compared < 10 * len(words)
