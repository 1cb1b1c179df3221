"""Which files lie out that nobody has reason to open? By number to those who may open them."""

from dataclasses import dataclass
from uuid import UUID

from astra.cases import selectors as cases
from astra.vault import selectors as vault
from astra.vault.actor import Actor


@dataclass(frozen=True)
class DecoyFile:
    """One file that lies out; without its number where the reader may not open it."""

    id: UUID
    number: str


def decoy_files(actor: Actor) -> list[DecoyFile]:
    """The files that lie out; the people in them are not named again."""
    ids = vault.decoys(actor)
    numbers, known = cases.numbers_of(ids), vault.reachable_among(actor, ids) if ids else set()
    return [DecoyFile(one, numbers[one] if one in known else "") for one in ids if one in numbers]
