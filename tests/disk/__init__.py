"""Tests of the one door to files."""
