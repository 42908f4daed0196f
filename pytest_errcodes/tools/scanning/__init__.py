"""Finding codes in the source of a client: Python by its syntax tree, the rest by tokens."""
