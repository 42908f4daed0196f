"""Writing an output file: whole or not at all, and an existing one only if that is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pytest_errcodes.disk.file_reading import UnreadableFileError, is_folder, is_there, read_file
from pytest_errcodes.disk.file_writing import advise_on_write, write_file
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import join_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def check_output(path: str | None, *, force: bool) -> None:
    """Check early what would keep a file from being written, before any work is done.

    Raises:
        ErrcodesUsageError: It exists and is not to be replaced, or cannot be a file
            (``output-file``).
    """
    if path is None:
        return
    target = Path(path)
    if is_folder(target):
        raise _make_refusal(f"{path} is a folder", "name a file in it")
    if is_there(target) and not force:
        raise _make_refusal(
            f"{path} exists already", "add --force to replace it, or name another file"
        )
    if not is_folder(target.parent):
        raise _make_refusal(f"there is no folder {target.parent}", "make it, or name another file")


def write_output(text: str, path: str | None, *, force: bool) -> None:
    """Write a text to a file, or to standard output where none is named.

    What stood in the file stays there until all of the new text is on the disk beside it.

    Raises:
        ErrcodesUsageError: The file cannot be written (``output-file``); nothing is changed.
    """
    if path is None:
        # The same bytes as in a file: UTF-8, and the line ends that the text has.
        click.echo(text.encode(), nl=False)
        return
    check_output(path, force=force)
    target = Path(path)
    try:
        write_file(target, text.encode(), may_replace=force)
    except FileExistsError:  # it was not there when it was looked for
        raise _make_refusal(
            f"{path} exists already, written by another run meanwhile",
            "add --force to replace it, or name another file",
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{path} cannot be written: {reason}"
        raise _make_refusal(message, advise_on_write(error)) from None


def write_outputs(texts: Mapping[Path, str], *, replaced: Collection[Path], force: bool) -> None:
    """Write several files: all of them or none.

    Args:
        texts: What each is to hold.
        replaced: Those that may be there, since what is written is what they hold with additions.
        force: Whether the others may be replaced too.

    Raises:
        ErrcodesUsageError: One of them cannot be written (``output-file``); nothing is changed.
    """
    for path in texts:
        check_output(str(path), force=force or path in replaced)
    before: dict[Path, bytes | None] = {}
    for path, text in texts.items():
        try:
            before[path] = read_file(path) if is_there(path) else None
            write_file(path, text.encode(), may_replace=force or path in replaced)
        except (OSError, UnreadableFileError) as error:
            before.pop(path, None)
            left = _take_back(before)
            reason = getattr(error, "strerror", None) or str(error)
            outcome = f"and {join_words(left)} stayed written" if left else "so nothing was"
            message = f"{path} cannot be written, {outcome}: {reason}"
            raise _make_refusal(message, advise_on_write(error)) from None


def _take_back(before: Mapping[Path, bytes | None]) -> list[str]:
    """Let files hold what they held; return those of which that cannot be had."""
    left = []
    for written, data in before.items():
        try:
            written.unlink() if data is None else write_file(written, data)
        except OSError:
            left.append(str(written))
    return left


def _make_refusal(message: str, hint: str) -> ErrcodesUsageError:
    return ErrcodesUsageError("output-file", message, hint)
