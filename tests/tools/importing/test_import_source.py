"""Reading the bytes of a source."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing import import_source as reading
from pytest_errcodes.tools.importing.import_source import Source, read_source

if TYPE_CHECKING:
    from pathlib import Path

LINE = "401009 clientOrderId — exists"


def refusal(path: Path | str, encoding: str | None = None) -> str:
    """Return what is said of a source that cannot be read."""
    with pytest.raises(ErrcodesUsageError) as caught:
        read_source(path, encoding)
    assert caught.value.slug == "import-source"
    return str(caught.value)


@pytest.mark.parametrize("data", [LINE.encode(), LINE.encode("utf-8-sig")])
def test_utf8_with_and_without_a_mark(tmp_path: Path, data: bytes) -> None:
    """A byte order mark is no part of the text."""
    (tmp_path / "codes.MD").write_bytes(data)
    source = read_source(tmp_path / "codes.MD")
    assert (source.text, source.suffix) == (LINE, ".md")


def test_lines_end_with_a_line_feed(tmp_path: Path) -> None:
    """Files of other systems have the same lines."""
    (tmp_path / "codes.txt").write_bytes(b"1 one\r\n2 two\r3 three\n")
    assert read_source(tmp_path / "codes.txt").text == "1 one\n2 two\n3 three\n"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads what is piped in."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINE.encode())))
    assert read_source("-") == Source("-", LINE)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gbk", "utf-8"])
def test_an_encoding_that_is_named(tmp_path: Path, encoding: str) -> None:
    """Any encoding that Python knows is read when it is named."""
    (tmp_path / "codes.txt").write_bytes("1001 参数错误\n".encode(encoding))
    assert read_source(tmp_path / "codes.txt", encoding).text == "1001 参数错误\n"


@pytest.mark.parametrize(
    ("data", "encoding", "complaint"),
    [
        (b"", None, "{} is empty\nhint: name the file that documents the codes"),
        (b" \n\xc2\xa0\n", None, "{} is empty\nhint: name the file that documents the codes"),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            None,
            "{} is no text but a binary file\nhint: save the page or table as text",
        ),
        (
            LINE.encode("utf-16"),
            None,
            "{} is UTF-16, not UTF-8\nhint: add --encoding utf-16, or save it as UTF-8",
        ),
        (
            LINE.encode("utf-32"),
            None,
            "{} is UTF-32, not UTF-8\nhint: add --encoding utf-32, or save it as UTF-8",
        ),
        (
            b"4\x000\x001\x00\n\x00",
            None,
            (
                "{} looks like UTF-16-LE, not UTF-8\n"
                "hint: add --encoding utf-16-le, or save it as UTF-8"
            ),
        ),
        (
            b"\x004\x000\x001\x00\n",
            None,
            (
                "{} looks like UTF-16-BE, not UTF-8\n"
                "hint: add --encoding utf-16-be, or save it as UTF-8"
            ),
        ),
        (
            "1 one\n1001 参数错误，请检查\n".encode("gbk"),
            None,
            (
                "{}:2: byte 0xB2 is not UTF-8; the file looks like GBK\n"
                "hint: add --encoding gbk, or save it as UTF-8"
            ),
        ),
        (
            "1 Größe\n".encode("latin-1"),
            None,
            (
                "{}:1: byte 0xF6 is not UTF-8\n"
                "hint: add --encoding with the file's encoding, or save it as UTF-8"
            ),
        ),
        (
            "1 Größe\n".encode(),
            "ascii",
            (
                "{} is not ascii: byte 0xC3 at position 4 is no text\n"
                "hint: name another encoding, or save it as UTF-8"
            ),
        ),
        (
            b"1 one\n",
            "utf-9",
            (
                "no encoding is named 'utf-9'\n"
                "hint: name one that Python knows, such as utf-8, utf-16, gbk, latin-1"
            ),
        ),
        (
            b"1 one\n",
            "base64",
            (
                "no encoding is named 'base64'\n"
                "hint: name one that Python knows, such as utf-8, utf-16, gbk, latin-1"
            ),
        ),
    ],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, encoding: str | None, complaint: str) -> None:
    """An empty, binary or otherwise encoded file is refused, with what to do."""
    path = tmp_path / "codes.txt"
    path.write_bytes(data)
    assert refusal(path, encoding) == complaint.format(path)


def test_a_folder(tmp_path: Path) -> None:
    """A folder is no file."""
    hint = "hint: name the file that documents the codes"
    assert refusal(tmp_path) == f"{tmp_path} is a folder\n{hint}"


def test_a_missing_file(tmp_path: Path) -> None:
    """A file that is not there is answered with one whose name is near."""
    (tmp_path / "codes.md").write_text("1 one")
    path, near = tmp_path / "code.md", tmp_path / "codes.md"
    assert refusal(path) == f"{path} does not exist\nhint: did you mean {near}?"
    assert (
        refusal(tmp_path / "zebra") == f"{tmp_path / 'zebra'} does not exist\nhint: check the path"
    )
    lost = tmp_path / "lost" / "codes.md"
    assert refusal(lost) == f"{lost} does not exist\nhint: there is no folder {lost.parent} either"


def test_a_path_that_cannot_be(tmp_path: Path) -> None:
    """What no path may hold is told in words."""
    assert refusal("a\0b") == (
        "a\\x00b cannot be read: its name holds a character that no path may hold\n"
        "hint: check the path"
    )


def test_a_page_of_200_megabytes(tmp_path: Path) -> None:
    """It is refused by its size, before it is read."""
    path = tmp_path / "page.html"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 200_000_000)
    assert refusal(path) == (
        f"{path} has 200 MB, more than the 50 MB that are read\n"
        "hint: save only the part that documents the codes"
    )


def test_too_much_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more is read of a pipe than of a file."""
    monkeypatch.setattr(reading, "MOST_BYTES", 4_000_000)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 4_000_001)))
    assert refusal("-") == (
        "standard input has more than the 4 MB that are read\n"
        "hint: save only the part that documents the codes"
    )
