"""What is active now: what plain helper functions ask for, and what they observe."""
