"""Snapshots of envelopes through syrupy."""
