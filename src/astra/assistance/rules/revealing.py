"""Which words on a paper say where somebody comes to us from? Those for trafficking, for shelters, and our own name."""

import re
from itertools import pairwise

from astra.assistance.rules.letter_words import UNSEEN, WORD, telling_words
from astra.science.script import fold_letters

PLACES = re.compile(r"^(?:astra$|astr[eiou]$|sklonist|prihvatilist|shelter|safehouse)")
PAIRS = (("sigurn", "kuc"), ("safe", "hous"), ("socijaln", "rad"), ("sos", "telefon"), ("sos", "linij"))
"""Words that say it together: “sigurna kuća”, “centar za socijalni rad”."""


def revealing_words(text: str) -> list[str]:
    """The words that a curriculum vitae or a receipt must not hold, in both scripts."""
    words = WORD.findall(UNSEEN.sub("", text))
    plain = [fold_letters(word) for word in words]
    found = telling_words(text)
    found += [word for word, folded in zip(words, plain, strict=True) if PLACES.match(folded)]
    for at, (one, other) in enumerate(pairwise(plain)):
        if any(one.startswith(first) and other.startswith(second) for first, second in PAIRS):
            found.append(" ".join(words[at : at + 2]))
    return found
