"""What differs between two texts, marked in both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.tools.diffing import Piece, mark_pieces

texts = st.text("ab .,-é", max_size=12)


def marked(pieces: tuple[Piece, ...]) -> str:
    """Return a text with what differs in brackets."""
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "old_marked", "new_marked"),
    [
        ("At most 10", "At most 20", "At most [10]", "At most [20]"),
        ("The order", "the order", "[The] order", "[the] order"),
        ("Try again", "Try again.", "Try again", "Try again[.]"),
        ("a b c d", "a x c y", "a [b] c [d]", "a [x] c [y]"),
        ("a  b", "a b", "a [ ]b", "a b"),
        ("", "new", "", "[new]"),
        ("余额不足", "余额充足", "余额[不]足", "余额[充]足"),
    ],
)
def test_whole_words_are_marked(old: str, new: str, old_marked: str, new_marked: str):
    """The words and marks that differ are pieces of their own, in both texts."""
    assert [marked(pieces) for pieces in mark_pieces(old, new)] == [old_marked, new_marked]


def test_very_long_texts_are_marked_between_their_common_ends():
    """Words are not aligned one by one where that would take minutes."""
    middle = [" ".join(letter * 3 for _ in range(100_000)) for letter in "xy"]
    before, after = mark_pieces(*(f"a {words} b" for words in middle))
    assert before == (Piece("a ", False), Piece(middle[0], True), Piece(" b", False))
    assert after[1] == Piece(middle[1], True)


@given(texts, texts)
def test_the_pieces_are_the_texts(old: str, new: str):
    """Nothing is lost, and what is not marked is the same in both texts."""
    before, after = mark_pieces(old, new)
    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new
    same = ["".join(piece.text for piece in side if not piece.differs) for side in (before, after)]
    assert same[0] == same[1]
    assert (old == new) == (not any(piece.differs for piece in (*before, *after)))
