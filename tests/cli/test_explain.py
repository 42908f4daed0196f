"""``errcodes explain``."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

from commands import LOOKED_INTO, printed, refused

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.tools import explain

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from commands import Command

EXPLAINED = """\
code         401112
message      Due to exchange parameter adjustments, The maximum leverage for this symbol is %s. \
Please reduce the leverage ratio.
section      trading (Trading, 4010xx)
parameters   %s
HTTP status  200
before       401111 Exchange Order Matching Risk Control Cancellation
after        401113 Invalid syncMode
expect       @pytest.mark.expects_code(401112, params=('1',))
simulate     errcodes.reply(401112, '1')
"""
LEVERAGE = (
    "Due to exchange parameter adjustments, The maximum leverage for this symbol is 20. "
    "Please reduce the leverage ratio."
)


def test_explain_tells_all_of_a_code(command: Command) -> None:
    """Message, section, parameters, and how to expect and simulate the code."""
    assert command("explain", "401112") == (0, EXPLAINED, "")


def test_explain_a_success(command: Command) -> None:
    """A success code is asserted, not expected."""
    assert command("explain", "200000") == printed(
        "code         200000\n"
        "message      Success\n"
        "section      success (Success)\n"
        "parameters   none\n"
        "HTTP status  200\n"
        "expect       assert_success(...)\n"
        "simulate     errcodes.reply(200000)\n"
    )


def test_explain_an_unknown_code(command: Command) -> None:
    """A code that the catalog lacks is a mistake, told on the error output with what is near."""
    assert command("explain", "401065") == refused(
        "errcodes: catalog 'ltp' documents no code 401065\n"
        "  nearest: 401064 No account found matching the specified criteria\n"
        "           401066 Can not find exchange account group\n"
        "  it would stand in section trading (Trading, 4010xx)\n"
        f"{LOOKED_INTO}"
        "hint: check the number against the document, or add it to a catalog of your own\n"
    )


def test_explain_an_envelope_from_a_pipe(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer of the API is read from standard input, with the parameters of its message."""
    body = json.dumps({"code": 401112, "message": LEVERAGE, "data": None}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
    expected = EXPLAINED.replace("parameters   %s", "parameters   %s = 20").replace("'1'", "'20'")
    assert command("explain", "-") == printed(expected)


def test_explain_a_message_of_several_codes(command: Command) -> None:
    """The words need no quotes; each code is explained, with a blank line between."""
    output = command("explain", "Algo", "order", "not", "found")[1]
    first, second = output.split("\n\n")
    assert first.startswith("code          401203\n")
    assert "\nsame message  401221\n" in first
    assert second.startswith("code          401221\n")


def test_explain_a_message_that_drifted(command: Command) -> None:
    """The text that came is shown beside the documented one."""
    output = command("explain", '{"code": "601009", "msg": "Login failed."}')[1]
    assert output.splitlines()[1:4] == [
        "message      Login failed",
        "came         Login failed. (does not fit the message)",
        'differs      at character 13: "." came, where the documented one ends',
    ]


def test_explain_all_that_the_document_says(command: Command, tmp_path: Path) -> None:
    """Tags, texts and class have a line each, and an open end is a parameter too."""
    (tmp_path / "my.toml").write_text(
        '[sections.a.codes]\n7 = { message = "Bad %s:", open_ended = true, tags = ["a", "b"], '
        'description = "It is bad.", solution = "Mend it.", exception = "BadError" }\n'
    )
    output = command("explain", "Bad day: rain", "-c", str(tmp_path / "my.toml"))[1]
    assert output.splitlines()[3:9] == [
        "parameters   %s = day, the rest = rain",
        "HTTP status  200",
        "tags         a, b",
        "description  It is bad.",
        "solution     Mend it.",
        "exception    BadError",
    ]


def test_explain_as_json(command: Command) -> None:
    """A list of the facts of each explanation, as of the function."""
    status, output, _ = command("explain", "401021", "--json")
    assert status == 0
    assert json.loads(output) == [one.as_dict() for one in explain(load_catalog("ltp"), "401021")]


def test_explain_in_a_narrow_terminal(command: Command) -> None:
    """Long values are folded under themselves, and no line is wider than the terminal."""
    output = command("explain", "401068", FORCE_COLOR="1", COLUMNS="40", NO_COLOR="1")[1]
    assert max(map(len, output.splitlines())) <= 40
    assert output.splitlines()[1:4] == [
        "message      Due to an order with a",
        "             better price, %s reduce",
        "             only order to %s %s %s at",
    ]
