"""Which codes mean success."""

from __future__ import annotations

import pytest

from pytest_errcodes.tools.importing.code_collecting import find_told_success, means_success
from pytest_errcodes.tools.importing.source_document import Prose


@pytest.mark.parametrize(
    ("message", "whether"),
    [
        ("Success", True),
        ("ok", True),
        ("Request was successful.", True),
        ("The operation succeeded", True),
        ("成功", True),
        ("请求成功", True),
        ("Success rate too low", False),
        ("Not ok", False),
        ("unsuccessful", False),
    ],
)
def test_means_success(message: str, whether: bool) -> None:
    """A message that says nothing but that all went well."""
    assert means_success(message) is whether


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A code of 200 or 200000 indicates success.", ["200", "200000"]),
        ("The code `0` means success", ["0"]),
        ("Codes 0, 1 and 2 mean a\nsuccessful request.", ["0", "1", "2"]),
        ("Code: 00000 is success", ["00000"]),
        ("A code of 500 indicates an error.", []),
        ("Success is not guaranteed for code 3.", []),
    ],
)
def test_told_success(text: str, codes: list[str]) -> None:
    """A sentence that says of codes that they mean success."""
    assert find_told_success([Prose(1, 2, text)]) == codes
