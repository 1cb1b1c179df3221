"""What is asked for: years."""
