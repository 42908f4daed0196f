"""Finding what is odd about a catalog: one group of rules a file."""

from __future__ import annotations

from pytest_errcodes.tools.linting.linter import LINT_RULES, lint

__all__ = ["LINT_RULES", "lint"]
