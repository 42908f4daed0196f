"""Tests of what is active now."""
