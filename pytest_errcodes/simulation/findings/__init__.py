"""What was wrong with requests and routes: facts, and their texts."""
