"""``load_catalog``: an embedded catalog by name, a user's own by path."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import CatalogError, load_catalog, parse_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE = '[sections.a.codes]\n1 = "one"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which holds ``my.toml`` and ``codes``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.toml").write_text(ONE)
    (tmp_path / "codes").write_text(ONE)
    return tmp_path


def refusal(source: str | os.PathLike[str]) -> str:
    """Return what is said of a catalog that cannot be read."""
    with pytest.raises(CatalogError) as caught:
        load_catalog(source)
    assert caught.value.slug == "catalog-missing"
    assert caught.value.mistakes == ()
    return str(caught.value)


def test_the_embedded_catalog_is_the_default() -> None:
    """Without a name it is ltp, read once."""
    assert load_catalog() is load_catalog("ltp")


@pytest.mark.parametrize(
    "source", ["my.toml", "./my.toml", "./codes", Path("my.toml"), Path("codes")]
)
def test_a_file_by_its_path(folder: Path, source: str | Path) -> None:
    """A text with a suffix or a separator is a path, and so is any path object."""
    catalog = load_catalog(source)
    assert catalog[1].message == "one"
    assert catalog.source == os.fspath(source)


def test_the_name_of_the_file_is_the_default_name(folder: Path) -> None:
    """A catalog without a name has its file's."""
    assert load_catalog("my.toml").name == "my"


def test_an_unchanged_file_is_read_once(folder: Path) -> None:
    """The same file gives the same object."""
    assert load_catalog("my.toml") is load_catalog("my.toml")


def test_a_changed_file_is_read_again(folder: Path) -> None:
    """What counts is what the file holds now."""
    before = load_catalog("my.toml")
    (folder / "my.toml").write_text(ONE.replace("one", "eleven"))
    assert (before[1].message, load_catalog("my.toml")[1].message) == ("one", "eleven")


def test_a_relative_path_is_read_where_one_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two files of one name, size and time in two folders are two catalogs."""
    other = folder / "other"
    other.mkdir()
    (other / "my.toml").write_text(ONE.replace("one", "two"))
    for path in (folder, other):
        os.utime(path / "my.toml", ns=(10**18, 10**18))
    before = load_catalog("my.toml")
    monkeypatch.chdir(other)
    assert (before[1].message, load_catalog("my.toml")[1].message) == ("one", "two")


def test_line_ends_and_byte_order_mark(folder: Path) -> None:
    """A file may come from any editor."""
    (folder / "my.toml").write_bytes(b"\xef\xbb\xbf" + ONE.replace("\n", "\r\n").encode())
    assert load_catalog("my.toml") == parse_catalog(ONE, "my.toml")


def test_a_name_that_is_not_embedded(folder: Path) -> None:
    """The embedded ones are listed, and the way to a file of one's own is shown."""
    assert refusal("lpt") == (
        "no catalog named 'lpt' is embedded\n"
        "hint: embedded: ltp; a file of your own is named by its path, such as ./lpt.toml"
    )


def test_a_name_that_is_a_file_here(folder: Path) -> None:
    """A file beside, named without a path, is pointed at."""
    assert refusal("codes") == (
        "no catalog named 'codes' is embedded\n"
        "hint: embedded: ltp; for the file codes in this folder write ./codes"
    )


def test_a_missing_file_with_a_near_name(folder: Path) -> None:
    """The name that was meant is suggested, with its folder."""
    assert refusal("mi.toml") == (
        "catalog file mi.toml does not exist\nhint: did you mean my.toml?"
    )
    assert refusal(str(folder / "me.toml")) == (
        f"catalog file {folder / 'me.toml'} does not exist\n"
        f"hint: did you mean {folder / 'my.toml'}?"
    )


def test_a_missing_file_among_others(folder: Path) -> None:
    """Where no name is near, the catalog files that there are get listed."""
    assert refusal("./errors_of_the_api") == (
        "catalog file ./errors_of_the_api does not exist\nhint: catalog files there: my.toml"
    )


def test_a_missing_file_in_an_empty_folder(folder: Path) -> None:
    """Where there is none, the folder that was looked into is named whole."""
    (folder / "empty").mkdir()
    assert refusal("empty/my.toml") == (
        "catalog file empty/my.toml does not exist\n"
        f"hint: there is no .toml file in {folder.resolve() / 'empty'}"
    )


def test_a_missing_folder(folder: Path) -> None:
    """Where the folder is missing too, the text says from where the path starts."""
    assert refusal("nowhere/my.toml") == (
        "catalog file nowhere/my.toml does not exist\n"
        f"hint: there is no folder nowhere either; a relative path starts at {Path.cwd()}"
    )


def test_a_folder(folder: Path) -> None:
    """A folder is no catalog; the files in it are listed."""
    assert refusal(folder) == (
        f"catalog file {folder} is a folder\nhint: name a file in it: {folder / 'my.toml'}"
    )
    (folder / "empty").mkdir()
    assert refusal("./empty") == (
        "catalog file ./empty is a folder\nhint: name a file in it: it holds no .toml file yet"
    )


def test_a_path_that_cannot_be_one() -> None:
    """What the system could not even look for is refused."""
    assert refusal("a\0.toml") == (
        "catalog file 'a\\x00.toml' cannot be read: "
        "its name holds a character that no path may hold\n"
        "hint: check the path and its permissions"
    )


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason of the system is told; root may read all, so the refusal is put in by hand."""
    real_open = os.open

    def refuse(path: str, *flags: int) -> int:
        if not os.fspath(path).endswith("private.toml"):
            return real_open(path, *flags)
        raise PermissionError(13, "Permission denied", os.fspath(path))

    (folder / "private.toml").write_text(ONE)
    monkeypatch.setattr(os, "open", refuse)
    assert refusal("private.toml") == (
        "catalog file 'private.toml' cannot be read: Permission denied\n"
        "hint: check the path and its permissions"
    )


def test_a_missing_file_in_a_folder_that_may_not_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Suggestions that cannot be had are left out."""
    iterdir = Path.iterdir
    (folder / "private").mkdir()

    def refuse(path: Path) -> Iterator[Path]:
        if path.name != "private":
            return iterdir(path)
        raise PermissionError(13, "Permission denied", os.fspath(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert refusal("private/my.toml") == (
        "catalog file private/my.toml does not exist\n"
        f"hint: there is no .toml file in {folder.resolve() / 'private'}"
    )


def test_a_refused_file_names_its_path(folder: Path) -> None:
    """The path stands in the error as it was given, and the file is read again next time."""
    (folder / "my.toml").write_text("name = 5\n" + ONE)
    with pytest.raises(CatalogError) as caught:
        load_catalog("./my.toml")
    assert caught.value.slug == "catalog-invalid"
    assert str(caught.value) == (
        './my.toml:1: name: is an integer, and must be a text; write name = "..."'
    )
    (folder / "my.toml").write_text(ONE)
    assert load_catalog("./my.toml")[1].message == "one"


def mistakes_of(source: str) -> str:
    """Return what is said of a catalog whose content is refused."""
    with pytest.raises(CatalogError) as caught:
        load_catalog(source)
    assert caught.value.slug == "catalog-invalid"
    return str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file")
def test_what_is_extended_is_a_regular_file_too(folder: Path) -> None:
    """A device that has no end is refused, and the line that names it is told."""
    (folder / "my.toml").write_text('extends = "/dev/zero"\n' + ONE)
    assert mistakes_of("my.toml") == (
        "my.toml:1: extends: catalog file /dev/zero is a device, no regular file; "
        "save what it holds in a file, and name that"
    )


def test_a_name_longer_than_names_can_be(folder: Path) -> None:
    """It is no embedded catalog, and looking for one does not fail."""
    name = "a" * 300
    assert refusal(name) == (
        f"no catalog named '{name}' is embedded\n"
        f"hint: embedded: ltp; a file of your own is named by its path, such as ./{name}.toml"
    )


@pytest.mark.parametrize("key", ["a" + ".a" * 20_000, '"a".' * 20_000 + "a"])
@pytest.mark.parametrize("line", ["[{}]", "{} = 1", "b = {{ {} = 1 }}"])
def test_a_key_of_very_many_parts(folder: Path, key: str, line: str) -> None:
    """It is refused before it is read, which would take minutes."""
    (folder / "my.toml").write_text(f"{ONE}\n{line.format(key)}\n")
    assert "a key has more than 100 parts" in mistakes_of("my.toml")


def test_success_codes_longer_than_codes_can_be(folder: Path) -> None:
    """An integer that Python refuses to write, or to read, is refused in words."""
    (folder / "my.toml").write_text(f"envelope.success = [0x{'f' * 5000}]\n{ONE}")
    assert mistakes_of("my.toml") == (
        "my.toml:1: envelope.success: holds a code of more than 40 digits; "
        "write the code of the document"
    )
    (folder / "my.toml").write_text(f"envelope.success = [{'9' * 5000}]\n{ONE}")
    assert mistakes_of("my.toml") == (
        "my.toml:1: envelope.success: not TOML at column 5022: an integer has more than 4,300 "
        "digits; write the one of the document"
    )
