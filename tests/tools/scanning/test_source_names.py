"""What names in source say."""

from __future__ import annotations

import pytest

from pytest_errcodes.tools.scanning.source_names import (
    says_code,
    says_errors,
    says_message,
    words_of,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("error_code", ("error", "code")),
        ("errorCode", ("error", "code")),
        ("ERROR_CODE", ("error", "code")),
        ("HTTPCode2", ("http", "code", "2")),
        ("", ()),
    ],
)
def test_words(name: str, words: tuple[str, ...]):
    """Every way to write a name has the same words."""
    assert words_of(name) == words


@pytest.mark.parametrize("name", ["code", "errCode", "ret_code", "sCode", "RETRY_CODES"])
def test_business_codes(name: str):
    """These name business codes."""
    assert says_code(name)


@pytest.mark.parametrize(
    "name",
    [
        *("status_code", "httpCode", "exit_code", "countryCode", "decode", "codec", "x", "code_of"),
        *(
            "errno",
            "smtp_code",
            "sqlite_errorcode",
            "winerror",
            "getcode",
            "returncode",
            "zip_code",
        ),
        *("area_code", "currency_code", "lang_code", "barcode", "source_code", "keyCode"),
    ],
)
def test_other_codes(name: str):
    """These name other things."""
    assert not says_code(name)


def test_errors_and_messages():
    """Containers of errors, and texts of errors, are known by their names."""
    assert says_errors("ErrorCode")
    assert says_errors("KNOWN_ERRORS")
    assert not says_errors("StatusCodeErrors")
    assert says_message("last_msg")
    assert not says_message("path")
