"""Faults of a file as findings, and what it ignores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import CatalogError, load_catalog
from pytest_errcodes.tools import lint

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_errcodes.tools import Finding

BROKEN = """\
titel = "A broker's API"
[sections.a.codes]
1 = "One "
2 = two
1 = "Again"
3 = { message = "Three", open = true }
"""
DOUBLED = """\
[envelope]
code_type = "CODE_TYPE"
[sections.a.codes]
1 = "One "
1 = "Again"
[sections.b.codes]
1 = "Once more"
2 = "Two"
2.tags = ["x"]
"""


def write(folder: Path, text: str | bytes) -> Path:
    """Return a new catalog file."""
    path = folder / "my.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def lines(findings: tuple[Finding, ...]) -> list[str]:
    """Return the findings without the name of the file."""
    return [
        f"{finding.place.line}: {finding.message}; {finding.hint} [{finding.slug}]"
        for finding in findings
    ]


def test_every_fault_is_a_finding(tmp_path: Path) -> None:
    """A file that is refused has each fault told with its line; the other rules do not see it."""
    assert lines(lint(write(tmp_path, BROKEN))) == [
        "1: titel: unknown field; did you mean title? [invalid-catalog]",
        (
            "4: sections.a.codes.2: not TOML at column 5: this is no value; "
            "put a text in double quotes [invalid-catalog]"
        ),
        (
            "5: sections.a.codes.1: documented twice, first on line 3; keep one of the two "
            "[duplicate-code]"
        ),
        "6: sections.a.codes.3.open: unknown field; did you mean open_ended? [invalid-catalog]",
    ]


@pytest.mark.parametrize(("code_type", "code"), [("integer", 1), ("string", "1"), ("either", 1)])
def test_duplicate_codes(tmp_path: Path, code_type: str, code: object) -> None:
    """Where nothing else is wrong, the other rules see the first of each code."""
    text = DOUBLED.replace("CODE_TYPE", code_type).replace('2.tags = ["x"]\n', "")
    findings = lint(write(tmp_path, text))
    assert lines(findings) == [
        '4: 1 ends with a space: "One "; take the space out [stray-space]',
        (
            "5: sections.a.codes.1: documented twice, first on line 4; keep one of the two "
            "[duplicate-code]"
        ),
        (
            "7: sections.b.codes.1: documented twice, first on line 4 in section a; "
            "keep one of the two [duplicate-code]"
        ),
    ]
    assert [finding.codes for finding in findings] == [(code,)] * 3


def test_a_fault_without_a_line(tmp_path: Path) -> None:
    """What is missing from the whole file has the file for its place."""
    path = write(tmp_path, 'name = "x"\n')
    (finding,) = lint(path)
    assert str(finding) == (
        f"{path}: error: sections: the catalog holds no codes [invalid-catalog]\n"
        "  hint: write [sections.trading.codes] and under it "
        '401009 = "clientOrderId already exists"'
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        ("1 = 1".encode("utf-16"), "the file is UTF-16"),
        (b"\x89PNG", "byte 0x89 at column 1 is not UTF-8"),
    ],
)
def test_no_text(tmp_path: Path, content: bytes, message: str) -> None:
    """A file without a text has no lines to judge: it is refused."""
    with pytest.raises(CatalogError, match=message) as caught:
        lint(write(tmp_path, content))
    assert caught.value.slug == "catalog-invalid"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nope", "no catalog named 'nope' is embedded"),
        ("./nope.toml", "catalog file ./nope.toml does not exist"),
        ("FOLDER/", "catalog file FOLDER/ is a folder"),
    ],
)
def test_no_file(tmp_path: Path, source: str, message: str) -> None:
    """A catalog that is not there is told as everywhere."""
    folder = str(tmp_path)
    with pytest.raises(CatalogError) as caught:
        lint(source.replace("FOLDER", folder))
    assert caught.value.message == message.replace("FOLDER", folder)


IGNORING = """\
[lint]
ignore = [ENTRIES]
[sections.a.codes]
1 = "One  two"
2 = "Two  three"
4 = "Four"
5 = "Five"
"""
SPACES = [
    '4: 1 holds several spaces in a row: "One  two"; take the space out [stray-space]',
    '5: 2 holds several spaces in a row: "Two  three"; take the space out [stray-space]',
]
GAP = (
    "6: 3 is missing between 2 and 4; "
    "add what the API can still answer; if nothing, ignore gap:3 [gap]"
)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("", [*SPACES, GAP]),
        ('"stray-space"', [GAP]),
        ('"stray-space:2"', [SPACES[0], GAP]),
        ('"gap:3", "stray-space:a"', []),
        ('"doubled-punctuation"', [*SPACES, GAP]),  # a choice for what may still come
        (
            '"stray-space:4"',
            [
                '2: lint.ignore: "stray-space:4" hides nothing; remove the entry [unused-ignore]',
                *SPACES,
                GAP,
            ],
        ),
        (
            '"gaps:3"',
            [
                '2: lint.ignore: no rule is named "gaps"; did you mean gap? [unused-ignore]',
                *SPACES,
                GAP,
            ],
        ),
    ],
)
def test_what_the_file_ignores(tmp_path: Path, entries: str, expected: list[str]) -> None:
    """A file switches rules off, for some codes or for all; what hides nothing is told."""
    assert lines(lint(write(tmp_path, IGNORING.replace("ENTRIES", entries)))) == expected


def test_what_the_caller_ignores(tmp_path: Path) -> None:
    """What is ignored for one call adds to what the file ignores."""
    path = write(tmp_path, IGNORING.replace("ENTRIES", '"stray-space:1"'))
    assert lines(lint(path, ignore=["gap"])) == SPACES[1:]


def test_a_catalog_without_places(tmp_path: Path) -> None:
    """A catalog that is loaded has the same findings, without lines."""
    path = write(tmp_path, IGNORING.replace("ENTRIES", '"gap:3"'))
    with_lines, without = lint(path), lint(load_catalog(path))
    assert [finding.message for finding in without] == [finding.message for finding in with_lines]
    assert {str(finding.place) for finding in without} == {str(path)}


EXTENDING = """\
extends = "ltp"
[sections.trading.codes]
401009 = { tags = ["final"] }
401065 = "Invalid quoteOrderQty"
[sections.gateway.codes]
990001 = "Gateway timeout "
"""


def test_a_file_that_extends_another(tmp_path: Path) -> None:
    """What concerns a code of the file is told, in its lines; what the other holds is not."""
    assert lines(lint(write(tmp_path, EXTENDING))) == [
        (
            '4: 401021, 401024 and 401065 have one message: "Invalid quoteOrderQty"; '
            "say in each message what sets its code apart [duplicate-message]"
        ),
        '6: 990001 ends with a space: "Gateway timeout "; take the space out [stray-space]',
    ]


def test_a_duplicate_code_of_an_extension(tmp_path: Path) -> None:
    """What is refused of a file that extends another is told alone."""
    findings = lint(write(tmp_path, f'{EXTENDING}990001 = "Twice"\n'))
    assert [finding.slug for finding in findings] == ["duplicate-code"]


@pytest.mark.parametrize(
    ("extends", "line"),
    [
        ("my.toml", "1: extends: is a cycle"),
        ("nope.toml", "1: extends: catalog file FOLDER/nope.toml does not exist"),
        ("base.toml", "1: titel: unknown field"),
    ],
)
def test_a_base_that_cannot_be_used(tmp_path: Path, extends: str, line: str) -> None:
    """Without the catalog that it extends, a file cannot be judged."""
    (tmp_path / "base.toml").write_text(BROKEN)
    path = write(tmp_path, EXTENDING.replace("ltp", extends))
    with pytest.raises(CatalogError) as caught:
        lint(path)
    assert f".toml:{line.replace('FOLDER', str(tmp_path))}" in caught.value.message
