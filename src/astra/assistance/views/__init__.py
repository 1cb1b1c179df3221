"""The pages of the assistance room."""
