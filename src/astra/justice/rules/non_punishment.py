"""When must somebody ask whether a client may be punished at all? Whenever she is the accused.

Council of Europe Convention, art. 26; Directive 2011/36/EU, art. 8: no penalty for what she was compelled to do.
"""

ACCUSED = "accused"


def must_be_raised(role: str) -> bool:
    """Whether the non-punishment principle is to be raised in a proceeding in which she has this role."""
    return role == ACCUSED
