"""How does what a caller said about calling her back reach her file? At once: the next colleague dials from there."""

from collections.abc import Collection
from uuid import UUID

from astra.hotline.models import Contact, ContactPerson
from astra.hotline.rules.contacts import Link, caller_owners
from astra.hotline.sections import SAFE_CONTACT, SafeContact
from astra.kernel.errors import Conflict
from astra.people import services as people
from astra.people.rules.persons import SafeRule, Safety
from astra.vault import selectors as vault
from astra.vault.actor import Actor

TRIES = 3


def carry_rules(*, actor: Actor, contact_ids: Collection[UUID]) -> None:
    """Add to the files of callers what they said in these contacts; what is known already changes nothing."""
    said = vault.open_sections(actor, contact_ids, SAFE_CONTACT)
    roles = dict(Contact.objects.filter(pk__in=said).values_list("pk", "caller_role"))
    links: dict[UUID, list[Link]] = {contact_id: [] for contact_id in said}
    for row in ContactPerson.objects.filter(contact__in=said):
        links[row.contact_id].append(Link(row.person_id, row.role))
    callers = {contact_id: caller_owners(links[contact_id], roles[contact_id]) for contact_id in said}
    mine = vault.reachable_among(actor, {person_id for its in callers.values() for person_id in its})
    for contact_id, opened in said.items():
        for person_id in mine.intersection(callers[contact_id]):
            _add(actor, person_id, safety_from(opened.content))


def _add(actor: Actor, person_id: UUID, fresh: Safety) -> None:
    """A colleague who writes her rules at the same moment must not cost us any of them."""
    for rest in reversed(range(TRIES)):
        try:
            people.add_safety(actor=actor, person_id=person_id, fresh=fresh)
        except Conflict:
            if not rest:
                raise
        else:
            return


def safety_from(safe: SafeContact) -> Safety:
    """What a caller said about calling her back, as the rules of her own file."""
    rules = [
        SafeRule(code, words)
        for code, words in (
            ("call_only_between", safe.when),
            ("code_word", safe.code_word),
            ("never_say", safe.never_say),
        )
        if words
    ]
    voicemail = {"yes": "voicemail", "no": "no_voicemail"}.get(safe.voicemail)
    return Safety(tuple([*rules, SafeRule(voicemail)] if voicemail else rules), safe.how)
