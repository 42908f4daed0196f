"""The Python module, which is run as its users would run it."""

from __future__ import annotations

import pickle
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from drawn_catalogs import catalogs
from export_checkers import complaints
from hypothesis import given, settings

from pytest_errcodes import Envelope
from pytest_errcodes.catalog import Catalog, parse_catalog
from pytest_errcodes.tools import export_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIXED = """
[envelope]
code_type = "either"
success = [0, "OK"]
[sections.a.codes]
60009 = "Login failed."
card_declined = "Declined"
"""


def module_of(catalog: Catalog) -> Any:
    """Return an exported module, run."""
    module = ModuleType("exported")
    exec(export_catalog(catalog, "python"), vars(module))
    return module


@pytest.fixture
def errors(ltp: Catalog) -> Iterator[Any]:
    """Return the module of the embedded catalog, as if it had been imported."""
    sys.modules["exported"] = module = module_of(ltp)
    yield module
    del sys.modules["exported"]


def raised(errors: Any, envelope: dict[str, Any]) -> Any:
    """Return what an envelope raises."""
    with pytest.raises(errors.ApiError) as caught:
        errors.raise_for_code(envelope)
    return caught.value


def test_every_code_raises_its_class(errors: Any, ltp: Catalog) -> None:
    """Its class is one of its section's, carries the code, and is read as an envelope."""
    classes = set()
    for code, documented in ltp.items():
        error = raised(errors, {"code": code, "message": documented.message, "data": {"id": 7}})
        assert error.code is errors.ErrorCode(code)
        assert str(error) == str(documented)
        envelope = Envelope.of(error)
        assert (envelope.code, envelope.message, envelope.data) == (
            code,
            documented.message,
            {"id": 7},
        )
        classes.add(type(error))
    assert len(classes) == 252


def test_an_error_is_one_of_its_section(errors: Any) -> None:
    """All errors of a section can be caught at once."""
    error = raised(errors, {"code": 401009, "message": "clientOrderId already exists"})
    names = [base.__name__ for base in type(error).__mro__[:3]]
    assert names == ["ClientOrderIdAlreadyExistsError", "TradingError", "ApiError"]
    assert type(error).__doc__ == "``clientOrderId already exists``"
    assert error.data is None


@pytest.mark.parametrize(
    "envelope",
    [
        {"code": 200, "message": "Success"},
        {"code": 200000, "message": "Success", "data": {}},
        {"code": "200000", "msg": "Success"},
        {"code": 0, "msg": "Success"},
    ],
)
def test_success_raises_nothing(errors: Any, envelope: dict[str, Any]) -> None:
    """A success code of the envelope's shape is no error."""
    assert errors.raise_for_code(envelope) is None
    assert errors.ApiError.from_envelope(envelope) is None


@pytest.mark.parametrize("code", [401065, "401009", 401009.0, True, None, [401009]])
def test_what_is_not_documented_is_a_plain_error(errors: Any, code: object) -> None:
    """An unknown code, or one of another type, is never swallowed."""
    error = raised(errors, {"code": code, "message": "x"})
    assert (type(error), error.code) == (errors.ApiError, code)


def test_the_shape_of_the_websocket(errors: Any) -> None:
    """A further shape has other fields, and a code may be written as a text there."""
    error = raised(errors, {"event": "error", "code": "601009", "msg": "Login failed"})
    assert type(error) is errors.LoginFailedError
    assert (error.code, error.message) == (601009, "Login failed")


def test_no_envelope(errors: Any) -> None:
    """An answer without a code is a ValueError that names the field."""
    with pytest.raises(ValueError) as caught:
        errors.raise_for_code({"error": "Bad gateway"})
    assert str(caught.value) == "not an envelope: it has no field 'code'"


def test_errors_travel_between_processes(errors: Any) -> None:
    """An error is pickled with all that it carries, as workers of a pool need it."""
    error = raised(errors, {"code": 401009, "message": "x", "data": [1]})
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.message, again.data) == (type(error), 401009, "x", [1])


def test_codes_as_texts(broker: Catalog) -> None:
    """Where codes are texts, the enum is one of texts, and a number is no code."""
    errors = module_of(broker)
    assert errors.ErrorCode.CARD_EXPIRED == "card-expired"
    error = raised(errors, {"code": "51008", "msg": "No BTC"})
    assert isinstance(error, errors.OrdersError)
    assert type(raised(errors, {"code": 51008, "msg": "No BTC"})) is errors.ApiError
    stream = raised(errors, {"errorCode": 51008, "errorText": "No BTC"})
    assert type(stream) is type(error)
    assert errors.raise_for_code({"errorCode": 0, "errorText": ""}) is None


def test_numbers_and_texts_in_one_catalog() -> None:
    """Numbers are written as texts then, and read from either."""
    catalog = parse_catalog(MIXED)
    errors = module_of(catalog)
    assert [code.value for code in errors.ErrorCode] == ["60009", "card_declined"]
    for code in (60009, "60009"):
        error = raised(errors, {"code": code, "message": "Login failed."})
        assert type(error) is errors.LoginFailedError
    assert errors.raise_for_code({"code": "0", "message": ""}) is None
    assert errors.raise_for_code({"code": "OK", "message": ""}) is None


def test_ruff_and_mypy_agree_with_it(tmp_path: Path, ltp: Catalog, broker: Catalog) -> None:
    """Whatever the catalog, the module is formatted, without a finding, and typed."""

    def write(catalog: Catalog) -> None:
        number = len(list(tmp_path.iterdir()))
        text = export_catalog(catalog, "python")
        (tmp_path / f"errors_{number}.py").write_text(text, "utf-8")

    for catalog in (ltp, broker, parse_catalog(MIXED)):
        write(catalog)
    settings(max_examples=30)(given(catalogs())(write))()
    assert complaints(tmp_path, "ruff", "format", "--diff", "--isolated", "--no-cache") == ""
    assert complaints(tmp_path, "ruff", "check", "--isolated", "--no-cache") == ""
    assert complaints(tmp_path, "mypy", "--strict") == ""


def test_many_codes_with_one_message() -> None:
    """A large catalog whose messages do not tell its codes apart has a class for each."""
    lines = "\n".join(f'{code} = "订单"' for code in range(2_000))
    catalog = parse_catalog(f"[sections.a.codes]\n{lines}\n")
    errors = module_of(catalog)
    assert errors.ErrorCode.CODE_7.value == 7
    assert type(raised(errors, {"code": 1_999, "message": "x"})) is errors.Code1999Error
