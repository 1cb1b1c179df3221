"""Which pages does the hotline have? Each answers one question; every one says whose desk it belongs to."""
