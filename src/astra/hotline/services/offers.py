"""How is an offer of work checked? Begun, looked up, flags confirmed, concluded with a date, and told to the person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from astra.hotline.models import (
    OFFER_FLAG,
    OFFER_NOT_FLAG,
    OFFER_PAPER,
    OFFER_TERM,
    CheckedOrganisation,
    Contact,
    Conversation,
    OfferCheck,
    OfferCode,
)
from astra.hotline.rules import offers as rules
from astra.hotline.rules.contacts import hotline_reads_until, reading_desks
from astra.hotline.sections import OFFER, OfferLookup, OfferWords
from astra.hotline.selectors import contact_of
from astra.hotline.selectors.offers import offer_sheet, owning_talk
from astra.hotline.services.audience import Audience, note
from astra.hotline.services.owners import owners_of
from astra.hotline.services.register import add_finding
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

M = TypeVar("M", bound=Model)
NO_OFFER_WORDS = OfferWords()
REOPEN_FIRST = msg("This check is concluded. Take it up again before you change it.")


@dataclass(frozen=True)
class NewOffer:
    """An offer as it is first written down; everything may be blank."""

    coded: rules.OfferCoded
    words: OfferWords = NO_OFFER_WORDS
    contact_id: UUID | None = None
    conversation_id: UUID | None = None
    line: str = ""
    employer_id: UUID | None = None
    agency_id: UUID | None = None
    assigned_to: UUID | None = None
    key: UUID | None = None
    """Given by the form: sent twice it is one check."""


def begin_check(*, actor: Actor, offer: NewOffer) -> UUID:
    """Write an offer down to be checked and return the check; its words go to the line's readers."""
    actor.check_desk("hotline")
    if offer.key is not None and OfferCheck.objects.filter(pk=offer.key).exists():
        return offer.key
    rules.check_offer(offer.coded, line=offer.line)
    conversation = _reached(actor, Conversation, offer.conversation_id)
    contact_id = offer.contact_id or (contact_of(conversation.pk) if conversation else None)
    contact = _reached(actor, Contact, contact_id)
    sealing, audience = Sealing(actor), Audience(actor)
    record_id = sealing.new_record("offer_check", record_id=offer.key)
    row = OfferCheck(record_id=record_id, contact=contact, conversation=conversation, began_at=sealing.at)
    row.line = offer.line or (contact.line if contact else conversation.line if conversation else "")
    row.begun_by_id, row.assigned_to_id = actor.id, offer.assigned_to
    row.employer_id, row.agency_id = _organisations(offer.employer_id, offer.agency_id)
    _set_coded(row, offer.coded)
    teams = [UUID(team) for team in contact.teams] if contact else []
    sealing.list_for(record_id, [*audience.lists(row.line), *teams], at=sealing.at)
    owners = _owners(contact, conversation)
    sealing.seal(record_id, OFFER, offer.words, to=[*audience.readers(row.line), *teams], owners=owners)
    try:
        with sealing.transaction():
            row.save(force_insert=True)
            OfferCode.objects.bulk_create(_codes(record_id, offer.coded))
            note(sealing, "hotline.offer_begun", record_id)
    except IntegrityError:
        # The form arrived twice at the same moment: the other one won, and its check is this one's.
        if offer.key is not None and OfferCheck.objects.filter(pk=offer.key).exists():
            return offer.key
        raise
    return record_id


def revise_check(
    *,
    actor: Actor,
    check_id: UUID,
    coded: rules.OfferCoded,
    words: OfferWords,
    revision: int,
    employer_id: UUID | None = None,
    agency_id: UUID | None = None,
) -> None:
    """Write an offer anew; what was looked up and told stays."""
    actor.check_desk("hotline")
    rules.check_offer(coded)
    row = _open_row(actor, check_id)
    opened = vault.open_section(actor, check_id, OFFER)
    kept = opened.content
    sealing = Sealing(actor)
    whole = replace(words, remark=kept.remark, lookups=kept.lookups, answer=kept.answer)
    sealing.revise(check_id, OFFER, whole, revision=revision)
    _set_coded(row, coded)
    row.employer_id, row.agency_id = _organisations(employer_id, agency_id)
    fields = ("country", "sector", "channel", "travel_on", "employer_id", "agency_id")
    with sealing.transaction():
        _update(row, **{name: getattr(row, name) for name in fields})
        OfferCode.objects.filter(check_of=check_id, what__in=(OFFER_TERM, OFFER_PAPER)).delete()
        OfferCode.objects.bulk_create(_codes(check_id, coded))
        note(sealing, "hotline.offer_revised", check_id)


def point_to(*, actor: Actor, check_id: UUID, role: str, organisation_id: UUID | None) -> None:
    """Say which organisation of the register the employer or the agency of an offer is, or that it is none."""
    actor.check_desk("hotline")
    row = _open_row(actor, check_id)
    (found, _) = _organisations(organisation_id, None)
    sealing = Sealing(actor)
    with sealing.transaction():
        _update(row, **{"agency_id" if role == "agency" else "employer_id": found})
        note(sealing, "hotline.offer_revised", check_id)


def note_lookup(
    *, actor: Actor, check_id: UUID, lookup: OfferLookup, organisation_id: UUID | None = None, flag: str = ""
) -> None:
    """Note what was looked up; what is about an organisation also goes, dated, into the register."""
    actor.check_desk("hotline")
    rules.check_lookup(lookup.what, lookup.on, day=today())
    row = _open_row(actor, check_id)
    opened = vault.open_section(actor, check_id, OFFER)
    mine = replace(lookup, author_id=actor.id)
    sealing = Sealing(actor)
    whole = replace(opened.content, lookups=(*opened.content.lookups, mine))
    sealing.revise(check_id, OFFER, whole, revision=opened.revision)
    with transaction.atomic():
        if organisation_id is not None:
            add_finding(
                actor=actor,
                organisation_id=organisation_id,
                what=lookup.what,
                source=lookup.source,
                on=lookup.on,
                said=lookup.said,
                verdict=rules.WARNINGS if flag else rules.NONE_SO_FAR,
                flags={flag: lookup.said[:300]} if flag else {},
            )
        with sealing.transaction():
            _update(row, lookups=row.lookups + 1)
            if flag:
                _decide(check_id, {flag}, OFFER_FLAG)
            note(sealing, "hotline.offer_looked_up", check_id)


def decide_flags(
    *, actor: Actor, check_id: UUID, confirmed: Collection[str], taken_away: Collection[str], remark: str | None = None
) -> None:
    """Confirm red flags, or take away what was proposed; the counsellor decides, never the program."""
    actor.check_desk("hotline")
    rules.check_flags([*confirmed, *taken_away])
    row = _open_row(actor, check_id)
    opened = vault.open_section(actor, check_id, OFFER)
    sealing = Sealing(actor)
    if remark is not None and remark != opened.content.remark:
        sealing.revise(check_id, OFFER, replace(opened.content, remark=remark), revision=opened.revision)
    with sealing.transaction():
        _update(row)
        OfferCode.objects.filter(check_of=check_id, what__in=(OFFER_FLAG, OFFER_NOT_FLAG)).delete()
        _decide(check_id, confirmed, OFFER_FLAG)
        _decide(check_id, set(taken_away) - set(confirmed), OFFER_NOT_FLAG)
        note(sealing, "hotline.offer_flags_decided", check_id)


def conclude_check(*, actor: Actor, check_id: UUID, verdict: str) -> None:
    """End a check with one of the two verdicts, on this day."""
    actor.check_desk("hotline")
    row = _find(actor, check_id)
    state = rules.OFFER_CHECK.check(row.state, "conclude")
    sheet = offer_sheet(actor, check_id)
    rules.check_verdict(
        verdict,
        flags=sheet.line.flags,
        is_warned=sheet.is_warned,
        lookups=len(sheet.looked_up),
        undecided=len(rules.undecided(sheet.proposals, sheet.line.flags)),
    )
    sealing = Sealing(actor)
    if row.contact is not None and row.contact.joined_at is not None and sheet.words is not None:
        until = max(hotline_reads_until(row.contact.joined_at), hotline_reads_until(sealing.at))
        readers = Audience(actor).readers(row.line)
        sealing.grant(check_id, [OFFER], to=readers, until=until)
        sealing.list_for(check_id, readers, until=until)
    with sealing.transaction():
        changes = {"verdict": verdict, "concluded_on": today(), "assigned_to": row.assigned_to_id or actor.id}
        _update(row, state=state, **changes)
        note(sealing, "hotline.offer_concluded", check_id, result=verdict)


def tell_finding(*, actor: Actor, check_id: UUID, answer: str) -> None:
    """Note that the person was told, and in which words."""
    actor.check_desk("hotline")
    row = _find(actor, check_id)
    state = rules.OFFER_CHECK.check(row.state, "tell")
    opened = vault.open_section(actor, check_id, OFFER)
    sealing = Sealing(actor)
    sealing.revise(check_id, OFFER, replace(opened.content, answer=answer), revision=opened.revision)
    with sealing.transaction():
        _update(row, state=state, told_at=sealing.at)
        note(sealing, "hotline.offer_told", check_id)


def step_check(*, actor: Actor, check_id: UUID, verb: str) -> None:
    """Take a check up again (`reopen`), or leave it because nobody needs it any more (`drop`)."""
    actor.check_desk("hotline")
    row = _find(actor, check_id)
    state = rules.OFFER_CHECK.check(row.state, verb)
    sealing = Sealing(actor)
    changes: dict[str, object] = {"verdict": "", "concluded_on": None, "told_at": None} if verb == "reopen" else {}
    with sealing.transaction():
        _update(row, state=state, **changes)
        note(sealing, "hotline.offer_stepped", check_id, state=state)


def hand_check(*, actor: Actor, check_id: UUID, member_id: UUID) -> None:
    """Give a check to a colleague who reads the line, or take it oneself."""
    actor.check_desk("hotline")
    row = _find(actor, check_id)
    if member_id not in who_may_check(row.line):
        raise NotFound
    sealing = Sealing(actor)
    with sealing.transaction():
        _update(row, assigned_to=member_id)
        note(sealing, "hotline.offer_handed", check_id, to=str(member_id))


def who_may_check(line: str) -> set[UUID]:
    """The members who read a line's words, and so can work on its checks."""
    return set[UUID]().union(*(vault.workers_in(vault.desk_circle(name)) for name in reading_desks(line)))


def _find(actor: Actor, check_id: UUID) -> OfferCheck:
    vault.check_reach(actor, check_id)
    row = OfferCheck.objects.filter(pk=check_id).select_related("contact").first()
    if row is None:
        raise NotFound
    return row


def _open_row(actor: Actor, check_id: UUID) -> OfferCheck:
    row = _find(actor, check_id)
    if row.state != rules.TO_DO:
        raise NotAllowedNow(REOPEN_FIRST)
    return row


def _update(row: OfferCheck, **changes: object) -> None:
    """Write a check's row, unless somebody else did meanwhile."""
    same = OfferCheck.objects.filter(pk=row.pk, version=row.version)
    if not same.update(version=row.version + 1, **changes):
        raise Conflict(SOMEBODY_SAVED)


def _decide(check_id: UUID, flags: Iterable[str], what: str) -> None:
    rows = [OfferCode(check_of_id=check_id, what=what, code=flag) for flag in dict.fromkeys(flags)]
    OfferCode.objects.bulk_create(rows, ignore_conflicts=True)


def _set_coded(row: OfferCheck, coded: rules.OfferCoded) -> None:
    row.country, row.sector, row.channel, row.travel_on = coded.country, coded.sector, coded.channel, coded.travel_on


def _codes(check_id: UUID, coded: rules.OfferCoded) -> list[OfferCode]:
    given = [(OFFER_TERM, code) for code in coded.terms] + [(OFFER_PAPER, code) for code in coded.papers]
    return [OfferCode(check_of_id=check_id, what=what, code=code) for what, code in dict.fromkeys(given)]


def _organisations(*wanted: UUID | None) -> list[UUID | None]:
    """The organisations that are kept under these ids; one that is not in the register is refused."""
    rows = CheckedOrganisation.objects.filter(pk__in=[one for one in wanted if one]).values_list("pk", "joined_into")
    known = {pk: kept or pk for pk, kept in rows}
    if any(one is not None and one not in known for one in wanted):
        raise NotFound
    return [known[one] if one else None for one in wanted]


def _owners(contact: Contact | None, conversation: Conversation | None) -> tuple[UUID, ...]:
    """Whom an offer speaks about: the people of its contact, else the contact, else what she wrote herself."""
    if contact is not None:
        return owners_of(contact.pk)
    talk = owning_talk(conversation.pk) if conversation is not None else None
    return (talk,) if talk else ()


def _reached(actor: Actor, model: type[M], record_id: UUID | None) -> M | None:
    if record_id is None:
        return None
    vault.check_reach(actor, record_id)
    row = model._default_manager.filter(pk=record_id).first()
    if row is None:
        raise NotFound
    return row
