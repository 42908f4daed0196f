"""The embedded catalog is the published document, to the letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pytest_errcodes.catalog import Catalog, EnvelopeShape, Section

DOCUMENT = Path(__file__).parents[1] / "data" / "ltp_document.txt"
FILE = Path(__file__).parents[2] / "pytest_errcodes" / "catalog" / "data" / "ltp.toml"


def published() -> list[tuple[str, str, list[tuple[int, str]]]]:
    """Read title, label and codes of each section out of the published document."""
    sections: list[tuple[str, str, list[tuple[int, str]]]] = []
    for line in DOCUMENT.read_text("utf-8").split("\n"):
        if heading := re.fullmatch(r"(.+) \((\w+(?: / \w+)*)\)", line):
            sections.append((heading[1], heading[2], []))
        elif row := re.fullmatch(r"(\d+)(\D.*)", line):
            sections[-1][2].append((int(row[1]), row[2]))
    return sections


def test_every_code_is_as_published(ltp: Catalog) -> None:
    """Codes and messages equal the document's, in its order."""
    rows = [row for _, _, rows in published() for row in rows]
    assert [(code, error_code.message) for code, error_code in ltp.items()] == rows
    assert len(rows) == 252


def test_every_code_is_in_the_published_section(ltp: Catalog) -> None:
    """Each section holds the codes under its heading in the document, and no others."""
    for section, (_, _, rows) in zip(ltp.sections, published(), strict=True):
        assert [found.code for found in ltp.select(section.id)] == [code for code, _ in rows]


def test_sections_have_the_published_titles_and_labels(ltp: Catalog) -> None:
    """Ids are ours; titles and labels are the document's, in its order."""
    ids = ["common", "authentication", "trading", "algo", "portfolio", "transfers", "fees"]
    ids.append("websocket")
    expected = [
        Section(id_, title, label) for id_, (title, label, _) in zip(ids, published(), strict=True)
    ]
    assert list(ltp.sections) == expected


def test_the_reader_of_the_document_misses_no_line() -> None:
    """Every line is a heading, a row, the head of a table, or blank."""
    lines = DOCUMENT.read_text("utf-8").split("\n")
    rest = sorted(line for line in lines if not re.search(r"^\d+\D|\)$", line))
    assert rest == [""] * rest.count("") + ["CodeMessage"] * 8


def test_six_templates_hold_placeholders(ltp: Catalog) -> None:
    """These six take parameters, and 401068 takes five."""
    counts = {code: len(found.template.placeholders) for code, found in ltp.items()}
    assert {code: count for code, count in counts.items() if count} == {
        401068: 5,
        401112: 1,
        401122: 1,
        401239: 1,
        401246: 1,
        401247: 1,
    }


def test_one_template_is_open_ended(ltp: Catalog) -> None:
    """Only 601004 goes on after its documented text."""
    assert [code for code, found in ltp.items() if found.open_ended] == [601004]


def test_shapes(ltp: Catalog) -> None:
    """The default shape is the document's; the WebSocket has its own."""
    default = EnvelopeShape(success=(200, 200000))
    websocket = EnvelopeShape(
        "websocket", message="msg", code_type="either", success=(0, 200, 200000)
    )
    assert ltp.shapes == (default, websocket)
    assert ltp.shape is ltp.shapes[0]


def test_every_code_is_answered_with_http_status_200(ltp: Catalog) -> None:
    """The document's spirit: the code tells the error, not the HTTP status."""
    assert {found.http_status for found in ltp.values()} == {200} == {ltp.http_status}


def test_names(ltp: Catalog) -> None:
    """The catalog says what it is and where it comes from."""
    assert (ltp.name, ltp.title, ltp.source) == ("ltp", "LTP RapidX API", "embedded")


def test_the_file_holds_one_line_a_code() -> None:
    """A reviewer reads a diff of the file as a diff of the API."""
    lines = FILE.read_text("utf-8").split("\n")
    assert sum(bool(re.match(r'\d+ = (".*"|\{ .* \})$', line)) for line in lines) == 252


@pytest.mark.parametrize("code", [401021, 401203, 400000])
def test_messages_are_not_unique(ltp: Catalog, code: int) -> None:
    """Three messages of the document belong to two codes each."""
    twins = [found.code for found in ltp.values() if found.message == ltp[code].message]
    assert (
        twins
        == {401021: [401021, 401024], 401203: [401203, 401221], 400000: [400000, 601001]}[code]
    )
