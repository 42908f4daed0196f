"""Codes that went, came, were renumbered, or are of another type."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import Catalog, ErrorCode, Section, parse_catalog
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.tools import Change, diff

from .conftest import as_catalog


def test_a_code_went_and_another_came(told):
    """A removed code is breaking, an added one is an addition."""
    assert told('1 = "One"\n2 = "Two"', '1 = "One"\n3 = "Three"') == [
        "breaking: 2 removed",
        "addition: 3 added",
    ]


def test_the_facts_of_a_change():
    """A change holds both messages, and the codes as both catalogs write them."""
    assert diff(as_catalog('1 = "One"\n2 = "Two"'), as_catalog('3 = "one!"')) == (
        Change("breaking", "code-removed", "2", "removed", "Two", None, (2,)),
        Change("renumbered", "renumbered", "1", "is 3 now", "One", "one!", (1, 3)),
    )


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ('1 = "Same"', '2 = "Same"', ["renumbered: 1 is 2 now"]),
        ('1 = "At %s"', '2 = "at %s."', ["renumbered: 1 is 2 now"]),
        ('1 = "At %s"', '2 = "at"', ["breaking: 1 removed", "addition: 2 added"]),
        # Two codes of one message: which of them is it now?
        (
            '1 = "Same"\n2 = "Same"',
            '3 = "Same"',
            ["breaking: 1 removed", "breaking: 2 removed", "addition: 3 added"],
        ),
        (
            '1 = "Same"',
            '2 = "Same"\n3 = "Same"',
            ["breaking: 1 removed", "addition: 2 added", "addition: 3 added"],
        ),
        # The first of the two is still there, so it was the second.
        ('1 = "Same"\n2 = "Same"', '1 = "Same"\n3 = "Same"', ["renumbered: 2 is 3 now"]),
        ('1 = "Same"\n2 = "Same"', '1 = "Same"', ["breaking: 2 removed"]),
        # Nothing is said in words, so only the letters tell.
        ('1 = "?"', '2 = "!"', ["breaking: 1 removed", "addition: 2 added"]),
        ('1 = "?"', '2 = "?"', ["renumbered: 1 is 2 now"]),
    ],
)
def test_renumbered(told, old: str, new: str, changes: list[str]):
    """A code that went and one that came are one if their message is, and no other has it."""
    assert told(old, new) == changes


def test_the_shared_messages_of_ltp(ltp, told):
    """401021 and 401024 share a message: the one that goes is not taken for the one that stays."""
    without = Catalog(
        "ltp",
        [code for code in ltp.values() if code.code != 401024],
        sections=ltp.sections,
        shapes=ltp.shapes,
    )
    assert told(ltp, without) == ["breaking: 401024 removed"]


def test_a_renumbered_code_is_compared_all_the_same(told):
    """What else changed of it is told too, but for the wording of its message."""
    new = '2 = {message = "one", http_status = 400, tags = ["final"], solution = "Wait"}'
    assert told('1 = "One"', new) == [
        "breaking: 1 comes with HTTP status 400, formerly 200",
        "renumbered: 1 is 2 now",
        "addition: 1 has a solution now",
        "moved: 1 has the tag final now",
    ]


def test_all_codes_are_of_another_type(told):
    """That is one change of the envelope; each code is still known, and compared."""
    codes = '[sections.a.codes]\n1 = "One"\n2 = '
    old = f'[envelope]\nsuccess = [0]\n{codes}"Two"'
    new = f'[envelope]\ncode_type = "string"\nsuccess = ["0"]\n{codes}"Second"'
    assert told(old, new) == [
        "breaking: envelope has codes that are texts, formerly integers",
        "meaning: 2 says something else",
    ]
    assert diff(parse_catalog(old), parse_catalog(new))[0].codes == (1, "1", 2, "2")


def test_one_code_is_of_another_type(told):
    """Where the envelope allows both, each code of another type is told."""
    section = Section("a", "A", "")
    shapes = [EnvelopeShape(code_type="either")]
    old, new = (
        Catalog("a", [ErrorCode(code, "One", section)], sections=[section], shapes=shapes)
        for code in (1, "1")
    )
    assert told(old, new) == ["breaking: 1 is a text now"]
    assert told(new, old) == ["breaking: 1 is an integer now"]


def test_leading_zeros_are_another_code(told):
    """007 is not 7."""
    head = '[envelope]\ncode_type = "either"\n[sections.a.codes]\n'
    assert told(f'{head}7 = "One"', f'{head}007 = "Two"') == [
        "breaking: 7 removed",
        "addition: 007 added",
    ]


def test_gravest_first_and_in_document_order(told):
    """Within a kind, changes come in the order of the document."""
    old = "\n".join(f'{code} = "message of {code}"' for code in (5, 3, 9, 1))
    assert told(old, '5 = "5"\n9 = "9"\n7 = "seven"\n6 = "six"') == [
        "breaking: 3 removed",
        "breaking: 1 removed",
        "meaning: 5 says something else",
        "meaning: 9 says something else",
        "addition: 7 added",
        "addition: 6 added",
    ]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (
            '1 = {message = "One", exception = "A"}\n2 = "Two"',
            '1 = {message = "One", exception = "B"}\n2 = "Two"',
            ["breaking: 1 is raised as B, formerly as A"],
        ),
        (
            '1 = "One"\n2 = "Two"',
            '1 = "One"\n2 = {message = "Two", exception = "B"}',
            ["addition: 2 is raised as B"],
        ),
        (
            '1 = {message = "One", exception = "A"}\n2 = "Two"',
            '1 = "One"\n2 = "Two"',
            ["meaning: 1 is raised as no class that is named, formerly as A"],
        ),
        (
            '1 = "One"\n2 = "Two"',
            '1 = {message = "One", exception = "A"}\n2 = {message = "Two", exception = "A"}',
            ["addition: catalog has all codes raised as A"],
        ),
    ],
)
def test_the_class_of_an_exception(told, old, new, lines):
    """Another class is told of each code; where all changed alike, once."""
    assert told(old, new) == lines
