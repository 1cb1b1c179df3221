"""What goes when a person is forgotten? Her keys, her search card, and the coded facts of her row."""

from uuid import UUID

from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.people import index
from astra.people.models import Guardianship, Joining, Person
from astra.people.selectors.joinings import joined_to, owner_of
from astra.vault.actor import Actor
from astra.vault.services.erasure import erase_owner, evict_with
from astra.vault.services.joining import take_over
from astra.vault.services.notes import forget_fruitless

DESKS = ("data_protection", "coordination")


def erase(*, actor: Actor, person_id: UUID, reason: str) -> UUID:
    """Erase a person with every file that was joined to hers; returns the erasure's id.

    `reason` is a code. What she shares with others (a call by her mother) joins the dated worklist of the vault.
    """
    actor.check_desk(*DESKS)
    person = Person.objects.filter(pk=person_id, record__erased_at=None).first()
    if person is None:
        raise NotFound
    # Two joined files are one person, confirmed or not: what the later one held belongs to the kept one, and so does
    # what somebody wrote into the later one since.
    owner = owner_of(person_id)
    for file in joined_to(owner):
        take_over(actor=actor, from_owner=file, to_owner=owner)
    erasure_id = erase_owner(actor=actor, owner_id=owner, reason=reason)
    forget_fruitless()
    return erasure_id


def forget(person_id: UUID) -> None:
    """Let go of an erased person in the index and in the coded rows; may be done twice."""
    people = Person.objects.filter(pk=person_id) | Person.objects.filter(merged_into=person_id)
    ids = list(people.values_list("pk", flat=True))
    index.evict(ids)
    Joining.objects.filter(kept__in=ids).delete()
    Joining.objects.filter(joined__in=ids).delete()
    Guardianship.objects.filter(child__in=ids).delete()
    Guardianship.objects.filter(guardian__in=ids).delete()
    Person.objects.filter(pk__in=ids).update(
        code_name="",
        code_key=None,
        sex="",
        age_band="",
        citizenship="",
        of_age_quarter=None,
        own_consent_asked_on=None,
        whereabouts="",
        whereabouts_since=None,
        card_changed_at=now(),
    )


evict_with(forget)
