"""Which forms does the hotline have? Typed quickly, in the reader's language, saved with three facts."""
