"""How does somebody open her keys? Passphrases, the personal secret, and leaving.

There is no password hash: a passphrase is right if it opens the personal secret. Argon2id with 64 MiB is run at most
twice at a time, so that a flood of guesses cannot take the machine's memory.
"""

import threading
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.conf import settings
from django.db import transaction

from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.vault.actor import Actor
from astra.vault.crypto import aead
from astra.vault.crypto.hybrid import CircleKeys
from astra.vault.crypto.passphrase import fold_passphrase
from astra.vault.keyring import Keyring
from astra.vault.models import Circle, EmergencyShare, Generation, Member, Membership
from astra.vault.models.circles import PERSON
from astra.vault.services import circles, ledger
from astra.vault.services.keys import KeyMaker, NewCircle, public_context

SALT_BYTES = 16
WORK_FACTOR = "argon2id:65536:3"
CHEAP_WORK_FACTOR = "argon2id:64:1"
_AT_ONCE = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class OpenedMember:
    """A personal secret that a passphrase opened."""

    member_id: UUID
    circle_id: UUID
    generation: int
    secret: bytes

    def keyring(self) -> Keyring:
        """Begin a visit's keyring from the personal secret."""
        return Keyring(self.circle_id, self.generation, self.secret)


def work_factor() -> str:
    """The derivation's parameters for new wraps; cheap only where tests say so (refused by `astra serve`)."""
    return CHEAP_WORK_FACTOR if settings.ENV.has_cheap_keys else WORK_FACTOR


def passphrase_key(passphrase: str, salt: bytes, factor: str) -> bytes:
    """Derive the wrapping key of a passphrase, however it was typed (script, capitals, spaces)."""
    _, memory, rounds = factor.split(":")
    with _AT_ONCE:
        derivation = Argon2id(salt=salt, length=32, iterations=int(rounds), lanes=1, memory_cost=int(memory))
        return derivation.derive(fold_passphrase(passphrase).encode())


def _wrap_context(member_id: UUID, generation: int) -> bytes:
    return aead.context("astra.member.v1", member_id.bytes, generation)


def new_member(maker: KeyMaker, passphrase: str) -> tuple[Member, NewCircle]:
    """Make a person's circle and its passphrase wrap in memory."""
    circle = maker.new_circle(PERSON, PERSON)
    member = Member(id=new_id(), circle=circle.row, salt=aead.new_key()[:SALT_BYTES], work_factor=work_factor())
    key = passphrase_key(passphrase, bytes(member.salt), member.work_factor)
    member.wrapped = aead.seal(key, circle.keys.secret, _wrap_context(member.id, 1))
    return member, circle


def create_member(*, actor: Actor, passphrase: str) -> OpenedMember:
    """Create a person who works here; she sits in no circle but her own until a member admits her."""
    member, circle = new_member(KeyMaker(actor), passphrase)
    with transaction.atomic():
        circle.row.save()
        circle.generation.save()
        member.save()
        audit.record(actor_id=actor.id, verb="vault.member_created", detail={"member": str(member.id)})
    return OpenedMember(member.id, circle.row.id, 1, circle.keys.secret)


def open_member(member_id: UUID, passphrase: str) -> OpenedMember | None:
    """Open a personal secret with its passphrase; None if that fails, after the same work either way."""
    member = Member.objects.select_related("circle").filter(pk=member_id, left_at=None).first()
    if member is None:
        passphrase_key(passphrase, b"\0" * SALT_BYTES, work_factor())
        return None
    key = passphrase_key(passphrase, bytes(member.salt), member.work_factor)
    generation = member.circle.current
    try:
        secret = aead.open_box(key, bytes(member.wrapped), _wrap_context(member.id, generation))
    except aead.WrongBox:
        return None
    return OpenedMember(member.id, member.circle_id, generation, secret)


def change_passphrase(*, actor: Actor, opened: OpenedMember, passphrase: str) -> None:
    """Wrap the personal secret under a new passphrase."""
    salt, factor = aead.new_key()[:SALT_BYTES], work_factor()
    key = passphrase_key(passphrase, salt, factor)
    wrapped = aead.seal(key, opened.secret, _wrap_context(opened.member_id, opened.generation))
    with transaction.atomic():
        Member.objects.filter(pk=opened.member_id).update(salt=salt, work_factor=factor, wrapped=wrapped)
        audit.record(actor_id=actor.id, verb="vault.passphrase_changed", detail={"member": str(opened.member_id)})


def begin_again(*, member_id: UUID, passphrase: str) -> OpenedMember:
    """Give a member who forgot her passphrase a fresh secret; old memberships are void until a colleague vouches.

    The personal circle gets a new generation without a link to the one before: what was wrapped to the old secret
    alone stays closed, and the circles she shared are opened to her again by `vouch`.
    """
    member = Member.objects.select_related("circle").get(pk=member_id)
    number = member.circle.current + 1
    keys = CircleKeys(aead.new_key())
    salt, factor = aead.new_key()[:SALT_BYTES], work_factor()
    key = passphrase_key(passphrase, salt, factor)
    wrapped = aead.seal(key, keys.secret, _wrap_context(member.id, number))
    actor = Actor(member_id, "staff")
    with transaction.atomic():
        KeyMaker(actor).certify(member.circle_id, number, keys).save()
        Circle.objects.filter(pk=member.circle_id).update(current=number)
        Member.objects.filter(pk=member_id).update(salt=salt, work_factor=factor, wrapped=wrapped, left_at=None)
        audit.record(actor_id=member_id, verb="vault.began_again", detail={"member": str(member_id)})
    return OpenedMember(member.id, member.circle_id, number, keys.secret)


def vouch(*, actor: Actor, member_id: UUID) -> int:
    """A colleague certifies a member's new key and opens the circles that both sit in; returns how many."""
    member = Member.objects.select_related("circle").get(pk=member_id)
    house = KeyMaker(actor).house()
    if house is not None:
        generation = Generation.objects.get(circle=member.circle_id, number=member.circle.current)
        certify_person(house, generation)
    sat_in = Membership.objects.filter(holder=member.circle_id).exclude(holder_generation=member.circle.current)
    shared = actor.keyring.find(sat_in.values_list("circle", flat=True))
    for circle_id in sorted(shared):
        circles.admit(actor=actor, circle_id=circle_id, holder_circle_ids=[member.circle_id])
    audit.record(actor_id=actor.id, verb="vault.vouched", detail={"member": str(member_id), "circles": len(shared)})
    return len(shared)


def certify_person(house: tuple[UUID, int, CircleKeys], generation: Generation) -> None:
    """Put the house's certificate on a person's public key, after its fingerprint was compared by voice."""
    covered = public_context(generation.circle_id, generation.number, bytes(generation.public_key))
    Generation.objects.filter(pk=generation.pk).update(
        house_mac=aead.mac(house[2].mac, covered), house_generation=house[1]
    )


def leave(*, actor: Actor, member_id: UUID) -> int:
    """Somebody stops working here: her wraps are deleted now, the others get new generations."""
    member = Member.objects.get(pk=member_id)
    sat_in = list(Membership.objects.filter(holder=member.circle_id).values_list("circle", flat=True))
    with transaction.atomic():
        Member.objects.filter(pk=member_id).update(wrapped=b"", left_at=now())
        EmergencyShare.objects.filter(member=member_id).delete()
        ledger.note_leaver(member_id)
        audit.record(actor_id=actor.id, verb="vault.left", detail={"member": str(member_id), "circles": len(sat_in)})
    for circle_id in sat_in:
        circles.dismiss(actor=actor, circle_id=circle_id, holder_circle_ids=[member.circle_id])
    return len(sat_in)
