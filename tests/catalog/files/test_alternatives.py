"""Codes that a catalog documents with more than one message."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import CatalogError, parse_catalog, write_catalog

LIST = '7 = ["Order not found", "No order %s"]'
TABLE = '7 = { messages = ["Order not found", "No order %s"], tags = ["gone"] }'


def parse(line):
    """Return the catalog of one code."""
    return parse_catalog(f'name = "mine"\n[sections.orders.codes]\n{line}\n')


@pytest.mark.parametrize("line", [LIST, TABLE])
def test_in_order(line):
    """All messages are kept in the document's order; the first is the code's message."""
    code = parse(line)[7]
    assert (code.message, code.messages) == (
        "Order not found",
        ("Order not found", "No order %s"),
    )
    assert [template.text for template in code.templates] == list(code.messages)


@pytest.mark.parametrize("line", [LIST, TABLE])
def test_written_as_read(line):
    """A list is written as a list, and a table has all messages under one name."""
    catalog = parse(line)
    assert write_catalog(catalog).splitlines()[-1] == line
    assert parse_catalog(write_catalog(catalog)) == catalog


def test_one_message_in_a_list():
    """A list of one is that message."""
    assert parse('7 = ["Order not found"]') == parse('7 = "Order not found"')


def test_alternatives_count():
    """A code with another message more is another code."""
    assert parse(LIST)[7] != parse('7 = "Order not found"')[7]


@pytest.mark.parametrize(
    ("line", "messages"),
    [
        ('7 = "Gone"', ("Gone",)),
        ('7 = ["Gone", "Away"]', ("Gone", "Away")),
        ('7 = { tags = ["x"] }', ("Order not found", "No order %s")),
    ],
)
def test_extended(tmp_path, line, messages):
    """A catalog that extends another replaces all messages, or none."""
    base = tmp_path / "base.toml"
    base.write_text(f'name = "base"\n[sections.orders.codes]\n{LIST}\n')
    catalog = parse_catalog(f'extends = "{base}"\n[sections.orders.codes]\n{line}\n')
    assert catalog[7].messages == messages


@pytest.mark.parametrize(
    ("value", "mistake"),
    [
        ("[]", 'sections.orders.codes.7: holds no message; write 7 = ["...", "..."]'),
        (
            '["a", "a"]',
            "sections.orders.codes.7: holds one message twice; leave one of them out",
        ),
        (
            '["a", " "]',
            "sections.orders.codes.7: the message is empty; write the message of the document",
        ),
        (
            '["a", 1]',
            (
                "sections.orders.codes.7: is an integer, and must be a text in each place; "
                'write 7 = ["...", "..."]'
            ),
        ),
        (
            '{ messages = "a" }',
            (
                "sections.orders.codes.7.messages: is a text, and must be a list of texts; "
                'write messages = ["...", "..."]'
            ),
        ),
        (
            '{ message = "a", messages = ["a"] }',
            (
                "sections.orders.codes.7.messages: stands beside message; "
                "write all of them as messages"
            ),
        ),
    ],
)
def test_refused(value, mistake):
    """What is no list of messages is told in its place."""
    with pytest.raises(CatalogError) as caught:
        parse(f"7 = {value}")
    assert [line.partition(": ")[2] for line in str(caught.value).splitlines()] == [mistake]
