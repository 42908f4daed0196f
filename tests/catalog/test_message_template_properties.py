"""What holds of every message template and every text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_errcodes.catalog import MessageTemplate

if TYPE_CHECKING:
    from collections.abc import Sequence

MEGABYTE = 1_000_000

literals = st.text("ab1 .-:", max_size=4)
values = st.one_of(
    st.tuples(st.just("%s"), st.text("ab1 .-:", max_size=5)),
    st.tuples(st.just("%d"), st.integers(-200, 200)),
    st.tuples(st.just("%.1f"), st.floats(-200, 200)),
    st.tuples(st.just("%g"), st.floats(allow_nan=False, allow_infinity=False)),
)


@given(st.lists(st.tuples(literals, values), max_size=4), literals, st.booleans())
def test_what_is_rendered_matches(
    pieces: list[tuple[str, tuple[str, object]]], last: str, open_ended: bool
) -> None:
    """Whatever is rendered fits its template again, and what is read out of it writes it."""
    text = "".join(literal + placeholder for literal, (placeholder, _) in pieces) + last
    template = MessageTemplate(text, open_ended=open_ended)
    message = template.render(*(value for _, (_, value) in pieces))
    found = template.match(message)
    assert found is not None
    assert open_ended or template.render(*found) == message


@given(literals, st.text(), literals)
def test_one_parameter_comes_back(first: str, value: str, last: str) -> None:
    """With one placeholder there is one reading, and it gives the parameter back."""
    template = MessageTemplate(f"{first}%s{last}")
    assert template.match(template.render(value)) == (value,)


@given(literals, st.integers(), literals)
def test_one_integer_comes_back(first: str, value: int, last: str) -> None:
    """An integer is read back as it was written."""
    template = MessageTemplate(f"{first}%d{last}")
    assert template.match(template.render(value)) == (str(value),)


@given(st.text("x", min_size=1), st.text(min_size=1).filter(lambda text: text.strip(" ") == text))
def test_what_follows_comes_back(text: str, tail: str) -> None:
    """The tail of an open-ended message is read back, but for the spaces before it."""
    template = MessageTemplate(text, open_ended=True)
    assert template.match(template.render(tail)) == (tail,)


@given(st.text(), st.sampled_from(["printf", "format", "none"]), st.text())
def test_any_text_is_a_template(text: str, style: str, message: str) -> None:
    """No message, however odd, breaks its template, nor does any text to match."""
    template = MessageTemplate(text, style)  # type: ignore[arg-type]  # one of the styles
    assert len(template.sample) == len(template.placeholders)
    assert template.match(template.render(*template.sample)) is not None
    found = template.match(message)
    assert found is None or template.render(*found) == message


@settings(max_examples=500)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["%s", "%d", "%f", "1", ".", "e", "-", "x"]),
            st.sampled_from(
                ["1", "12", "-1", "1.2", "1e1", "1.1e-2", "1.", "1e", "x", "", "\u3000"]
            ),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_the_reading_is_the_first_of_all(pieces: list[tuple[str, str]], open_ended: bool) -> None:
    """What is read is what trying every split finds first, the shortest pieces before others."""
    template = [part for part, _ in pieces]
    message = "".join(value if part in PATTERNS else part for part, value in pieces)
    ending = ["%s"] if open_ended and template[-1:] not in [[part] for part in PATTERNS] else []
    tried = try_every_split([*template, *ending], message)
    expected = tried[:-1] if tried and ending and not tried[-1] else tried
    assert MessageTemplate("".join(template), open_ended=open_ended).match(message) == expected


PATTERNS = {
    "%s": r"(?s:.*)",
    "%d": r"[-+]?\d+",
    "%f": r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?",
}


def try_every_split(template: Sequence[str], text: str) -> tuple[str, ...] | None:
    """Return the first reading of a text, by recursion over all of them."""
    if not template:
        return None if text else ()
    first, *rest = template
    if first not in PATTERNS:
        return try_every_split(rest, text.removeprefix(first)) if text.startswith(first) else None
    for size in range(len(text) + 1):
        if re.fullmatch(PATTERNS[first], text[:size]):
            found = try_every_split(rest, text[size:])
            if found is not None:
                return (text[:size], *found)
    return None


@pytest.mark.parametrize(
    ("text", "message", "fits"),
    [
        ("a%sa%sa%sa%sb", "a" * MEGABYTE, False),
        ("a%sa%sa%sa%sb", "a" * MEGABYTE + "b", True),
        ("%s %s %s %s %s!", " " * MEGABYTE, False),
        ("ab%sab%sab", "ab" * (MEGABYTE // 2), True),
        ("%s" * 50, "x" * MEGABYTE, True),
        (f"%s{'a' * 40}b%s", "a" * MEGABYTE, False),
        ("%d%d%d%d!", "1" * MEGABYTE, False),
        ("%d%d%d%d", "1" * MEGABYTE, True),
        ("%s1%d2%s1%d", "1" * MEGABYTE, False),
        ("%s1%d1%s1%d", "1" * MEGABYTE, True),
        ("%f%f%s!", "1e" * (MEGABYTE // 2), False),
        ("%f", "-" * MEGABYTE, False),
    ],
    ids=range(12),
)
def test_a_megabyte_is_read_once(text: str, message: str, fits: bool) -> None:
    """A text made to provoke retries is read all the same; trying every split would never end."""
    assert (MessageTemplate(text).match(message) is not None) is fits
