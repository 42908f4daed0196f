"""How the sections changed, and what moved."""

from __future__ import annotations

import pytest


def catalog(**sections: str) -> str:
    """Return a catalog file: for each section its codes, each with a message of its own."""
    return "\n".join(
        "\n".join(
            (
                f"[sections.{name}.codes]",
                *(f'{code} = "message of {code}"' for code in codes.split()),
            )
        )
        for name, codes in sections.items()
    )


def test_a_code_in_another_section(told):
    """It moved; the codes around it did not."""
    assert told(catalog(a="1 2 3", b="4 5"), catalog(a="1 3", b="4 2 5")) == [
        "moved: 2 stands in section b, formerly a"
    ]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("1 2 3 4 5", "1 5 2 3 4", ["5 stands after 1, formerly after 4"]),
        ("1 2 3 4 5", "2 3 4 5 1", ["1 stands after 5, formerly first"]),
        ("1 2 3 4 5", "5 1 2 3 4", ["5 stands first, formerly after 4"]),
        (
            "1 2 3 4 5",
            "4 5 1 2 3",
            ["4 stands first, formerly after 3", "5 stands after 4 still, and moved with it"],
        ),
        ("1 2 3", "1 9 2 8 3", []),
        ("1 2 3", "1 3", []),
    ],
)
def test_order_within_a_section(told, old: str, new: str, changes: list[str]):
    """As few codes as can be are said to have moved."""
    told_ = [line for line in told(catalog(a=old), catalog(a=new)) if line.startswith("moved")]
    assert told_ == [f"moved: {change}" for change in changes]


def test_sections_come_and_go(told):
    """A section that came is an addition; one that went takes its codes along, or leaves them."""
    assert told(catalog(a="1 2", b="3"), catalog(a="1 2 3", c="4")) == [
        "addition: section c added",
        "addition: 4 added",
        "moved: section b removed",
        "moved: 3 stands in section a, formerly b",
    ]


def test_order_of_the_sections(told):
    """A section in another place is one change."""
    assert told(catalog(a="1", b="2", c="3"), catalog(c="3", a="1", b="2")) == [
        "moved: section c stands first, formerly after b"
    ]


def test_a_section_of_the_same_title(told):
    """A section is the same under another id if its title is."""
    old = '[sections.a]\ntitle = "Trade Orders"\n[sections.a.codes]\n1 = "One"'
    new = '[sections.b]\ntitle = "Trade-orders"\n[sections.b.codes]\n2 = "Two"'
    assert told(old, new) == [
        "breaking: 1 removed",
        "wording: section a has another title",
        "addition: 2 added",
        "moved: section a is section b now",
    ]


@pytest.mark.parametrize(
    ("new", "changes"),
    [
        (catalog(trade="1 2 3", b="9"), ["moved: section a is section trade now"]),
        (
            catalog(trade="1 2 3 9"),
            [
                "moved: section a is section trade now",
                "moved: section b removed",
                "moved: 9 stands in section trade, formerly b",
            ],
        ),
    ],
)
def test_a_section_of_the_same_codes(told, new: str, changes: list[str]):
    """A section is the same under another id and title if most of its codes are in it."""
    found = told(catalog(a="1 2 3", b="9"), new)
    assert [line for line in found if line.startswith("moved")] == changes


def test_a_section_that_was_split(told):
    """Where no section holds most of the codes, each code moved."""
    assert told(catalog(a="1 2"), catalog(b="1", c="2")) == [
        "addition: section b added",
        "addition: section c added",
        "moved: section a removed",
        "moved: 1 stands in section b, formerly a",
        "moved: 2 stands in section c, formerly a",
    ]


def test_title_and_label(told):
    """Title and label are wording: no client sees them."""
    codes = '[sections.a.codes]\n1 = "One"'
    old = f'[sections.a]\ntitle = "Trading"\n{codes}'
    new = f'[sections.a]\ntitle = "Orders"\nlabel = "4010xx"\n{codes}'
    assert told(old, new) == [
        "wording: section a has another title",
        "wording: section a has another label",
    ]


def test_tags(told):
    """A tag is one more group to which a code belongs; the order of tags says nothing."""
    old = '1 = {message = "One", tags = ["a", "b"]}\n2 = {message = "Two", tags = ["a", "b"]}'
    new = '1 = {message = "One", tags = ["b", "a"]}\n2 = {message = "Two", tags = ["b", "c", "d"]}'
    assert told(old, new) == ["moved: 2 has the tag c, d now, and no longer has the tag a"]
