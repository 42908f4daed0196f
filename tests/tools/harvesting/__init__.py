"""A catalog out of a run."""
