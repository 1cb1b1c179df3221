"""Which file is laid out so that whoever looks where nobody has reason to look is noticed? With everybody in it."""

from uuid import UUID

from astra.cases import selectors as cases
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vault.services import decoys

NO_SUCH_CASE = msg("There is no case of this number, or it is not open to you.")
IN_OTHERS = msg("Somebody in this case is in another case too: then it is not about nobody.")


def lay_out_decoy(*, actor: Actor, number: str) -> UUID:
    """Lay a file out with the invented people in it."""
    found = cases.find_by_number(actor, number)
    if not found:
        raise Invalid(Problem("number", NO_SUCH_CASE))
    case_id = found[0]
    people = [card.id for card in cases.people_in(actor, case_id)]
    if any(others != [case_id] for others in cases.files_with(people).values()):
        raise Invalid(Problem("number", IN_OTHERS))
    decoys.lay_out(actor=actor, record_ids=[case_id, *people])
    return case_id


def take_decoy_away(*, actor: Actor, case_id: UUID) -> None:
    """It is an ordinary file again, and so are the people in it."""
    people = [card.id for card in cases.people_in(actor, case_id)]
    decoys.take_away(actor=actor, record_ids=[case_id, *people])
