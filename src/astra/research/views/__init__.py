"""The pages of the research room."""
