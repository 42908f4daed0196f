"""The releases of other libraries that we know, and what is said where another one is installed.

Nothing is asked before something has gone wrong: what is installed takes a look at the disk.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from importlib import metadata
from typing import TYPE_CHECKING, NoReturn

from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What pyproject.toml says too; what is installed may say what an older one said.
KNOWN = ("pytest>=8.0,<10", "respx>=0.22,<0.24", "syrupy>=5.5.1,<8", "httpx>=0.27,<1")
_BOUND = r"(<|>=)\s*([\d.]+)"


class Needed:
    """A library that we need.

    Attributes:
        library: Its name.
        bounds: The releases that we know: ``httpx>=0.27,<1``.
        installed: The one that is installed; empty where there is none.
    """

    def __init__(self, library: str, bounds: str, installed: str) -> None:
        self.library = library
        self.bounds = bounds
        self.installed = installed

    @property
    def is_known(self) -> bool:
        """Whether the installed release is one that we know; a pre-release counts as its final."""
        return bool(self.installed) and all(
            (_read_numbers(self.installed) >= _read_numbers(bound)) == (sign == ">=")
            for sign, bound in re.findall(_BOUND, self.bounds)
        )


@contextmanager
def known_releases(who: str) -> Iterator[None]:
    """Tell of what a library lacks, where the block imports it, as a mistake that says what to do.

    Args:
        who: What needs it, as ``the fixture errcodes``.

    Raises:
        ErrcodesUsageError: A library is not installed (``missing-library``), or is not of a
            release that we know (``unknown-release``).
    """
    try:
        yield
    except Exception as error:  # a release that nobody knows may raise anything
        told = explain(who, error)
        if told is None:
            raise
        raise told from None


def explain(who: str, error: BaseException) -> ErrcodesUsageError | None:
    """Return what is wrong with the libraries, if an error came of that; else None.

    Args:
        who: What needs them.
        error: What an import has raised.
    """
    needed = list_needed()
    unknown = [one for one in needed if not one.is_known]
    if unknown:
        first = unknown[0]
        remedy = f"pip install '{first.bounds}'"
        if not first.installed:
            return ErrcodesUsageError(
                "missing-library", f"{who} needs {first.bounds}, which is not installed", remedy
            )
        return ErrcodesUsageError(
            "unknown-release",
            f"{who} needs {first.bounds}, and {first.library} {first.installed} is installed",
            remedy,
        )
    lacking = next((one for one in needed if one.library == _find_library(error)), None)
    if lacking is None:
        return None
    return ErrcodesUsageError(
        "unknown-release",
        f"{who} cannot work with {lacking.library} {lacking.installed}: {error}",
        f"install another release of {lacking.bounds}, or a newer pytest-errcodes",
    )


def refuse_older_pytest() -> NoReturn:
    """Refuse to begin a run.

    Raises:
        pytest.UsageError: pytest is older than we know.
    """
    import pytest

    told = explain("pytest-errcodes", LookupError())
    raise pytest.UsageError(
        str(told or f"pytest-errcodes does not know pytest {pytest.__version__}")
    )


def list_needed() -> list[Needed]:
    """Return the libraries that every installation needs."""
    names = [(bounds.partition(">")[0], bounds) for bounds in KNOWN]
    return [Needed(name, bounds, _find_release(name)) for name, bounds in names]


def _find_release(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def _find_library(error: BaseException) -> str:
    """Return the library that an error is about; empty if nobody knows."""
    holder = getattr(error, "obj", None)  # of an AttributeError: the object that lacks it
    name = getattr(error, "name", None) if isinstance(error, ImportError) else None
    name = name or getattr(holder, "__module__", None) or getattr(holder, "__name__", None)
    return str(name or "").partition(".")[0]


def _read_numbers(release: str) -> tuple[int, ...]:
    """Return the numbers of a release, without what follows: 1.0.dev3 is (1,)."""
    numbers = [int(number) for number in re.match(r"[\d.]*", release)[0].split(".") if number]  # type: ignore[index]  # an empty match is one
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
