"""Tests of catalog files."""
