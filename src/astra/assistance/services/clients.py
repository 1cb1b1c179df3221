"""For which client of a case is something written down? A case with one client needs no name."""

from uuid import UUID

from astra.cases.selectors import clients_of
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

WHOSE = msg("Choose for which client of this case it is.")


def whose(case_id: UUID, person_id: UUID | None) -> UUID:
    """The client that was named, or the only one."""
    clients = clients_of(case_id)
    if person_id is None and len(clients) == 1:
        return clients[0]
    if person_id is None or person_id not in clients:
        raise Invalid(Problem("person_id", WHOSE))
    return person_id
