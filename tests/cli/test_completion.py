"""Completion in the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Command


@pytest.fixture
def complete(command: Command):
    """Return a function that asks for what may follow a line, as bash does."""

    def complete(line: str) -> list[str]:
        words = line.split(" ")
        variables = {
            "_ERRCODES_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        }
        return [offer.removeprefix("plain,") for offer in command(**variables)[1].split()]

    return complete


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("errcodes expl", ["explain"]),
        ("errcodes explain 60100", [str(code) for code in range(601001, 601010)]),
        ("errcodes list tr", ["trading", "transfers"]),
        ("errcodes list !fe", ["!fees"]),
        ("errcodes list trading 40600", [str(code) for code in range(406000, 406010)]),
        ("errcodes scan src --select !fe", ["!fees"]),
        ("errcodes explain trad", []),
    ],
)
def test_offers(complete, line: str, offers: list[str]) -> None:
    """Subcommands, codes, and where selectors stand also sections."""
    assert complete(line) == offers


def test_another_catalog(complete, tmp_path: Path) -> None:
    """The catalog that the line names is the one whose codes and tags are offered."""
    path = tmp_path / "my.toml"
    path.write_text('[sections.a.codes]\n1001 = { message = "one", tags = ["final"] }\n')
    assert complete(f"errcodes list -c {path} 1") == ["1001"]
    assert complete(f"errcodes list -c {path} f") == ["final"]
    assert complete(f"errcodes list -c {tmp_path}/no.toml 1") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script(command: Command, shell: str) -> None:
    """The script for a shell, printed on demand, asks the command."""
    output = command(_ERRCODES_COMPLETE=f"{shell}_source")[1]
    assert f"_ERRCODES_COMPLETE={shell}_complete" in output
