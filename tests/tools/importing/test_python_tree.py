"""The source of a client in Python, all modules of it together; nothing is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import parse_catalog, write_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools import import_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_errcodes.tools import Imported

PROJECT = {
    "client/codes.py": (
        "from enum import IntEnum\n\n\nclass ErrorCode(IntEnum):\n"
        "    DUPLICATE = 401009\n    GONE = 401010\n    SLOW = 401011\n"
    ),
    "client/errors.py": (
        "from .codes import ErrorCode\n\n\nclass ApiError(Exception):\n    pass\n\n\n"
        'class OrderError(ApiError):\n    """An order was refused."""\n\n\n'
        "class GoneError(OrderError):\n    def __init__(self):\n"
        '        super().__init__(ErrorCode.GONE.value, "Order is gone")\n\n\n'
        'class WalletError(ApiError):\n    """The wallet is empty."""\n\n    code = 5001\n'
    ),
    "client/texts.py": 'MESSAGES = {1: "one"}\nERROR_TEXTS = {401009: "Order exists"}\n',
    "client/http.py": (
        "from .codes import ErrorCode\nfrom . import errors\n\nRETRIES = 3\nTIMES = [5, 10]\n\n\n"
        "def check(code):\n"
        "    classes = {ErrorCode.DUPLICATE: errors.OrderError, 401010: errors.OrderError}\n"
        "    if code == 401011:\n        raise errors.ApiError(code)\n"
        "    if code in classes:\n        raise classes[code]\n"
    ),
    "tests/test_codes.py": 'ERROR_TEXTS = {9: "of a test"}\n',
    "client/_vendor/other/errors.py": 'ERROR_TEXTS = {8: "of others"}\n',
    ".venv/lib/errors.py": 'ERROR_TEXTS = {7: "of others"}\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run a test in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def taken(*sources: str) -> Imported:
    """Return what comes of sources; the catalog loads again as itself."""
    found = import_catalog(list(sources))
    assert parse_catalog(write_catalog(found.catalog)) == found.catalog
    return found


def test_what_modules_say_of_one_code_is_joined(folder: Path) -> None:
    """One code, with its message from where there is one, and its exception likewise."""
    write(folder, PROJECT)
    found = taken(".")
    assert [(one.code, one.message, one.exception) for one in found.catalog.values()] == [
        (401011, "SLOW", "ApiError"),
        (401010, "Order is gone", "GoneError"),
        (5001, "WalletError", "WalletError"),
        (401009, "Order exists", "OrderError"),
    ]
    assert found.catalog[5001].description == "The wallet is empty."
    assert [section.title for section in found.catalog.sections] == [
        "codes",
        "OrderError",
        "ApiError",
        "ERROR_TEXTS",
    ]


def test_two_places_that_disagree(folder: Path) -> None:
    """The first counts, and the remark names both."""
    write(folder, PROJECT)
    assert [remark.as_text(".") for remark in taken("client").remarks] == [
        "client/codes.py:7: 401011 SLOW: has no message, so its name is taken",
        "client/errors.py:17: 5001 WalletError: has no message, so its name is taken",
        (
            "client/http.py:9: left out, OrderError for 401010, which is GoneError at "
            "client/errors.py:12 already: the first counts"
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ERRORS = {7: OrderError}\n",
        "class Client:\n    errors = {7: OrderError}\n",
        "def f():\n    return {'exceptions': {'exact': {7: OrderError}}}\n",
        "def f():\n    for code, made in [(7, OrderError)]:\n        pass\n",
        "CODES = {OrderError: 7}\n",
        "ERRORS = {(7,): (OrderError, 400)}\n",
        "def f(code):\n    if code in (7,):\n        raise OrderError('x')\n",
        "def f(body):\n    if body['code'] == 7:\n        return OrderError\n",
        "def f(code):\n    match code:\n        case 7:\n            raise OrderError\n",
        "class OrderError(Exception):\n    def __init__(self):\n        super().__init__(7)\n",
        "class OrderError(Exception):\n    def __init__(self):\n        self.code = 7\n",
        "class OrderError(Exception):\n    def __init__(self, code=7):\n        self.code = code\n",
        "class OrderError(Exception):\n    code: Literal[7]\n    code = 7\n",
    ],
)
def test_where_an_exception_stands_beside_its_code(folder: Path, text: str) -> None:
    """Tables in modules, classes and functions, conditions, and the classes themselves."""
    write(folder, {"client.py": "RETRIES = 3\n" + text})
    found = taken("client.py", "client.py")
    assert [(one.code, one.exception) for one in found.catalog.values()] == [(7, "OrderError")]


@pytest.mark.parametrize(
    "text",
    [
        'Error = Literal["no_funds", "closed"]\n',
        'class OrderErrors(StrEnum):\n    A = "no_funds"\n    B = "closed"\n',
        'ERROR_CODES = {"NO_FUNDS": "no_funds", "CLOSED": "closed"}\nERR_X = {"no_funds": "x"}\n',
    ],
)
def test_codes_that_are_words(folder: Path, text: str) -> None:
    """Types and enums list them, where their names speak of errors."""
    write(folder, {"a/client.py": text + 'Side = Literal["buy", "sell"]\nAGE_CODES = {3: "x"}\n'})
    assert "no_funds" in taken("a").catalog
    assert not {"buy", 3, "3"} & set(taken("a").catalog)


def test_http_statuses_are_no_codes_where_there_are_others(folder: Path) -> None:
    """A table of nothing else is left out, or is taken with a remark."""
    statuses = "class NotFound(Exception): ...\nERRORS = {404: NotFound, 429: NotFound}\n"
    write(folder, {"a/http.py": statuses, "b/http.py": statuses, "b/codes.py": "ERR_A = 5001\n"})
    alone, beside = taken("a"), taken("b")
    assert list(alone.catalog) == [404, 429]
    assert alone.remarks[0].as_text("a") == (
        "a/http.py:2: 404 NotFound: all codes look like HTTP statuses; they are taken, as there "
        "are no others"
    )
    assert list(beside.catalog) == [5001]


def test_a_file_that_is_no_python(folder: Path) -> None:
    """It is left out with a remark; what the others say counts."""
    write(folder, {"a/errors.py": "ERR_A = 5001  # Gone\n", "a/old.py": "print 'x'\n"})
    assert [remark.as_text("a") for remark in taken("a").remarks] == [
        (
            "a/old.py:1: left out, the file is not readable as Python: Missing parentheses in call "
            "to 'print'. Did you mean print(...)? on line 1"
        )
    ]


@pytest.mark.parametrize(
    ("sources", "text"),
    [
        (
            ["empty"],
            (
                "there is no Python in empty\n"
                "hint: name the folder of the client's source, or the file that documents the codes"
            ),
        ),
        (
            ["page.html", "empty"],
            (
                "page.html is no Python, and only that is read together with other files\n"
                "hint: import it alone, or name folders and files of Python"
            ),
        ),
    ],
)
def test_refusals(folder: Path, sources: list[str], text: str) -> None:
    """What cannot be read together says why."""
    (folder / "empty").mkdir()
    (folder / "page.html").write_text("<p>")
    with pytest.raises(ErrcodesUsageError) as caught:
        import_catalog(sources)
    assert str(caught.value) == text
