"""Running ruff and mypy over generated files, as their users would."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def complaints(folder: Path, *command: str) -> str:
    """Return what a checker says of all files in a folder; empty if it is content."""
    done = subprocess.run(
        [sys.executable, "-m", *command, "."],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""
