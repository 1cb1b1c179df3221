"""How does somebody get a page of her own? In person, from a colleague who sits in the team of her case.

The page has a circle with nobody else in it, not even the last resort. Two codes are handed over: one opens it, the
other opens a page that says nothing about her. Both are shown once and kept nowhere.
"""

from collections.abc import Collection
from uuid import UUID

from astra.audit import services as audit
from astra.cases import selectors as cases
from astra.kernel.clock import now, today
from astra.kernel.errors import NotAllowedNow, NotFound
from astra.people import selectors as people
from astra.rights.entries import Codes
from astra.rights.models import OwnPage, OwnRequest, OwnVisit
from astra.rights.rules import owning as rules
from astra.rights.sections import ANSWER, ASKED, BASICS, Basics
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.crypto import aead
from astra.vault.crypto.codes import new_code as fresh_digits
from astra.vault.sections import AnyKind
from astra.vault.services.codes import keys_of
from astra.vault.services.sealing import Sealing

VISITOR = "visitor"


def give_page(
    *, actor: Actor, case_id: UUID, person_id: UUID, parts: Collection[str], name: str = "", is_in_person: bool
) -> Codes:
    """Make somebody's own page with what she chose to see there, and return the codes that are handed to her."""
    cases.get_case(actor, case_id)
    is_client = person_id in {card.id for card in cases.people_in(actor, case_id) if card.is_client}
    chosen = rules.check_giving(parts, is_in_person=is_in_person, is_client=is_client)
    if OwnPage.objects.filter(person=person_id, closed_on=None).exists():
        raise NotAllowedNow(rules.HAS_ONE)
    sealing = Sealing(actor)
    record_id = sealing.new_record("own_page")
    circle = sealing.new_circle(VISITOR, record_id=record_id, tier=VISITOR, holders=())
    secret = actor.keyring.keys(circle, 1).secret
    sealing.list_for(record_id, [circle])
    opened = people.find_identity(actor, person_id)
    languages = opened.content.languages if opened else ()
    sealing.seal(record_id, BASICS, Basics(name.strip(), tuple(languages)), to=[circle], owners=[person_id])
    row = OwnPage(record_id=record_id, person_id=person_id, case_id=case_id, circle_id=circle, given_on=today())
    row.parts = list(chosen)
    codes = _put_codes(row, secret)
    brought = _bring_along(sealing, person_id, circle)
    with sealing.transaction():
        row.save(force_insert=True)
        OwnRequest.objects.filter(pk__in=brought).update(page=row)
        names = [sealing.pseudonym(record_id), *vault.pseudonyms([person_id]).values()]
        audit.record(actor_id=actor.id, verb="rights.page_given", subjects=names, detail={"parts": len(chosen)})
    actor.keyring.forget(circle)
    return codes


def new_code(*, actor: Actor, person_id: UUID, name: str = "", is_in_person: bool) -> Codes:
    """Hand over new codes: the page with its answers is closed and begun anew, for nobody here holds its key."""
    page = _living(actor, person_id)
    case_id, parts = page.case_id, tuple(page.parts)
    rules.check_giving(parts, is_in_person=is_in_person, is_client=True)
    close_page(actor=actor, person_id=person_id)
    return give_page(
        actor=actor, case_id=case_id, person_id=person_id, parts=parts, name=name, is_in_person=is_in_person
    )


def close_page(*, actor: Actor, person_id: UUID) -> None:
    """Close somebody's page: no code opens it any more, and browsers that have it open lose it."""
    page = _living(actor, person_id)
    sealing = Sealing(actor)
    with sealing.transaction():
        OwnVisit.objects.filter(page=page.pk).delete()
        OwnPage.objects.filter(pk=page.pk).update(
            closed_on=today(), lookup=None, calm_lookup=None, wrapped=b"", code_until=None
        )
        names = list(vault.pseudonyms([page.pk, person_id]).values())
        audit.record(actor_id=actor.id, verb="rights.page_closed", subjects=names)


def _bring_along(sealing: Sealing, person_id: UUID, circle: UUID) -> list[UUID]:
    """Let her new page open what she asked before and was answered, as far as whoever gives it can open it herself."""
    ids = list(OwnRequest.objects.filter(person=person_id).values_list("pk", flat=True))
    found = sealing.read_ahead(ids, [ASKED.name, ANSWER.name]) if ids else set()
    kinds: dict[str, AnyKind] = {ASKED.name: ASKED, ANSWER.name: ANSWER}
    brought = sorted({record for record, _ in found})
    for record in brought:
        sealing.grant(record, [kinds[name] for one, name in sorted(found) if one == record], to=[circle])
        sealing.list_for(record, [circle])
    return brought


def _living(actor: Actor, person_id: UUID) -> OwnPage:
    actor.check_desk("cases")
    vault.check_reach(actor, person_id)
    page = OwnPage.objects.filter(person=person_id, closed_on=None).first()
    if page is None:
        raise NotFound
    return page


def _put_codes(row: OwnPage, secret: bytes) -> Codes:
    codes = Codes(fresh_digits(), fresh_digits())
    keys = keys_of(codes.own)
    row.lookup, row.calm_lookup = keys.lookup, keys_of(codes.calm).lookup
    row.wrapped = aead.seal(keys.wrap, secret, code_context(row.pk))
    row.code_until = now() + rules.CODE_LASTS
    return codes


def code_context(record_id: UUID) -> bytes:
    """What the seal under a code is bound to."""
    return aead.context("astra.own-page.code.v1", record_id.bytes)
