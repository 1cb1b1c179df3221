"""Which words does a passphrase have, and when is a typed one the same?

Six words of two open syllables, chosen by the machine: 70 syllables give 4,900 words, so six words carry 73 bits. They
can be said over the phone and typed on a Latin or a Cyrillic keyboard without diacritics.
"""

import secrets

from astra.science.script import normalise

WORDS = 6
_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
_SYLLABLES = [c + v for c in _CONSONANTS for v in _VOWELS]


def new_passphrase() -> str:
    """Return six fresh words."""
    return " ".join("".join(secrets.choice(_SYLLABLES) for _ in range(2)) for _ in range(WORDS))


def fold_passphrase(typed: str) -> str:
    """Bring a typed passphrase to one form: Latin script, small letters, single spaces."""
    return " ".join(normalise(typed).split())
