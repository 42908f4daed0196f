"""Tests of ``pytest_errcodes.catalog.linting``, one file for each group of rules."""
