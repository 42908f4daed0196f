"""Tests of ``pytest_errcodes.catalog``, one file for each noun."""
