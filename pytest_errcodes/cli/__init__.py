"""The command ``errcodes``: look into a catalog from the shell."""

from __future__ import annotations

from pytest_errcodes.cli.start import command, main

__all__ = ["command", "main"]
