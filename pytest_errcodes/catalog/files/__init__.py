"""Catalog files: read, checked, extended, written; what is wrong with one, line by line."""
