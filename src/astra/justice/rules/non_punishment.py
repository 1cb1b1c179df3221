"""When must somebody ask whether a client may be punished at all? Whenever one is the accused.

Council of Europe Convention, art. 26; Directive 2011/36/EU, art. 8: no penalty for what she was compelled to do.
"""

from collections.abc import Mapping
from uuid import UUID

ACCUSED = "accused"


def must_be_raised(roles: Mapping[UUID | None, str], before: Mapping[UUID | None, str]) -> bool:
    """Whether somebody is the accused now who was not before; what was said before it was known of whom counts."""
    known = {person for person, role in before.items() if role == ACCUSED}
    return None not in known and any(role == ACCUSED and person not in known for person, role in roles.items())
