"""Tests of assertions."""
