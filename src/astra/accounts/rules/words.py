"""How are names typed and fingerprints read aloud? Sign-in names in one form, fingerprints as six words."""

import re

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.science.script import normalise

SHORTEST, LONGEST = 3, 40
WORK_NAME_LONGEST = 60
_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
_SYLLABLES = tuple(c + v for c in _CONSONANTS for v in _VOWELS)
FINGERPRINT_WORDS = 6

NAME_TOO_SHORT = msg("A sign-in name has at least three letters or digits.")
NAME_TOO_LONG = msg("A sign-in name has at most 40 letters.")
NO_WORK_NAME = msg("Write the name under which colleagues and callers will know you.")


def fold_username(typed: str) -> str:
    """Bring a sign-in name to one form, however it was typed: Latin script, small letters, full stops between."""
    return re.sub(r" +", ".", normalise(typed))


def check_username(typed: str) -> str:
    """Return the sign-in name in its one form, or say what is wrong with it."""
    name = fold_username(typed)
    if len(name) < SHORTEST:
        raise Invalid(Problem("username", NAME_TOO_SHORT))
    if len(name) > LONGEST:
        raise Invalid(Problem("username", NAME_TOO_LONG))
    return name


def check_work_name(typed: str) -> str:
    """Return a work name without needless spaces, or say what is wrong with it."""
    name = " ".join(typed.split())
    if not name or len(name) > WORK_NAME_LONGEST:
        raise Invalid(Problem("work_name", NO_WORK_NAME))
    return name


def fingerprint_words(digest: bytes) -> str:
    """Six words for the 256-bit fingerprint of a public key (73 bits of it), to be compared by voice."""
    number = int.from_bytes(digest)
    words = []
    for _ in range(FINGERPRINT_WORDS):
        number, first = divmod(number, len(_SYLLABLES))
        number, second = divmod(number, len(_SYLLABLES))
        words.append(_SYLLABLES[first] + _SYLLABLES[second])
    return " ".join(words)
