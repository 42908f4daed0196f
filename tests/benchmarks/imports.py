"""Print how long importing the plugin takes, once pytest is there."""

from __future__ import annotations

import json
import time

import pytest  # noqa: F401  # what the plugin may count on

begun = time.perf_counter()
import pytest_errcodes.plugin  # noqa: E402, F401  # measured

print(json.dumps({"ms": (time.perf_counter() - begun) * 1000}))
