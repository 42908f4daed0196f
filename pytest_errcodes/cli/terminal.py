"""The terminal that a person reads the output in: its width and its colours."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_CODES = {"bold": "1", "dim": "2", **_COLOURS}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output.

    Attributes:
        text: The line.
        style: How a terminal shows it: ``bold``, ``dim``, a colour, or two of these.
    """

    text: str
    style: str = ""


def is_terminal() -> bool:
    """Whether a person reads the output; FORCE_COLOR asks for what a person would get."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def terminal_width() -> int:
    """Return how many columns there are; where a pager takes the output, those of the keyboard."""
    import shutil

    width = 80
    for stream in (sys.__stdin__, sys.__stderr__):
        try:
            width = os.get_terminal_size(stream.fileno()).columns if stream else width
        except (OSError, ValueError):  # it is no terminal, or closed
            continue
    return shutil.get_terminal_size((width, 24)).columns


def print_lines(lines: Iterable[Line]) -> None:
    """Print lines, each in its style."""
    text = "\n".join(painted(line.text, line.style) for line in lines)
    click.echo(text, color=is_terminal())


def painted(text: str, style: str) -> str:
    """Return a text in a style, as far as there is a terminal that has it.

    Args:
        text: The text.
        style: ``bold``, ``dim``, a colour, or two of these; may be empty.
    """
    if not is_terminal() or os.environ.get("TERM") in ("dumb", "unknown"):
        return text
    has_colours = not os.environ.get("NO_COLOR")
    codes = [_CODES[word] for word in style.split() if has_colours or word not in _COLOURS]
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes else text
