"""Modules of the package are loaded by Python itself, and pytest does not complain of it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

TWICE = """
import sys
import pytest

FIRST = "pytest_errcodes.plugin.module_loading"  # it and the plugin come before it works
for _ in range(2):
    status = pytest.main(["-q", "-p", "no:cacheprovider", "-W", "error", *sys.argv[1:]])
    assert status == 0, status
names = [name for name in sorted(sys.modules) if name.startswith("pytest_errcodes.")]
loaders = {name: type(sys.modules[name].__loader__).__module__ for name in names}
others = {name for name in names if loaders[name].startswith("_pytest")}
print("OTHERS", sorted(others - {"pytest_errcodes.plugin", FIRST}), len(names) > 20)
"""


def test_pytest_reads_none_of_our_modules(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run in one process warns of no module that it could not rewrite."""
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", raising=False)
    pytester.makepyfile("""
        import pytest

        @pytest.mark.expects_code(401009)
        def test_it():
            error = RuntimeError()
            error.code, error.message = 401009, "clientOrderId already exists"
            raise error
    """)
    off = (
        "asyncio",
        "anyio",
        "pytest-retry",
        "fakefs",
        "xdist",
        "randomly",
        "pytest_httpx",
        "pytest_httpx2",
    )
    options = [word for name in off for word in ("-p", f"no:{name}")]
    done = subprocess.run(
        [sys.executable, "-c", TWICE, *options], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "OTHERS [] True" in done.stdout
