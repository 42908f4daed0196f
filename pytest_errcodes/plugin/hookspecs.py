"""The hooks that a user's ``conftest.py`` may implement."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookspec(firstresult=True)
def pytest_errcodes_envelope(obj: object) -> Any:
    """Read an envelope out of an object that the plugin does not know.

    Args:
        obj: What was given to an assertion, or the exception that a test raised.

    Returns:
        Anything that ``Envelope.of`` can read, such as a mapping or an ``Envelope``; None if the
        object is not one of yours.
    """
