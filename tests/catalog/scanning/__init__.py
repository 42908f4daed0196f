"""Tests of ``pytest_errcodes.catalog.scanning``, one file for each rule and each way to read."""
