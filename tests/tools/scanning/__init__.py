"""Tests of ``pytest_errcodes.tools.scanning``, one file for each rule and each way to read."""
