"""The telephone: what exchanges say about calls, each in its own way, comes to the one place where it is heard."""
