"""What was wrong with requests and routes, in words."""
