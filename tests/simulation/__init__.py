"""Tests of ``pytest_errcodes.simulation``, one file for each noun."""
