"""The source files of a client: which are read, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_errcodes import ErrcodesUsageError
from pytest_errcodes.tools.scanning.source_files import LARGEST, source_files


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test in an empty folder."""
    monkeypatch.chdir(tmp_path)


def write(*names: str, data: bytes = b"x = 1\n") -> None:
    """Write files, with the folders above them."""
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)


def paths(*given: str) -> list[str]:
    """Return the paths of the source files, with slashes."""
    return [Path(file.path).as_posix() for file in source_files(given)]


def test_order():
    """Files come by name, in the order of the paths that were given; the path is below them."""
    write("src/b.py", "src/a.py", "src/a/z.ts", "lib/x.go")
    assert paths("src", "lib") == ["src/a/z.ts", "src/a.py", "src/b.py", "lib/x.go"]
    assert paths(".") == ["lib/x.go", "src/a/z.ts", "src/a.py", "src/b.py"]


def test_what_is_no_source():
    """Data, documents, bundles and the folders of tools are left out."""
    write("a.json", "a.yaml", "a.toml", "a.md", "a.txt", "Makefile", "app.min.js", "a.PY")
    write(
        ".git/a.py",
        ".venv/a.py",
        "node_modules/a.js",
        "build/a.py",
        "dist/a.js",
        "b/__pycache__/a.py",
    )
    write("env/pyvenv.cfg", "env/lib/a.py")
    assert paths(".") == ["a.PY"]


def test_what_is_named_itself():
    """A folder that would be left out is read where it is named."""
    write("build/a.py")
    assert paths("build") == ["build/a.py"]


def test_each_file_once():
    """A file that is named twice, or linked, is read once; a loop of links ends."""
    write("src/a.py")
    Path("src/loop").symlink_to("..")
    Path("src/b.py").symlink_to("a.py")
    Path("src/c.py").symlink_to("nowhere")
    assert paths("src", "src/a.py", ".") == ["src/a.py"]


def test_line_ends():
    """Each line ends with a line feed, whatever the file has."""
    write("a.py", data=b"a\r\nb\rc\n")
    (file,) = source_files(["a.py"])
    assert (file.text, file.fault, file.is_read) == ("a\nb\nc\n", "", True)


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.py", "é".encode("utf-8-sig"), "é"),
        ("a.py", b"# coding: latin-1\n\xe9", "# coding: latin-1\né"),
        ("a.ts", "é".encode("utf-16"), "é"),
        ("a.ts", "é".encode("utf-8-sig"), "é"),
    ],
)
def test_encodings(name: str, data: bytes, text: str):
    """A mark at the beginning tells the encoding, and in Python the line that declares it."""
    write(name, data=data)
    (file,) = source_files([name])
    assert (file.text, file.fault) == (text, "")


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.ts", b"a\n\xe9\n", "is not UTF-8: byte 0xe9 on line 2"),
        ("a.py", b"# coding: ascii\n\xe9", "is not ASCII: byte 0xe9 on line 2"),
        ("a.py", b"# coding: nope\n", "is not readable as Python: unknown encoding: nope"),
    ],
)
def test_wrong_encodings(name: str, data: bytes, fault: str):
    """What cannot be decoded is told, and read as far as it goes."""
    write(name, data=data)
    (file,) = source_files([name])
    assert (file.fault, file.is_read, len(file.text)) == (fault, True, len(data))


@pytest.mark.parametrize(
    ("data", "fault"),
    [(b"\x7fELF\0\0", "is no text"), (b" " * (LARGEST + 1), "is larger than 2 MB")],
    ids=["binary", "huge"],
)
def test_what_is_not_read(data: bytes, fault: str):
    """A binary file and a huge one are not read."""
    write("a.py", data=data)
    (file,) = source_files(["a.py"])
    assert (file.fault, file.is_read, file.text) == (fault, False, "")


def test_a_file_without_permission(monkeypatch: pytest.MonkeyPatch):
    """A file that cannot be read is told, not raised."""

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    write("src/a.py")
    monkeypatch.setattr("os.open", refuse)
    (file,) = source_files(["src"])
    assert (file.fault, file.is_read) == ("cannot be read: Permission denied", False)


def test_a_folder_without_permission(monkeypatch: pytest.MonkeyPatch):
    """A folder below that cannot be listed is as if empty."""
    iterdir = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    write("src/closed/a.py", "src/b.py")
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert paths("src") == ["src/b.py"]
    with pytest.raises(
        ErrcodesUsageError, match=r"^'src/closed' cannot be read: Permission denied\n"
    ):
        source_files(["src/closed"])


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("srx", "did you mean src?"),
        ("src/clent.py", "did you mean src/client.py?"),
        ("lib/client.py", "a relative path starts at FOLDER"),
        ("nonsense", "a relative path starts at FOLDER"),
    ],
)
def test_missing(tmp_path: Path, path: str, hint: str):
    """A path that is not there is a mistake, told before anything is read."""
    write("src/client.py")
    with pytest.raises(ErrcodesUsageError) as caught:
        source_files([".", path])
    assert (caught.value.slug, str(caught.value)) == (
        "source-missing",
        f"{path} does not exist\nhint: {hint}".replace("FOLDER", str(tmp_path)),
    )


def test_impossible_name():
    """A path that no system allows is a mistake too."""
    with pytest.raises(ErrcodesUsageError) as caught:
        source_files(["a\0b"])
    assert str(caught.value) == (
        "'a\\x00b' cannot be read: its name holds a character that no path may hold\n"
        "hint: check the path and its permissions"
    )
