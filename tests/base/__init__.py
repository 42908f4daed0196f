"""What the base installation does; needs nothing else, so that CI runs it there."""
