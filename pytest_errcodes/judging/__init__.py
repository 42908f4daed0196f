"""What was expected against what came: facts in, facts out."""
