"""Are messages of every channel stored once, and answers sent once? Against real servers and unruly providers."""
