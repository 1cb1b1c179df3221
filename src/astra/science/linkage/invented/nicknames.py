"""Which listed nicknames does a given name have?

The list is that of the matcher (linkage/data/nicknames.csv) where it exists, so that invented people are called what
people are called; many invented nicknames are formed by rule instead and are on no list (`names.pet_name`).
"""


def known_nicknames(given: str) -> tuple[str, ...]:
    """Find the listed nicknames of a given name, by Serbian ear."""
    return ()
