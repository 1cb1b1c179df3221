"""The vault's verbs: sealing, circles, members, erasure, recovery, emergency, rotation."""
