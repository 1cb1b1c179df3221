"""Proceedings, hearings, deadlines, compensation, letters: the long trials on the way."""
