"""What did a caller say of herself that her file does not have yet? A name given at last, another number."""

from uuid import UUID

from astra.hotline.rules.contacts import CALLER
from astra.hotline.sections import Caller
from astra.hotline.selectors.sheets import ContactSheet
from astra.people import selectors as people
from astra.people.rules.cards import phone_digits
from astra.science.script import normalise
from astra.vault.actor import Actor


def caller_of(sheet: ContactSheet) -> UUID | None:
    """The one caller of a contact who has a file."""
    callers = {link.person_id for link in sheet.line.links if link.role == CALLER}
    return callers.pop() if len(callers) == 1 else None


def not_in_file(actor: Actor, sheet: ContactSheet) -> Caller | None:
    """Name, number and address that are missing in the caller's file; None if nothing is, or it is not hers to open."""
    person_id = caller_of(sheet)
    said = sheet.caller.content if sheet.caller else None
    if person_id is None or said is None or not (said.name or said.phone or said.email):
        return None
    identity = people.find_identity(actor, person_id)
    if identity is None:
        return None
    details = people.contact_details(actor, person_id)
    entries = details.content.entries if details else ()
    names = {normalise(name.full) for name in identity.content.names}
    numbers = {phone_digits(entry.value) or entry.value for entry in entries}
    values = {entry.value.lower() for entry in entries}
    found = Caller(
        name=said.name if normalise(said.name) not in names else "",
        phone=said.phone if (phone_digits(said.phone) or said.phone) not in numbers else "",
        email=said.email if said.email.lower() not in values else "",
    )
    return found if found != Caller() else None
