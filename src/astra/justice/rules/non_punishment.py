"""When must somebody ask whether a client may be punished at all? Whenever one is the accused.

Council of Europe Convention, art. 26; Directive 2011/36/EU, art. 8: no penalty for what she was compelled to do.
"""

from collections.abc import Mapping
from uuid import UUID

ACCUSED = "accused"


def must_be_raised(roles: Mapping[UUID | None, str], before: Mapping[UUID | None, str]) -> bool:
    """Whether somebody is the accused now who was not before."""
    return any(role == ACCUSED and before.get(person) != ACCUSED for person, role in roles.items())
