"""Files that commands write: whole or not at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.cli import files
from pytest_errcodes.cli.files import write_output
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pathlib import Path


def refusal(path: Path, *, force: bool = False) -> str:
    """Return what is said of a file that is not written."""
    with pytest.raises(ErrcodesUsageError) as caught:
        write_output("new", str(path), force=force)
    assert caught.value.slug == "output-file"
    return str(caught.value)


def test_a_new_file(tmp_path: Path) -> None:
    """It holds the text in UTF-8, and nothing else is left in its folder."""
    write_output("— new\n", str(tmp_path / "my.toml"), force=False)
    assert (tmp_path / "my.toml").read_bytes() == "— new\n".encode()
    assert list(tmp_path.iterdir()) == [tmp_path / "my.toml"]


def test_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file, the text is printed as it is."""
    write_output("new", None, force=False)
    assert capsys.readouterr().out == "new"


def test_an_existing_file_is_replaced_only_with_force(tmp_path: Path) -> None:
    """Its permissions stay, and a link stays a link."""
    path, link = tmp_path / "my.toml", tmp_path / "link.toml"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    hint = "hint: add --force to replace it, or name another file"
    assert refusal(link) == f"{link} exists already\n{hint}"
    assert path.read_text() == "old"
    write_output("new", str(link), force=True)
    assert (path.read_text(), link.is_symlink(), path.stat().st_mode & 0o777) == (
        "new",
        True,
        0o640,
    )


def test_a_file_that_comes_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two commands at once, the second says that the first has written the file."""
    path = tmp_path / "my.toml"
    monkeypatch.setattr(files, "check_output", lambda *_, **__: path.write_text("other"))
    assert refusal(path) == (
        f"{path} exists already, written by another run meanwhile\n"
        "hint: add --force to replace it, or name another file"
    )
    assert path.read_text() == "other"


def test_files_that_cannot_be_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of several cannot be written, those are named that stay."""
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    write = files.write_file

    def fill_the_disk(path: Path, data: bytes, **options: bool) -> None:
        if path == second:
            first.unlink()
            first.mkdir()  # so that it cannot be unlinked
            raise OSError(28, "No space left on device")
        write(path, data, **options)

    monkeypatch.setattr(files, "write_file", fill_the_disk)
    with pytest.raises(ErrcodesUsageError) as caught:
        files.write_outputs({first: "1", second: "2"}, replaced=(), force=False)
    assert str(caught.value) == (
        f"{second} cannot be written, and {first} stayed written: No space left on device\n"
        "hint: make room on the disk, or name a file on another"
    )


def test_a_folder(tmp_path: Path) -> None:
    """A folder is no file, whatever is forced."""
    assert refusal(tmp_path, force=True) == f"{tmp_path} is a folder\nhint: name a file in it"


def test_a_missing_folder(tmp_path: Path) -> None:
    """A folder is not made on the way."""
    assert refusal(tmp_path / "no" / "my.toml") == (
        f"there is no folder {tmp_path / 'no'}\nhint: make it, or name another file"
    )


def test_what_cannot_be_written_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full, the old file stays, and no half of the new one."""
    path = tmp_path / "my.toml"
    path.write_text("old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert refusal(path, force=True) == (
        f"{path} cannot be written: No space left on device\n"
        "hint: make room on the disk, or name a file on another"
    )
    assert (list(tmp_path.iterdir()), path.read_text()) == ([path], "old")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such permissions on Windows")
def test_the_permissions_of_a_new_file(tmp_path: Path) -> None:
    """They are those that any program would give it."""
    (tmp_path / "other").touch()
    write_output("new", str(tmp_path / "my.toml"), force=False)
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1
