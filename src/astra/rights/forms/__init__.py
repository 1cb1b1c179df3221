"""The forms of the rights room."""
