"""What must be known before anybody calls her? The rules of all her files, and what follows from where she is now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from astra.people.rules import whereabouts as where
from astra.people.rules.persons import ContactDetail, Safety
from astra.people.rules.safety import together
from astra.people.sections import CARD, CONTACT_DETAILS, SAFETY, WHEREABOUTS
from astra.people.selectors.files import Files, PersonFacts, facts_among
from astra.people.selectors.joinings import safety_files
from astra.vault import selectors as vault
from astra.vault.actor import Actor


def safety_among(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, Safety]:
    """The safe-contact rules of several people, for every page with a phone number or a callback on it.

    Joined files answer together, confirmed or not: safe contact must not depend on which of two files somebody happens
    to have open, and safety never waits. It can, as the rules are sealed to the safety circle.
    """
    files = safety_files(person_ids)
    every = {file for its in files.values() for file in (its.kept, *its.joined)}
    return _together(files, [vault.read_together(actor, every, [SAFETY, WHEREABOUTS])]) if every else {}


def may_be_called(person_id: UUID) -> bool:
    """Whether callbacks to this person go on: a death stops them. Joined files answer together, confirmed or not."""
    return person_id not in stopped_among([person_id])


def stopped_among(person_ids: Collection[UUID]) -> set[UUID]:
    """Those of several people whom nobody calls any more."""
    return {person_id for person_id, its in safety_files(person_ids).items() if its.is_stopped}


@dataclass(frozen=True)
class Known:
    """What stands of somebody beside a case or a plan: who she is, how she is reached and how she is not."""

    facts: PersonFacts
    name: str
    safety: Safety | None
    details: tuple[ContactDetail, ...]
    may_be_called: bool


def known_among(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, Known]:
    """Those of several people whom the actor may know of; everything is read in one go."""
    facts = facts_among(actor, person_ids)
    files = safety_files(facts)
    further = {file for its in files.values() for file in (its.kept, *its.joined)} - facts.keys()
    hers = vault.read_together(actor, list(facts), [CARD, SAFETY, WHEREABOUTS, CONTACT_DETAILS])
    joined = [vault.read_together(actor, further, [SAFETY, WHEREABOUTS])] if further else []
    cards, details, rules = hers.opened(CARD), hers.opened(CONTACT_DETAILS), _together(files, [hers, *joined])
    return {
        one: Known(
            facts=its,
            name=cards[one].content.display_name if one in cards else its.code_name,
            safety=rules.get(one),
            details=details[one].content.entries if one in details else (),
            may_be_called=not files[one].is_stopped,
        )
        for one, its in facts.items()
    }


def _together(files: Mapping[UUID, Files], read: Collection[vault.Reading]) -> dict[UUID, Safety]:
    rules = {file: opened.content for part in read for file, opened in part.opened(SAFETY).items()}
    now = {file: said for part in read for file, said in _where_they_are(part).items()}
    found = {}
    for person_id, its in files.items():
        every = (its.kept, *its.joined)
        whole = together([rules[file] for file in every if file in rules], [now[file] for file in every if file in now])
        if not whole.is_empty:
            found[person_id] = whole
    return found


def _where_they_are(read: vault.Reading) -> dict[UUID, str]:
    """What follows for contacting them from where they are now, as far as it is the actor's to open."""
    found = {}
    for file, opened in read.opened(WHEREABOUTS).items():
        stay = where.current(opened.content.stays)
        if stay is not None and stay.contact_rules.strip():
            found[file] = stay.contact_rules.strip()
    return found
