"""Tests of what a project begins with."""
