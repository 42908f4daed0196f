"""Starting the command, which needs an extra, and ending it: a mistake is told in words."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import NoReturn

from pytest_errcodes.errors import ErrcodesUsageError


def command() -> None:
    """Run as a process of its own, with the manners of one in a pipe.

    A reader that has seen enough (``| head``) ends it as it ends other commands, by SIGPIPE (141
    in a shell); an exit code of 1 would say that there are findings.
    """
    import signal

    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()


def main() -> NoReturn:
    """Run the command; a mistake of the user is told in words, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # what it cannot write, such as an em dash, ends nothing
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:  # as with >&- in a shell
        _refuse("standard output is closed")
    try:
        sys.exit(_run())
    except ErrcodesUsageError as error:
        _refuse(_in_words(error))
    except OSError as error:
        if error.filename is not None:
            raise
        sys.stdout = None  # at exit, Python would try again to write what is left
        _refuse(f"standard output cannot be written: {error.strerror}")


def _run() -> int:
    """Run what the command line asks for; return its exit code."""
    from pytest_errcodes.tools.libraries import needed_for

    with needed_for("the command"):
        from pytest_errcodes.cli.app import run
    return run()


def _in_words(error: ErrcodesUsageError) -> str:
    """Return what is told of a mistake; what to install stands on the same line."""
    if error.slug == "missing-library":
        return f"{error.message}: {error.hint}"
    return str(error)


def _refuse(text: str) -> NoReturn:
    if sys.stderr is not None:
        sys.stderr.write(f"errcodes: {text}\n")
    raise SystemExit(2) from None
