"""Which circles were made at set-up: the desks', and those of last resort? Asked once by each process.

They stay what they are as long as the installation, and every page needs them.
"""

from uuid import UUID

from astra.vault.models import Circle
from astra.vault.models.circles import DESK, ROOT

_FOUNDED: dict[str, tuple[str, UUID]] = {}


def founded() -> dict[str, tuple[str, UUID]]:
    """Kind and id of each, by name; empty before set-up."""
    if not _FOUNDED:
        rows = Circle.objects.filter(kind__in=(DESK, ROOT)).values_list("name", "kind", "id")
        _FOUNDED.update({name: (kind, circle) for name, kind, circle in rows})
    return _FOUNDED


def ask_again() -> None:
    """Another installation has been founded or opened in this process: its circles are others."""
    _FOUNDED.clear()
