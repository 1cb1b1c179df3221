"""What holds for consent: who may give it, what it covers, until when, and what goes before it. No Django."""
