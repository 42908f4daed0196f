"""What a test needs beyond the suite's own requirements, and where it must be there."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest


def require(module: str, reason: str) -> None:
    """Skip the test where a module is not installed; fail it where ``MUST_RUN`` is set, as in CI.

    Args:
        module: Its name.
        reason: What installs it, and which step of CI runs the test.
    """
    if find_spec(module) is None:
        (pytest.fail if os.environ.get("MUST_RUN") else pytest.skip)(f"no {module}: {reason}")
