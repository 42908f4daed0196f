"""How a test ends that we fail, and how one ends that skips itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_errcodes.errors import ErrcodesUsageError


def make_failure(texts: list[str]) -> BaseException:
    """Return the failure whose text is these, one below the other."""
    return pytest.fail.Exception("\n\n".join(texts), pytrace=False)


#: Whatever the class of an exception makes of the name.
_set_traceback = vars(BaseException)["__traceback__"].__set__


def drop_traceback(error: BaseException) -> None:
    """Let an exception that nobody is shown hold no frames any more."""
    _set_traceback(error, None)


def fail_in_words(mistake: ErrcodesUsageError) -> BaseException:
    """Return the failure of a test for a mistake of the user, whose text says all."""
    return make_failure([str(mistake)])


def skips(error: BaseException) -> bool:
    """Return whether an exception skips its test, in pytest's way or unittest's."""
    unittest = sys.modules.get("unittest")
    kind = type(error)  # its __class__ may say anything
    return issubclass(kind, pytest.skip.Exception) or (
        unittest is not None and issubclass(kind, unittest.SkipTest)
    )
