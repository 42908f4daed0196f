"""Tests of the formats of findings, one file for each."""
