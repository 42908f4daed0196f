"""The hooks that a user's ``conftest.py`` may implement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.simulation.adapters.table import Row


def __dir__() -> list[str]:
    """List the hooks alone: pluggy asks much of each name that stands here."""
    return [name for name in globals() if name.startswith("pytest_errcodes")]


@pytest.hookspec(firstresult=True)
def pytest_errcodes_envelope(obj: object) -> Any:
    """Read an envelope out of an object that the plugin does not know.

    Args:
        obj: What was given to an assertion, or the exception that a test raised.

    Returns:
        Anything that ``Envelope.of`` can read, such as a mapping or an ``Envelope``; None if the
        object is not one of yours.
    """


@pytest.hookspec
def pytest_errcodes_adapters() -> Iterable[Row]:  # type: ignore[empty-body]  # pluggy's own way to say what a hook returns
    """Name adapters for HTTP libraries that the plugin does not know.

    Returns:
        A row for each: the library, as it is imported, the module that has the adapter, and the
        name of its class there.
    """
