"""What must the hotline let go of when somebody is erased? Who she was in which contact, and every promise to her.

That somebody called stays countable: line, kind and time of a contact lead to nobody once its words are gone.
"""

from uuid import UUID

from django.db.models import Q

from astra.hotline.models import (
    Call,
    Callback,
    CallerPlan,
    Contact,
    ContactPerson,
    Conversation,
    ConversationVisit,
    Correspondent,
    Danger,
    Draft,
    HandoverPoint,
    Interpreting,
    MeetingPoint,
    OfferCheck,
    Outgoing,
    Talk,
)
from astra.hotline.rules.calls import FORGOTTEN
from astra.hotline.rules.offers import DROPPED, WAITING_STATES
from astra.kernel.clock import now
from astra.vault.services.erasure import evict_with


def forget(record_id: UUID) -> None:
    """Let go of an erased person, or of a record of which nothing is left; may be done twice."""
    _forget_numbers(record_id)
    ContactPerson.objects.filter(person=record_id).delete()
    Callback.objects.filter(Q(pk=record_id) | Q(person=record_id)).delete()
    CallerPlan.objects.filter(Q(pk=record_id) | Q(person=record_id) | Q(contact=record_id)).delete()
    Contact.objects.filter(repeat_of=record_id).update(repeat_of=None)
    Contact.objects.filter(pk=record_id).update(
        repeat_of=None, teams=[], key=None, follow_up="", follow_up_on=None, caller_role=""
    )
    _forget_talk(record_id)
    forget_address(record_id)
    _forget_offer(record_id)
    Danger.objects.filter(contact=record_id).update(contact=None)
    Interpreting.objects.filter(Q(contact=record_id) | Q(conversation=record_id)).update(
        contact=None, conversation=None
    )
    HandoverPoint.objects.filter(subject=record_id).update(subject=None)
    HandoverPoint.objects.filter(pk=record_id, done_at=None).update(done_at=now())
    MeetingPoint.objects.filter(pk=record_id).delete()
    MeetingPoint.objects.filter(subject=record_id).update(subject=None)
    MeetingPoint.objects.filter(task=record_id).update(task=None)
    Draft.objects.filter(pk=record_id).update(people=[], is_shredded=True)
    Draft.objects.filter(pk=record_id, ended_at=None).update(ended_at=now())
    for draft in Draft.objects.filter(ended_at=None).exclude(people=[]):
        if str(record_id) in draft.people:
            Draft.objects.filter(pk=draft.pk).update(people=[one for one in draft.people if one != str(record_id)])


def _forget_numbers(record_id: UUID) -> None:
    """From which number she called goes with her: the worker destroys the keys of these within a minute."""
    hers = ContactPerson.objects.filter(person=record_id).values("contact")
    Call.objects.filter(Q(contact__in=hers) | Q(contact=record_id), number__isnull=False).update(forget_at=now())
    Call.objects.filter(number=record_id).update(number=None, caller_id=FORGOTTEN)


def _forget_talk(record_id: UUID) -> None:
    """A sitting whose keys are gone has nothing to show; with the last one nobody comes back by the code either."""
    Outgoing.objects.filter(talk=record_id).delete()
    for conversation in Talk.objects.filter(pk=record_id).values_list("conversation", flat=True):
        Talk.objects.filter(pk=record_id).update(is_hidden=True, ended_at=now(), contact=None)
        if not Talk.objects.filter(conversation=conversation, record__erased_at=None).exists():
            ConversationVisit.objects.filter(conversation=conversation).delete()
            Conversation.objects.filter(pk=conversation).update(lookup=None, wrapped=b"", code_until=None)
            Correspondent.objects.filter(conversation=conversation).update(forget_at=now(), digest=None)


def forget_address(record_id: UUID) -> None:
    """An address whose key is gone finds nobody any more, and what waited to be sent there is sent no more."""
    for row in Correspondent.objects.filter(address=record_id):
        Outgoing.objects.filter(conversation=row.pk).delete()
        Correspondent.objects.filter(pk=row.pk).update(
            address=None, digest=None, forget_at=None, reply="", reply_by=None, reply_at=None
        )


def _forget_offer(record_id: UUID) -> None:
    """That an offer was checked stays countable; where it came from, who it is about and the day of travel do not."""
    OfferCheck.objects.filter(contact=record_id).update(contact=None)
    OfferCheck.objects.filter(pk=record_id, state__in=WAITING_STATES).update(state=DROPPED)
    OfferCheck.objects.filter(pk=record_id).update(
        contact=None, conversation=None, employer=None, agency=None, travel_on=None, assigned_to=None
    )


evict_with(forget)
