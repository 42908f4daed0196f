"""A catalog out of a run: facts of answers and exceptions in, the draft of a catalog file out."""
