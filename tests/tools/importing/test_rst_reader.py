"""reStructuredText pages."""

from __future__ import annotations

import pytest
from sources import catalog, messages, remarks, sections

CSV = ".. csv-table::\n   :header: Code, Message\n\n"


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("``a`` *b* **c**", "a b c"),
        ("`a <https://example.com>`_ b_", "a b"),
        (":ref:`a <b>` :class:`c`", "a c"),
        (r"a \* b <value> %s", "a * b <value> %s"),
        ("a: b", "a: b"),
    ],
)
def test_what_stands_in_a_cell(cell: str, message: str) -> None:
    """Markup is read, also in roles that only Sphinx knows."""
    assert messages("a.rst", f"{CSV}   1, {cell}\n") == {1: message}
    assert messages("a.rst", f"1001\n    {cell}\n") == {1001: message}


@pytest.mark.parametrize(
    "text",
    [
        "==== =======\nCode Message\n==== =======\n5001 one\n5002 two\n==== =======\n",
        (
            "+------+---------+\n| Code | Message |\n+======+=========+\n| 5001 | one     |\n"
            "+------+---------+\n| 5002 | two     |\n+------+---------+\n"
        ),
        f"{CSV}   5001, one\n   5002, two\n",
        ".. csv-table::\n   :delim: ;\n   :quote: '\n\n   5001;'one'\n   5002;two\n",
        (
            ".. list-table::\n   :header-rows: 1\n\n   * - Code\n     - Message\n"
            "   * - 5001\n     - one\n   * - 5002\n     - two\n"
        ),
        ".. list-table::\n\n   * - 5001\n     - * one\n   * - 5002\n     - two\n",
        "5001\n   one\n5002\n   two\n",
        ":5001: one\n:5002: two\n",
        "- ``5001`` one\n- 5002: two\n",
        "| 5001: one\n| 5002: two\n",
        ".. tabs::\n\n   .. tab:: x\n\n      - 5001: one\n\n   5002: two\n",
        "::\n\n  5001one\n  5002two\n",
        "5001 ONE\n========\n\none\n\n5002 TWO\n========\n\ntwo\n",
        ".. note::\n\n   5001: one\n\n   5002: two\n",
    ],
)
def test_where_codes_stand(text: str) -> None:
    """Tables of all kinds, lists, definitions, fields, headings, and unknown directives."""
    assert messages("a.rst", text) == {5001: "one", 5002: "two"}


def test_sections_and_titles() -> None:
    """A table's title counts more than the section it stands in."""
    text = f"API\n===\n\nTrading (40xx)\n--------------\n\n{CSV}   1, a\n\n"
    text += CSV.replace("::", ":: Fees (41xx)", 1) + "   2, b\n"
    lines = ("==== =======", "Code Message", "==== =======", "3    c", "==== =======")
    text += "\n.. table:: Others\n\n" + "".join(f"   {line}\n" for line in lines)
    assert sections("a.rst", text) == {"Trading (40xx)": [1], "Fees (41xx)": [2], "Others": [3]}
    assert catalog("a.rst", text).title == "API"


def test_nothing_that_a_page_names_is_read() -> None:
    """Other files, raw parts and comments are no part of the page; the first two are told of."""
    text = """\
.. 9001: a comment

.. csv-table::
   :file: codes.csv

5001: one

.. include:: /etc/hostname

.. raw:: html

   <p>9002: raw</p>
"""
    assert messages("a.rst", text) == {5001: "one"}
    assert [line.rpartition(": left out")[0] for line in remarks("a.rst", text)] == [
        "a.rst:3: table of another file, codes.csv",
        "a.rst:9: .. include:: /etc/hostname <p>9002: raw</p>",
    ]


def test_lines() -> None:
    """Each kind of table tells the line of a row."""
    text = f"{CSV}   1, a\n   1, b\n\n.. list-table::\n\n   * - 1\n     - c\n\n   * - 1\n     - d\n"
    assert [line.split(":")[1] for line in remarks("a.rst", text)] == ["5", "9", "12"]
