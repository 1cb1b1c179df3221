"""The pages of the rights room."""
