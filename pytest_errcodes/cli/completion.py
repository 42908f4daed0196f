"""What the shell offers when a code or a selector is half typed, and teaching a shell to ask."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
)

from pytest_errcodes.cli.parsing import check_word, option
from pytest_errcodes.disk.file_reading import UnreadableFileError, read_file
from pytest_errcodes.disk.file_writing import advise_on_write, write_file
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_errcodes.catalog import Catalog

    Offers = list[CompletionItem[str]]


def complete_code(context: click.Context, _: click.Parameter, incomplete: str) -> Offers:
    """Offer the codes that begin so, each with its message."""
    return _offers(context, incomplete, with_groups=False)


def complete_selector(context: click.Context, _: click.Parameter, incomplete: str) -> Offers:
    """Offer sections and tags too, and what follows a ``!``."""
    return _offers(context, incomplete, with_groups=True)


def complete_path(_: click.Context, __: click.Parameter, incomplete: str) -> Offers:
    """Let the shell offer files and folders."""
    return [CompletionItem(incomplete, type="file")]


def _offers(context: click.Context, incomplete: str, *, with_groups: bool) -> Offers:
    sign = "!" if with_groups and incomplete.startswith("!") else ""
    word = incomplete.removeprefix(sign)
    known = _words(_catalog(context), with_groups=with_groups)
    return [
        CompletionItem(sign + text, help=escape(help_text))
        for text, help_text in known
        if text.startswith(word)
    ]


def _catalog(context: click.Context) -> Catalog | None:
    """Return the catalog that the line names so far, or None where it cannot be used."""
    from pytest_errcodes.cli.catalog_in_force import load_named, name_catalog

    try:
        return load_named(name_catalog(context.params.get("catalog")))
    except ErrcodesUsageError:
        return None


def _words(catalog: Catalog | None, *, with_groups: bool) -> Iterator[tuple[str, str]]:
    if catalog is None:
        return
    if with_groups:
        yield from ((section.id, section.title) for section in catalog.sections)
        tags = dict.fromkeys(tag for code in catalog.values() for tag in code.tags)
        yield from ((tag, "tag") for tag in tags)
    yield from ((str(code.code), code.message) for code in catalog.values())


class Shell(NamedTuple):
    """Where a shell finds what it completes; paths are below the user's folder.

    Attributes:
        complete: What writes the script.
        script: The file for the script.
        settings: What is read when the shell starts; empty if nothing has to stand there.
        line: What has to stand there.
    """

    complete: type[ShellComplete]
    script: str
    settings: str = ""
    line: str = ""


SHELLS = {
    "bash": Shell(
        BashComplete,
        ".bash_completions/errcodes.sh",
        ".bashrc",
        "source ~/.bash_completions/errcodes.sh",
    ),
    "zsh": Shell(
        ZshComplete,
        ".zfunc/_errcodes",
        ".zshrc",
        "fpath+=~/.zfunc; autoload -Uz compinit; compinit",
    ),
    "fish": Shell(FishComplete, ".config/fish/completions/errcodes.fish"),
}


def completion_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that print the script for a shell, and put it where it belongs."""
    # A shell may be named behind each; without one, the value is the empty text.
    settings = {"is_flag": False, "flag_value": "", "is_eager": True, "expose_value": False}
    show = option(
        "--show-completion", "[SHELL]", "Print the script for that.", callback=_show, **settings
    )
    install = option(
        "--install-completion",
        "[SHELL]",
        "Make bash, zsh or fish complete; yours if absent.",
        callback=_install,
        **settings,
    )
    return install(show(function))


def _show(context: click.Context, param: click.Parameter, name: str | None) -> None:
    if name is not None and not context.resilient_parsing:
        click.echo(_make_script(_name_shell(param, name), context.command))
        context.exit()


def _install(context: click.Context, param: click.Parameter, name: str | None) -> None:
    if name is None or context.resilient_parsing:
        return
    name = _name_shell(param, name)
    home, shell = Path.home(), SHELLS[name]
    try:
        (home / shell.script).parent.mkdir(parents=True, exist_ok=True)
        write_file(home / shell.script, _make_script(name, context.command).encode())
        if shell.settings:
            _append(home / shell.settings, shell.line)
    except OSError as error:
        raise ErrcodesUsageError(
            "output-file",
            f"{error.filename} cannot be written: {error.strerror}",
            advise_on_write(error),
        ) from None
    click.echo(
        f"{home / shell.script} is written: {name} completes errcodes from its next start on"
    )
    context.exit()


def _append(settings: Path, line: str) -> None:
    """Append a line to the settings of a shell, unless it stands there."""
    try:
        known = read_file(settings)
    except UnreadableFileError as error:
        if not error.is_missing:
            raise ErrcodesUsageError(
                "output-file", f"{settings} {error.reason}", "check its permissions"
            ) from None
        known = b""
    if line.encode() not in known:
        write_file(settings, known + f"\n{line}\n".encode())


def _name_shell(param: click.Parameter, name: str) -> str:
    """Return the name of a shell; an empty one stands for the user's own."""
    return check_word(param, name or Path(os.environ.get("SHELL", "")).name, SHELLS)


def _make_script(name: str, command: click.Command) -> str:
    complete = SHELLS[name].complete
    return complete(command, {}, "errcodes", "_ERRCODES_COMPLETE").source()
