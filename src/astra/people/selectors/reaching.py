"""What must be known before anybody calls her? The rules of all her files, and what follows from where she is now."""

from collections.abc import Collection
from uuid import UUID

from astra.people.rules import whereabouts as where
from astra.people.rules.persons import Safety
from astra.people.rules.safety import together
from astra.people.sections import SAFETY, WHEREABOUTS
from astra.people.selectors.files import joined_to, kept_among
from astra.vault import selectors as vault
from astra.vault.actor import Actor


def safety_among(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, Safety]:
    """The safe-contact rules of several people, for every page with a phone number or a callback on it.

    Joined files answer together: safe contact must not depend on which of two files somebody happens to have open.
    """
    files = _files_of(person_ids)
    every = {file for found in files.values() for file in found}
    if not every:
        return {}
    read = vault.read_together(actor, every, [SAFETY, WHEREABOUTS])
    rules, now = read.opened(SAFETY), _where_they_are(read)
    found = {}
    for person_id, its in files.items():
        several = [rules[file].content for file in its if file in rules]
        whole = together(several, [now[file] for file in its if file in now])
        if not whole.is_empty:
            found[person_id] = whole
    return found


def _files_of(person_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Each person's files, the one that is kept first."""
    kept = kept_among(person_ids)
    joined = joined_to(set(kept.values()))
    return {person_id: [into, *joined.get(into, ())] for person_id, into in kept.items()}


def _where_they_are(read: vault.Reading) -> dict[UUID, str]:
    """What follows for contacting them from where they are now, as far as it is the actor's to open."""
    found = {}
    for file, opened in read.opened(WHEREABOUTS).items():
        stay = where.current(opened.content.stays)
        if stay is not None and stay.contact_rules.strip():
            found[file] = stay.contact_rules.strip()
    return found
