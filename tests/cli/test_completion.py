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


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("errcodes import pa", "file,pa"),
        ("errcodes lint --format ", "plain,text plain,json plain,sarif plain,github"),
        ("errcodes export -f ty", "plain,typescript"),
        ("errcodes lint --ig", "plain,--ignore"),
    ],
)
def test_what_click_offers(command: Command, line: str, what: str) -> None:
    """Files, formats and options, in the terms of bash's script."""
    words = line.split(" ")
    variables = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    assert command(_ERRCODES_COMPLETE="bash_complete", **variables)[1].split() == what.split()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_offers_with_their_meaning(command: Command, shell: str) -> None:
    """The scripts of zsh and fish get the message beside each code, on one line."""
    word = "401009" if shell == "fish" else "2"
    variables = {"COMP_WORDS": "errcodes explain 401009", "COMP_CWORD": word}
    output = command(_ERRCODES_COMPLETE=f"{shell}_complete", **variables)[1]
    assert output.split() == [
        *(["plain,401009"] if shell == "fish" else ["plain", "401009"]),
        *("clientOrderId", "already", "exists"),
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script(command: Command, shell: str) -> None:
    """The script for a shell, printed on demand, asks the command."""
    status, output, errors = command("--show-completion", shell)
    assert (status, errors) == (0, "")
    assert f"_ERRCODES_COMPLETE={shell}_complete" in output
    assert command("--show-completion", SHELL=f"/usr/bin/{shell}")[1] == output
    assert command(_ERRCODES_COMPLETE=f"{shell}_source")[1].strip() == output.strip()


@pytest.mark.parametrize(
    ("shell", "script", "settings"),
    [
        (
            "bash",
            ".bash_completions/errcodes.sh",
            (".bashrc", "\nsource ~/.bash_completions/errcodes.sh\n"),
        ),
        (
            "zsh",
            ".zfunc/_errcodes",
            (".zshrc", "\nfpath+=~/.zfunc; autoload -Uz compinit; compinit\n"),
        ),
        ("fish", ".config/fish/completions/errcodes.fish", None),
    ],
)
def test_installing(
    command: Command, tmp_path: Path, shell: str, script: str, settings: tuple[str, str] | None
) -> None:
    """The script is put where the shell finds it, and the shell is told of it once."""
    if settings:
        (tmp_path / settings[0]).write_text("mine")
    told = f"{tmp_path / script} is written: {shell} completes errcodes from its next start on\n"
    for _ in range(2):
        assert command("--install-completion", shell, HOME=str(tmp_path)) == (0, told, "")
    printed = command("--show-completion", shell)[1]
    assert (tmp_path / script).read_text().strip() == printed.strip()
    if settings:
        assert (tmp_path / settings[0]).read_text() == f"mine{settings[1]}"


def test_installing_where_nothing_can_be_written(command: Command, tmp_path: Path) -> None:
    """A folder that is none is told in words."""
    (tmp_path / ".zfunc").touch()
    status, output, errors = command("--install-completion", "zsh", HOME=str(tmp_path))
    assert (status, output) == (2, "")
    assert errors == (
        f"errcodes: {tmp_path}/.zfunc cannot be written: File exists\n"
        "hint: something else stands in its way: move that, or name another file\n"
    )


def test_an_unknown_shell(command: Command) -> None:
    """Where the user's shell is another one, the known ones are named."""
    assert command("--show-completion", SHELL="/bin/tcsh")[2] == (
        "errcodes: --show-completion=tcsh is none of bash, zsh, fish\nhint: write one of them\n"
    )
