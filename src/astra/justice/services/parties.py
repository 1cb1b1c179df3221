"""What is each client of a case in a proceeding? At least one has a role there."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from astra import vocabulary
from astra.cases.selectors import clients_of
from astra.justice.models import Party, Proceeding
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

Roles: TypeAlias = Mapping[UUID | None, str]
"""A role by client; under nobody's name where the file has no client yet."""

NOBODY = msg("Say what at least one client of this case is in the proceeding.")
NOT_A_CLIENT = msg("Only clients of this case have a role here.")


def all_as(case_id: UUID, role: str) -> dict[UUID | None, str]:
    """Every client of a case in the same role; under nobody's name while there is no client."""
    clients: Sequence[UUID | None] = clients_of(case_id)
    return dict.fromkeys(clients or (None,), role)


def check_roles(case_id: UUID, roles: Roles) -> None:
    """Whether those are roles, of clients of this case."""
    if not roles:
        raise Invalid(Problem("role", NOBODY))
    if not set(roles) <= set(clients_of(case_id) or (None,)):
        raise Invalid(Problem("role", NOT_A_CLIENT))
    for role in roles.values():
        vocabulary.check("proceeding_role", role, field="role")


def write_roles(proceeding: Proceeding, roles: Roles) -> None:
    """Write who is what from now on, within the caller's transaction; an erased person's row stays as it is."""
    Party.objects.filter(proceeding=proceeding, client_mark=None).delete()
    Party.objects.bulk_create(
        Party(proceeding=proceeding, person_id=person, role=role) for person, role in roles.items()
    )
