"""How is something opened when nobody can? Recovery from paper, and two officers in an emergency."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.crypto import aead, hybrid, shamir
from astra.vault.keyring import NotHeld
from astra.vault.models import Circle, EmergencyRequest, EmergencyShare, Grant, Member, Reach, Record, Section, Wall
from astra.vault.models.circles import ROOT
from astra.vault.services.founding import EMERGENCY, RECOVERY, last_resort_keyring
from astra.vault.services.keys import KeyMaker
from astra.vault.services.notes import seal_note

AGREE_WITHIN = timedelta(minutes=30)
OPEN_FOR = timedelta(hours=1)
EMERGENCY_THRESHOLD = 2
WRONG_SHARES = msg("These shares do not fit together. Check each for typing mistakes; two different ones are needed.")
NOT_AN_OFFICER = msg("Only an officer who holds a share can do this.")
SAME_OFFICER = msg("A second officer must agree; nobody can agree to her own request.")
WALLED_OFF = msg("A conflict of interest is recorded: this person may not open this.")
NOT_AN_OUTCOME = msg("Say whether it was right.")
NOT_TO_REVIEW = msg("This was not opened, or somebody has looked at it already.")
NOT_HER_OWN = msg("Somebody else looks at it: neither who asked nor who read.")
RIGHT, TOO_MUCH, WRONG = "right", "too_much", "wrong"
OUTCOMES = (RIGHT, TOO_MUCH, WRONG)
LAPSED = msg("The request has lapsed. Ask again.")


def recover(*, shares: list[bytes]) -> Actor:
    """Return an actor whose keyring opens every circle, from two of the three paper shares."""
    try:
        secret = shamir.combine(shares)
    except shamir.BadShare:
        raise Invalid(Problem("shares", WRONG_SHARES)) from None
    keyring = last_resort_keyring(RECOVERY, secret)
    actor = Actor(None, "recovery", frozenset(), keyring)
    root = Circle.objects.get(kind=ROOT, name=ROOT)
    try:
        keyring.newest(root.id)
    except NotHeld:
        raise Invalid(Problem("shares", WRONG_SHARES)) from None
    audit.record(actor_id=None, verb="vault.recovery_opened", detail={"shares": len(shares)})
    return actor


def share_emergency(*, actor: Actor, secret: bytes, officers: list[UUID]) -> None:
    """Split the emergency secret anew among officers, any two of whom can open one record."""
    pieces = shamir.split(secret, threshold=EMERGENCY_THRESHOLD, shares=len(officers))
    maker = KeyMaker(actor)
    generation = Circle.objects.get(kind=ROOT, name=EMERGENCY).current
    members = dict(Member.objects.filter(pk__in=officers).values_list("id", "circle"))
    targets = maker.targets(set(members.values()))
    with transaction.atomic():
        EmergencyShare.objects.all().delete()
        for officer, piece in zip(officers, pieces, strict=True):
            sealed = targets[members[officer]].wrap(piece, _share_context(officer))
            EmergencyShare.objects.create(member_id=officer, generation=generation, sealed=sealed)
        audit.record(actor_id=actor.id, verb="vault.emergency_shared", detail={"officers": len(officers)})


def _share_context(officer: UUID) -> bytes:
    return aead.context("astra.emergency.share.v1", officer.bytes)


def _passed_context(request: UUID, officer: UUID) -> bytes:
    return aead.context("astra.emergency.passed.v1", request.bytes, officer.bytes)


def _own_share(actor: Actor) -> tuple[UUID, bytes]:
    row = EmergencyShare.objects.filter(member=actor.id).first()
    if row is None or actor.id is None or actor.keyring.personal is None:
        raise Denied(NOT_AN_OFFICER)
    _, keys = actor.keyring.newest(actor.keyring.personal)
    return actor.id, hybrid.unwrap(keys, bytes(row.sealed), _share_context(actor.id))


def ask_emergency(*, actor: Actor, record_id: UUID, reader_id: UUID, reason: str, words: str = "") -> UUID:
    """One officer asks that one person may read one record; her share goes, sealed, to the other officers.

    `reason` is a code; what she says in `words` is sealed for data protection.
    """
    officer, share = _own_share(actor)
    if not Record.objects.filter(pk=record_id, erased_at=None).exists():
        raise NotFound
    if Wall.objects.filter(record=record_id, member=reader_id).exists():
        raise NotAllowedNow(WALLED_OFF)
    others = EmergencyShare.objects.exclude(member=actor.id).select_related("member")
    request = EmergencyRequest(
        record_id=record_id, asked_by_id=officer, reader_id=reader_id, reason=reason, lapses_at=now() + AGREE_WITHIN
    )
    targets = KeyMaker(actor).targets({row.member.circle_id for row in others})
    request.shares = {
        str(row.member_id): targets[row.member.circle_id].wrap(share, _passed_context(request.id, row.member_id)).hex()
        for row in others
    }
    sealed, commitment = seal_note(actor, words, [record_id]) if words.strip() else (b"", b"")
    with transaction.atomic():
        request.save()
        subject = selectors.pseudonyms([record_id]).get(record_id, "")
        detail: dict[str, str | int | bool] = {"reader": str(reader_id)}
        audit.record(
            actor_id=actor.id,
            verb="vault.emergency_asked",
            subjects=[subject],
            reason=reason,
            detail=detail,
            sealed=sealed,
            commitment=commitment,
        )
    return request.id


def agree_emergency(*, actor: Actor, request_id: UUID) -> None:
    """A second officer agrees: every section of the record opens to the reader for one hour."""
    request = EmergencyRequest.objects.select_related("reader").filter(pk=request_id).first()
    if request is None:
        raise NotFound
    if request.asked_by_id == actor.id:
        raise Denied(SAME_OFFICER)
    officer, own = _own_share(actor)
    passed = request.shares.get(str(officer))
    if passed is None or request.granted_at is not None or request.lapses_at < now():
        raise Denied(LAPSED)
    _, keys = actor.keyring.newest(actor.keyring.personal or request_id)
    other = hybrid.unwrap(keys, bytes.fromhex(passed), _passed_context(request.id, officer))
    opener = Actor(officer, "emergency", frozenset(), last_resort_keyring(EMERGENCY, shamir.combine([own, other])))
    _grant_for_an_hour(opener, request)


def _grant_for_an_hour(opener: Actor, request: EmergencyRequest) -> None:
    kinds = list(Section.objects.filter(record=request.record_id).values_list("kind", flat=True))
    keyed = selectors.keyed_sections(opener, [request.record_id], kinds)
    target = KeyMaker(opener).targets({request.reader.circle_id})[request.reader.circle_id]
    ends_at = now() + OPEN_FOR
    with transaction.atomic():
        for (record_id, kind), found in keyed.items():
            key_id = found.section.key_id
            bound = selectors.grant_context(record_id, kind, key_id, target.circle, target.generation)
            # What she may read without an end stays hers; what ended, or ends sooner, is given anew.
            place: dict[str, Any] = {"record_id": record_id, "kind": kind, "circle_id": target.circle}
            if not Grant.objects.filter(**place, key_id=key_id, expires_at=None).exists():
                given = {
                    "key_id": key_id,
                    "generation": target.generation,
                    "wrapped": target.wrap(found.data_key, bound),
                    "expires_at": ends_at,
                    "given_by": opener.id,
                    "at": now(),
                }
                Grant.objects.update_or_create(**place, defaults=given)
        listed: dict[str, Any] = {"record_id": request.record_id, "circle_id": target.circle}
        if not Reach.objects.filter(**listed, expires_at=None).exists():
            shown = {"kind": request.record.kind, "listed_at": now(), "expires_at": ends_at}
            Reach.objects.update_or_create(**listed, defaults=shown)
        EmergencyRequest.objects.filter(pk=request.pk).update(
            granted_by_id=opener.id, granted_at=now(), ends_at=ends_at, shares={}
        )
        subject = selectors.pseudonyms([request.record_id])[request.record_id]
        audit.record(
            actor_id=opener.id,
            verb="vault.emergency_opened",
            subjects=[subject],
            reason=request.reason,
            detail={"reader": str(request.reader_id), "sections": len(keyed)},
        )
    opener.trail.clear()


def review_emergency(*, actor: Actor, request_id: UUID, outcome: str, words: str = "") -> None:
    """Somebody who neither asked nor read looks at an opening afterwards and says what she found."""
    if outcome not in OUTCOMES:
        raise Invalid(Problem("outcome", NOT_AN_OUTCOME))
    request = EmergencyRequest.objects.filter(pk=request_id).first()
    if request is None:
        raise NotFound
    if actor.id in (None, request.asked_by_id, request.reader_id):
        raise Denied(NOT_HER_OWN)
    sealed, commitment = seal_note(actor, words, [request.record_id]) if words.strip() else (b"", b"")
    with transaction.atomic():
        waiting = EmergencyRequest.objects.filter(pk=request_id, reviewed_at=None).exclude(granted_at=None)
        if not waiting.update(reviewed_by=actor.id, reviewed_at=now(), outcome=outcome):
            raise NotAllowedNow(NOT_TO_REVIEW)
        subject = selectors.pseudonyms([request.record_id])[request.record_id]
        audit.record(
            actor_id=actor.id,
            verb="vault.emergency_reviewed",
            subjects=[subject],
            detail={"outcome": outcome},
            sealed=sealed,
            commitment=commitment,
        )


def end_emergency(*, actor: Actor, request_id: UUID) -> None:
    """An officer ends an opening before its hour is over."""
    request = EmergencyRequest.objects.select_related("reader").filter(pk=request_id, ends_at__gt=now()).first()
    if request is None:
        raise NotFound
    _own_share(actor)
    circle, ends_at = request.reader.circle_id, request.ends_at
    with transaction.atomic():
        Grant.objects.filter(record=request.record_id, circle=circle, expires_at=ends_at).delete()
        Reach.objects.filter(record=request.record_id, circle=circle, expires_at=ends_at).delete()
        Section.objects.filter(record=request.record_id).update(needs_new_key=True)
        EmergencyRequest.objects.filter(pk=request_id).update(ends_at=now())
        subject = selectors.pseudonyms([request.record_id])[request.record_id]
        audit.record(actor_id=actor.id, verb="vault.emergency_ended", subjects=[subject])
