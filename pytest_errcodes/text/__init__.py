"""How values stand in a text for people."""
