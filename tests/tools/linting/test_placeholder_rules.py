"""Placeholders, and messages that go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Told

BROKEN = "broken-placeholder"
FOREIGN = "foreign-placeholder"


def head(style: str) -> str:
    """Return the beginning of a file whose placeholders are of a style."""
    return f'[envelope]\nplaceholders = "{style}"\n[sections.a.codes]\n'


@pytest.mark.parametrize(
    ("style", "message", "text"),
    [
        ("printf", "Symbol %y", "%y"),
        ("printf", "Symbol %(name)s", "%(name)s"),
        ("printf", "Symbol %1$s", "%1$s"),
        ("printf", "Symbol %@", "%@"),
        ("printf", "%% of %S", "%S"),
        ("format", "Symbol {name", "{name"),
        ("format", "Symbol name}", "}"),
        ("format", "Symbol {order.id}", "{order.id}"),
        ("dollar", "Symbol ${name", "${name"),
        ("dollar", "Symbol ${order.id}", "${order.id}"),
        ("dollar", "Symbol $name", "$name"),
        ("angle", "Symbol <name", "<name"),
        ("angle", "Symbol <1>", "<1>"),
    ],
)
def test_broken_placeholder(told: Told, style: str, message: str, text: str) -> None:
    """What was meant as a placeholder, and is read as plain text."""
    hints = {
        "printf": "write a placeholder such as %s, or %% for a percent sign",
        "format": "write a placeholder such as {name}, or {{ and }} for braces",
        "dollar": "write a placeholder such as ${name}, or $$ for a dollar sign",
        "angle": "write a placeholder such as <name>",
    }
    assert told(f'1 = "{message}"\n', BROKEN, head=head(style)) == [
        f'4: 1 holds "{text}", which is read as plain text: "{message}"; {hints[style]}'
    ]


def test_placeholder_in_a_percentage(told: Told) -> None:
    """A percent sign that is read as a placeholder."""
    assert told('1 = "50%discount"\n', BROKEN) == [
        '2: 1 holds "0%d", of which %d is a placeholder: "50%discount"; write %% for a percent sign'
    ]


@pytest.mark.parametrize(
    ("style", "message", "found", "theirs"),
    [
        ("printf", "Symbol {0}", "{0}", "format"),
        ("printf", "Symbol {}", "{}", "format"),
        ("printf", "Symbol ${name}", "${name}", "dollar"),
        ("printf", "Symbol <name>", "<name>", "angle"),
        ("format", "Symbol %s", "%s", "printf"),
        ("format", "At least %.2f", "%.2f", "printf"),
        ("format", "Symbol ${name}", "", ""),  # a dollar before a placeholder
        ("dollar", "Symbol {name}", "{name}", "format"),
        ("angle", "Symbol %s", "%s", "printf"),
    ],
)
def test_foreign_placeholder(told: Told, style: str, message: str, found: str, theirs: str) -> None:
    """A placeholder of another style than the catalog's."""
    expected = (
        f'4: 1 holds {found}, which is no {style} placeholder: "{message}"; '
        f'set placeholders = "{theirs}" under [envelope], or write the message so'
    )
    told_of = told(f'1 = "{message}"\n', FOREIGN, BROKEN, head=head(style))
    assert told_of == ([expected] if found else [])


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("printf", "At most 50% discount, 100%"),
        ("printf", "100 % of %s, %% and %%s"),
        ("printf", "Rate (50%) is {too high}"),
        ("printf", "Write <b>bold</b> text"),
        ("format", "{{name}} is {name}, 50%done"),
        ("dollar", "Costs $5, $$name, ${name}"),
        ("angle", "a < b, <name>"),
        ("none", "%s {0} ${x} <y> % {"),
    ],
)
def test_no_placeholder(told: Told, style: str, message: str) -> None:
    """Percent signs, escapes, mark-up, and all where there are no placeholders."""
    assert told(f'1 = "{message}"\n', BROKEN, FOREIGN, head=head(style)) == []


@pytest.mark.parametrize("message", ["Expect input:", "Expect input: ", "Expect...", "Expect…"])
def test_undeclared_open_end(told: Told, message: str) -> None:
    """A message that ends as if more came."""
    assert told(f'1 = "{message}"\n', "undeclared-open-end", "open-ended-message") == [
        (
            f'2: 1 ends as if a text followed: "{message}"; '
            "write { message = ..., open_ended = true } if one does"
        )
    ]


def test_open_ended_message(told: Told) -> None:
    """A message that anything may follow."""
    text = '1 = { message = "Expect input:", open_ended = true }\n2 = "Expect: %s"\n'
    assert told(text, "undeclared-open-end", "open-ended-message") == [
        (
            '2: anything may follow the message of 1: "Expect input:"; '
            "let the document say what follows"
        )
    ]


@pytest.mark.parametrize(
    ("style", "fits", "messages"),
    [
        ("printf", "format", ("No {a}", "No {b}")),
        ("format", "printf", ("No %s", "At most %d")),
        ("none", "dollar", ("No ${a}", "No ${b}")),
    ],
)
def test_placeholder_style(told: Told, style: str, fits: str, messages: tuple[str, str]) -> None:
    """A setting that fits no message is told once, in place of each message."""
    first, second = messages
    text = f'1 = "{first}"\n2 = "{second}"\n'
    held = first.partition(" ")[2]
    assert told(text, "placeholder-style", head=head(style)) == [
        (
            f'4: no message holds a placeholder as placeholders = "{style}" has it, and 2 hold one '
            f'of {fits}: 1 holds {held}: "{first}"; set placeholders = "{fits}" under [envelope]'
        )
    ]
    assert told(text, FOREIGN, head=head(style)) == []


def test_placeholder_style_that_some_follow(told: Told) -> None:
    """Where one message follows the setting, the others are odd one by one."""
    text = '1 = "No {a}"\n2 = "No {b}"\n3 = "No %s"\n'
    assert told(text, "placeholder-style", head=head("printf")) == []
