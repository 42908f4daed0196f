"""No input falls that the stress script makes: a few of each kind, in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROPERTIES = Path(__file__).with_name("plays_as_properties.py")


def test_plays():
    """Each play passes as a property; one that falls is shown with its smallest input."""
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--noconftest")
    done = subprocess.run(
        [*command, str(PROPERTIES)],
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed in " in done.stdout.splitlines()[-1]
