"""Tests of ``pytest_errcodes.tools.linting``, one file for each group of rules."""
