"""What a project begins with: a catalog out of a sample answer, its setting, and a first test."""
