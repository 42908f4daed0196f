"""Codes that the catalog lacks, asserted on purpose."""

from __future__ import annotations

import pytest

from pytest_errcodes import IsCode, assert_code, raises_code
from pytest_errcodes.errors import ErrcodesUsageError

WILD = {"code": 999999, "message": "gone wild", "data": None}


class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message


def raise_error(code=999999, message="gone wild"):
    raise ApiError(code, message)


pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize("message", [None, "gone wild", "ignore"])
def test_as_expected(message):
    """The code counts, and the message where it is given to the letter."""
    assert assert_code(WILD, 999999, undocumented=True, message=message).message == "gone wild"
    assert IsCode(999999, undocumented=True, message=message) == WILD
    with raises_code(999999, undocumented=True, message=message) as caught:
        raise_error()
    assert caught.envelope.code == 999999


def test_code_in_a_text():
    """The text of an exception may carry it, as it may a documented one."""
    with raises_code(999999, undocumented=True):
        raise ValueError("[999999] gone wild")


@pytest.mark.parametrize(
    ("came", "message", "text"),
    [
        (
            {"code": 401009, "message": "clientOrderId already exists"},
            None,
            (
                "expected 999999, came 401009\n"
                "  expected  999999  (undocumented)\n"
                "  came      401009  clientOrderId already exists\n"
                "            ^"
            ),
        ),
        (
            {"code": 999998, "message": "gone wild"},
            None,
            "",
        ),
        ({"code": "999999", "message": "gone wild"}, None, ""),
        ({"code": 200000, "message": "Success"}, None, ""),
        (WILD, "gone mild", ""),
    ],
)
def test_another_code_fails(came, message, text):
    """No other code passes for it, nor the same one in another type, nor another message."""
    with pytest.raises(AssertionError) as caught:
        assert_code(came, 999999, undocumented=True, message=message)
    if text:
        assert str(caught.value) == text
    assert came != IsCode(999999, undocumented=True, message=message)
    with pytest.raises(AssertionError), raises_code(999999, undocumented=True, message=message):
        raise_error(came["code"], came["message"])


@pytest.mark.parametrize(
    ("arguments", "options", "slug", "text"),
    [
        (
            (401009,),
            {},
            "code-is-documented",
            (
                "assert_code(..., 401009, undocumented=True): catalog 'ltp' documents "
                "401009 clientOrderId already exists\nhint: leave out undocumented=True"
            ),
        ),
        (
            ("401009",),
            {},
            "code-is-documented",
            (
                "assert_code(..., \"401009\", undocumented=True): catalog 'ltp' documents "
                "401009 clientOrderId already exists\n"
                "hint: leave out undocumented=True, and write 401009"
            ),
        ),
        (
            (200,),
            {},
            "code-is-documented",
            (
                "assert_code(..., 200, undocumented=True): 200 means success in catalog 'ltp'\n"
                "hint: leave out undocumented=True"
            ),
        ),
        (
            (999999, "p1"),
            {},
            "undocumented-without-message",
            (
                "assert_code(..., 999999, undocumented=True) has no template to fill\n"
                "hint: give the whole message: assert_code(..., 999999, undocumented=True, "
                "message='what the API says')"
            ),
        ),
        (
            (999999,),
            {"message": "template"},
            "undocumented-without-message",
            (
                "assert_code(..., 999999, undocumented=True) has no template to judge the "
                "message by\n"
                "hint: give the whole message: assert_code(..., 999999, undocumented=True, "
                "message='what the API says')"
            ),
        ),
        (
            (True,),
            {},
            "code-type",
            (
                "assert_code(..., True, undocumented=True): a code is an integer or text\n"
                "hint: write a code such as 400000"
            ),
        ),
    ],
)
def test_mistakes(arguments, options, slug, text):
    """What the catalog documents, and what only a template can judge, is refused."""
    with pytest.raises(ErrcodesUsageError) as caught:
        assert_code(WILD, *arguments, undocumented=True, **options)
    assert (caught.value.slug, str(caught.value)) == (slug, text)


@pytest.mark.parametrize("helper", [raises_code, IsCode])
def test_its_name_in_mistakes(helper):
    """The text names the helper that was called."""
    with pytest.raises(ErrcodesUsageError) as caught:
        matcher = helper(401009, undocumented=True)
        del matcher
    assert str(caught.value).partition(":")[0] == f"{helper.__name__}(401009, undocumented=True)"


def test_repr():
    """What a matcher was told stands in its repr."""
    matcher = IsCode(999999, undocumented=True)
    assert repr(matcher) == "IsCode(999999, undocumented=True)"
