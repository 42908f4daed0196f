"""The subcommands without ``--catalog``, in a project that sets its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from commands import printed, refused

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Command

SET_BY = '  catalog: shop.toml, set by pyproject.toml:2: [tool.errcodes] catalog = "shop.toml"\n'


@pytest.fixture(autouse=True)
def _shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command run in a project."""
    (tmp_path / "shop.toml").write_text('[sections.orders.codes]\n1001 = "Unknown symbol"\n')
    (tmp_path / "pyproject.toml").write_text('[tool.errcodes]\ncatalog = "shop.toml"\n')
    monkeypatch.chdir(tmp_path)


def test_list_and_search(command: Command) -> None:
    """They show the project's codes; --catalog goes before the setting."""
    line = printed("1001\torders\tUnknown symbol\n")
    assert command("list") == command("search", "symbol") == line
    assert command("list", "-c", "ltp", "401009")[1] == (
        "401009\ttrading\tclientOrderId already exists\n"
    )


def test_nothing_is_found(command: Command) -> None:
    """Which catalog was looked into is told, with the place that names it."""
    assert command("search", "zebra") == (
        1,
        "",
        f"errcodes: no code of catalog 'shop' fits 'zebra'\n{SET_BY}",
    )
    assert command("explain", "1002") == refused(
        "errcodes: catalog 'shop' documents no code 1002\n"
        "  nearest: 1001 Unknown symbol\n"
        f"{SET_BY}"
        "hint: check the number against the document, or add it to shop.toml\n"
    )


def test_lint(command: Command) -> None:
    """It looks into the project's catalog, and says so where it finds nothing."""
    assert command("lint") == (0, "", f"errcodes: 1 code: no findings\n{SET_BY}")


def test_export(command: Command) -> None:
    """It writes the project's catalog."""
    assert "Unknown symbol" in command("export", "--format", "csv")[1]


def test_scan(command: Command, tmp_path: Path) -> None:
    """It knows the project's codes."""
    (tmp_path / "client.py").write_text("def f(code):\n    return code == 7\n")
    assert "1001" in command("scan", "client.py", "--select", "orders")[1]


def test_diff_with_one_source(command: Command, tmp_path: Path) -> None:
    """The project's catalog is the old one."""
    new = '[sections.orders.codes]\n1001 = "Unknown symbol"\n1002 = "Busy"\n'
    (tmp_path / "new.toml").write_text(new)
    assert command("diff", "new.toml") == command("diff", "shop.toml", "new.toml")


def test_the_environment(command: Command) -> None:
    """It goes before the project's file, and is told as what names the catalog."""
    assert command("search", "zebra", ERRCODES_CATALOG="ltp")[2] == (
        "errcodes: no code of catalog 'ltp' fits 'zebra'\n"
        "  catalog: ltp, set by ERRCODES_CATALOG=ltp\n"
    )
