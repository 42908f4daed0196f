"""What is set for pytest and for the command: where it stands, and which place decides."""
