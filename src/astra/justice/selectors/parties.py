"""What is each client in a proceeding?"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from astra.justice.models import Party


def roles_in(proceedings: Collection[UUID]) -> dict[UUID, dict[UUID | None, str]]:
    """The role of each client by proceeding; whoever asks has found that the actor may see those."""
    found: dict[UUID, dict[UUID | None, str]] = defaultdict(dict)
    for row in Party.objects.filter(proceeding__in=proceedings, client_mark=None).order_by("pk"):
        found[row.proceeding_id][row.person_id] = row.role
    return found
