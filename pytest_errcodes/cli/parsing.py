"""Reading a command line: click's commands, with our own help and our own words for mistakes."""

from __future__ import annotations

import re
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pytest_errcodes.cli.terminal import terminal_width
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_WIDEST = 80  # columns; longer lines are hard to read
_OPTION = re.compile(r"--?[A-Za-z]")


class HelpPage(click.HelpFormatter):
    """Writes the page for the terminal; what click would ask for is the width of wide ones."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__(width=min(terminal_width(), _WIDEST))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write a call; what of it does not fit stands below, a little further to the right."""
        call = f"{prefix or 'Usage:'} {prog} {args}".rstrip()
        self.write(f"{click.wrap_text(call, self.width, subsequent_indent='    ')}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms, each with its text beside it, or below it where that leaves more room."""
        rows = list(rows)
        if max(len(term) for term, _ in rows) > self.width * 2 // 5:
            col_max = col_spacing
        super().write_dl(rows, col_max, col_spacing)


class Context(click.Context):
    """What click knows of one run."""

    formatter_class = HelpPage


class Argument(click.Argument):
    """An argument that the help describes; click itself does so since 8.5.

    Args:
        declarations: Its name, as click takes it.
        text: What it is.
        settings: What else click takes.
    """

    def __init__(self, declarations: list[str], *, text: str, **settings: Any) -> None:
        super().__init__(declarations, **settings)
        self.text = text


class Command(click.Command):
    """A subcommand.

    Args:
        settings: What click takes.
        example: A call of it, which ends the help.
        takes_codes: Whether a code may stand among its arguments: a negative one looks like an
            option, so that misspelt options are only found behind click's back.
    """

    context_class = Context

    def __init__(
        self, name: str, *, example: str, takes_codes: bool = False, **settings: Any
    ) -> None:
        super().__init__(
            name,
            context_settings={"allow_extra_args": True, "ignore_unknown_options": takes_codes},
            **settings,
        )
        # click would shorten the line of a list of commands.
        self.short_help = (self.help or "").partition("\n\n")[0].replace("\n", " ")
        self.example = example

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; what cannot be read is a mistake."""
        try:
            with _in_our_words(ctx):
                rest = super().parse_args(ctx, args)
        except click.MissingParameter as error:
            missing = (error.param and error.param.metavar) or ""
            raise ErrcodesUsageError(
                "missing-argument",
                f"{self.name} needs {missing.rstrip('.')}",
                f"for example: {self.example}",
            ) from None
        if not ctx.resilient_parsing:
            self._check(ctx, rest)
        return rest

    def _check(self, ctx: click.Context, rest: list[str]) -> None:
        """Refuse what was read as an argument and is none."""
        if rest:
            raise ErrcodesUsageError(
                "extra-argument",
                f"{self.name} has no use for {rest[0]!r}",
                f"for example: {self.example}",
            )
        if ctx.ignore_unknown_options:
            for param in self.params:
                if isinstance(param, Argument):
                    _refuse_options(ctx.params[param.name], self)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help: arguments too, and an example at the end."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        arguments = [
            (param.metavar or "", param.text)
            for param in self.params
            if isinstance(param, Argument)
        ]
        if arguments:
            with formatter.section("Arguments"):
                formatter.write_dl(arguments)
        self.format_options(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_usage(self.example, prefix="Example:")


class Group(click.Group):
    """The command that has the others."""

    context_class = Context

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names of the others, in the order in which they were added."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line up to the subcommand."""
        with _in_our_words(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand of a command line."""
        name = args[0]
        if name not in self.commands and not ctx.resilient_parsing:
            raise ErrcodesUsageError(
                "unknown-command",
                f"there is no command {name}",
                _suggest(name, self.commands, "there are {}"),
            )
        return super().resolve_command(ctx, args)


def argument(name: str, metavar: str, text: str, **settings: Any) -> Decorator:
    """Return a decorator that adds an argument.

    Args:
        name: What the function calls it.
        metavar: How the help shows it.
        text: What it is, for the help.
        settings: What else click takes.
    """
    return click.argument(name, cls=Argument, metavar=metavar, text=text, **settings)


def option(names: str, metavar: str, text: str, **settings: Any) -> Decorator:
    """Return a decorator that adds an option with a value.

    Args:
        names: ``--format -f``, and what the function calls it if that is another name.
        metavar: How the help shows the value.
        text: What it is for, for the help.
        settings: What else click takes.
    """
    return click.option(*names.split(), metavar=metavar, help=text, **settings)


def flag(names: str, text: str) -> Decorator:
    """Return a decorator that adds an option without a value; see ``option``."""
    return click.option(*names.split(), is_flag=True, help=text)


def command(
    name: str, *, example: str, takes_codes: bool = False
) -> Callable[[Callable[..., int | None]], Command]:
    """Return a decorator that makes a subcommand of a function, which returns its exit code.

    Args:
        name: What stands behind ``errcodes``.
        example: A call of it, for the help.
        takes_codes: Whether its arguments may be codes, such as ``-1121``.
    """
    return click.command(name, cls=Command, example=example, takes_codes=takes_codes)


def one_of(*words: str) -> dict[str, Any]:
    """Return the settings of an option whose value is one of some words, which shells complete."""

    def check(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
        return None if value is None else check_word(param, value, words)

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return {"callback": check, "shell_complete": complete}


def check_word(param: click.Parameter, value: str, words: Iterable[str]) -> str:
    """Return the value of an option that takes one of some words.

    Raises:
        ErrcodesUsageError: It is none of them (``option-value``).
    """
    if value in words:
        return value
    raise ErrcodesUsageError(
        "option-value",
        f"{param.opts[0]}={value} is none of {', '.join(words)}",
        _suggest(value, words, "write one of them"),
    )


@contextmanager
def _in_our_words(ctx: click.Context) -> Iterator[None]:
    """Tell what click cannot read as every other mistake is told."""
    try:
        yield
    except click.NoSuchOption as error:
        _refuse_option(error.option_name, ctx.command)
    except click.BadOptionUsage as error:
        _refuse_value(error.option_name, ctx.command)


def _refuse_options(words: Iterable[str], command: click.Command) -> None:
    """Refuse a word that begins with a hyphen and a letter, and so is no negative code."""
    for word in words:
        name = word.partition("=")[0]
        if _OPTION.match(name):
            _refuse_option(name, command)


def _refuse_option(name: str, command: click.Command) -> NoReturn:
    """Refuse an option that there is not."""
    options = [name for one in _list_options(command) for name in one.opts]
    hint = _suggest(name, [*options, "--help"], "there are {}")
    raise ErrcodesUsageError("unknown-option", f"there is no option {name}", hint) from None


def _refuse_value(name: str, command: click.Command) -> NoReturn:
    """Refuse an option without its value, or with one that it does not take."""
    found = next(one for one in _list_options(command) if name in one.opts)
    if found.is_flag:
        message, hint = f"{name} takes no value", f"write {name} alone"
    else:
        message, hint = f"{name} needs a value", f"write {name} {found.metavar}"
    raise ErrcodesUsageError("option-value", message, hint) from None


def _list_options(command: click.Command) -> list[click.Option]:
    return [param for param in command.params if isinstance(param, click.Option)]


def _suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a hint at the known word that looks most like another, or ``otherwise`` with all."""
    words = list(known)
    near = get_close_matches(word, words, n=1)
    return f"did you mean {near[0]}?" if near else otherwise.format(", ".join(words))
