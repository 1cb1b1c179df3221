"""The bell: sockets that say "look again" and nothing else. No key, no word, no name passes through here."""
