"""What a terminal gets, and what a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Command

TERMINAL = {"FORCE_COLOR": "1", "TERM": "xterm"}
WIDE = """
[sections."钱包"]
title = "Wallet"
[sections."钱包".codes]
51008 = "下单失败，余额不足以支付这笔订单。请先充值"
[sections.orders.codes]
7 = "Order %s is gone, or was never there at all"
"""


@pytest.fixture
def wide(tmp_path: Path) -> str:
    """Return the path of a catalog whose characters take two columns each."""
    path = tmp_path / "wide.toml"
    path.write_text(WIDE, "utf-8")
    return str(path)


def test_a_table_of_wide_characters(command: Command, wide: str) -> None:
    """Columns stand below each other, and no line is wider than the terminal."""
    output = command("list", "-c", wide, COLUMNS="40", NO_COLOR="1", **TERMINAL)[1]
    assert output.replace("\x1b[1m", "").replace("\x1b[0m", "") == (
        "code   section  message\n"
        "51008  钱包     下单失败，余额不足以支付\n"
        "                这笔订单。请先充值\n"
        "7      orders   Order %s is gone, or\n"
        "                was never there at all\n"
    )


def test_facts_of_wide_characters(command: Command, wide: str) -> None:
    """Long values are folded where the characters end that have room."""
    output = command("explain", "51008", "-c", wide, COLUMNS="40", **TERMINAL)[1]
    assert output.splitlines()[1:3] == [
        "message      下单失败，余额不足以支付这",
        "             笔订单。请先充值",
    ]


def test_a_terminal_without_styles(command: Command) -> None:
    """A dumb terminal gets no control characters at all."""
    output = command("list", "401009", FORCE_COLOR="1", TERM="dumb")[1]
    assert output == ("code    section  message\n401009  trading  clientOrderId already exists\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals on Windows")
def test_a_pager_gets_lines_that_fit() -> None:
    """Where a pager takes the output, the terminal of the keyboard says how wide it is."""
    import termios

    master, keyboard = os.openpty()
    termios.tcsetwinsize(keyboard, (24, 40))
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from pytest_errcodes.cli import main; main()"),
            *("explain", "401068"),
        ],
        stdin=keyboard,
        capture_output=True,
        encoding="utf-8",
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"} | TERMINAL,
        check=True,
    )
    os.close(master)
    os.close(keyboard)
    assert 30 < max(map(len, done.stdout.splitlines())) <= 40
