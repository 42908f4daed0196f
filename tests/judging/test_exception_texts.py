"""Messages and parameters where an exception has no message, or one among other words."""

from __future__ import annotations

import pytest

from pytest_errcodes import assert_code

pytestmark = pytest.mark.usefixtures("context")

EXISTS = "clientOrderId already exists"
LEVERAGE = (
    "Due to exchange parameter adjustments, The maximum leverage for this symbol is {}. "
    "Please reduce the leverage ratio."
)


class ApiError(Exception):
    """An exception with whatever attributes a test gives it."""

    def __init__(self, text="", **attributes):
        super().__init__(text)
        self.__dict__.update(attributes)


@pytest.mark.parametrize(
    ("error", "params", "message"),
    [
        (ApiError(code=401009), (), None),
        (ApiError("something went wrong", code=401009), (), None),
        (ApiError(code=401009, message=f"[401009] {EXISTS}"), (), None),
        (ApiError(f"401009: {EXISTS}", code=401009, message="refused"), (), None),
        (ApiError(f"401009: {EXISTS}"), (), None),
        (ApiError("401009: Duplicate id"), (), "Duplicate id"),
        (ApiError("Duplicate id", code=401009), (), "Duplicate id"),
        (ApiError("no", code=401009, message="Sorry: Duplicate id."), (), "Duplicate id"),
        (ApiError(code=401112), (), None),
        (ApiError(LEVERAGE.format(20), code=401112), ("20",), None),
        (ApiError(f"401112: {LEVERAGE.format(20)} (POST /x)"), ("20",), None),
        (ApiError("no", code=401112, message=f"E: {LEVERAGE.format(20)}"), ("20",), None),
        (ApiError("no", code=401112, message=f"E: {LEVERAGE.format(20)}"), (), None),
    ],
)
def test_as_expected(error, params, message):
    """A code without a message is a code; what is asked for may stand among other words."""
    code = 401112 if "401112" in repr((error, vars(error))) else 401009
    assert_code(error, code, *params, message=message)


@pytest.mark.parametrize(
    ("error", "code", "params", "message"),
    [
        (ApiError(code=401009, message="something went wrong"), 401009, (), None),
        (ApiError(code=401009, message="clientOrderId already existsed"), 401009, (), None),
        (ApiError("something went wrong", code=401112), 401112, ("20",), None),
        (ApiError(LEVERAGE.format(25), code=401112), 401112, ("20",), None),
        (ApiError(code=401112), 401112, ("20",), None),
        (ApiError("401112"), 401112, ("20",), None),
        (ApiError(code=401112, message=LEVERAGE.format(25)), 401112, ("20",), None),
        (ApiError(code=401009), 401009, (), "Duplicate id"),
        (ApiError("Duplicate ids", code=401009), 401009, (), "Duplicate id"),
        ({"code": 401009}, 401009, (), None),
        ({"code": 401009, "message": f"E: {EXISTS}"}, 401009, (), None),
    ],
)
def test_not_as_expected(error, code, params, message):
    """Another message, other parameters and a text without them fail; and so does a bare answer."""
    with pytest.raises(AssertionError):
        assert_code(error, code, *params, message=message)


def test_text_without_the_parameters():
    """The failure shows the text in which the message was looked for."""
    with pytest.raises(AssertionError) as caught:
        assert_code(ApiError("something went wrong", code=401112), 401112, "20")

    assert str(caught.value) == (
        "expected the message given for 401112 in the text of ApiError, came another\n"
        "  expected  401112  Due to exchange parameter adjustments, The maximum leverage for this "
        "symbol is …\n"
        "  came      401112  something went wrong\n"
        "                    ^"
    )


def test_no_text_for_an_exact_message():
    """Where the exception has no words at all, that is what came."""
    with pytest.raises(AssertionError) as caught:
        assert_code(ApiError(code=401009), 401009, message="Duplicate id")

    assert str(caught.value) == (
        "expected the message given for 401009 in the text of ApiError, came another\n"
        "  expected  401009  Duplicate id\n"
        "  came      401009\n"
        "                    ^"
    )
