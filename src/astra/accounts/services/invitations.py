"""How does somebody from outside get in? By a link that works once, for a week, and is kept only as its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from astra.accounts import selectors
from astra.accounts.models import ACTIVE, AGAIN, Invitation, User
from astra.accounts.rules import joining as rules
from astra.accounts.rules.words import check_username
from astra.accounts.services import visits
from astra.accounts.services.joining import NAME_TAKEN, Joined, create_colleague
from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor, system
from astra.vault.crypto import aead
from astra.vault.crypto.passphrase import fold_passphrase, new_passphrase
from astra.vault.services import members

JOIN, AGAIN_LINK = "join", "again"
TOKEN_BYTES = 24
WORDS_DIFFER = msg("These are not the six words. Type them as they are shown, with a space between.")
NOT_NOW = msg("She does not work here at the moment, or is only waiting to be admitted.")


@dataclass(frozen=True)
class Link:
    """A fresh invitation: its id, and the secret that is shown once."""

    invitation_id: UUID
    token: str


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _bound(invitation: Invitation) -> tuple[bytes, bytes]:
    return b"astra.invitation.v1", aead.context("astra.invitation.words.v1", invitation.id.bytes)


def _make(purpose: str, *, by: UUID, role: str = "", user: User | None = None) -> Link:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = Invitation.objects.create(
        token_hash=_hash(token),
        purpose=purpose,
        role=role,
        user=user,
        invited_by=by,
        expires_at=now() + rules.INVITATION_VALID,
    )
    return Link(row.id, token)


def invite(*, actor: Actor, role: str) -> Link:
    """Invite a new colleague for a role; it gives nothing until a colleague admits her."""
    rules.check_roles([role])
    rules.check_can_invite(selectors.roles_of_member(actor.id), role)
    assert actor.id is not None
    with transaction.atomic():
        link = _make(JOIN, by=actor.id, role=role)
        audit.record(actor_id=actor.id, verb="accounts.invited", detail={"role": role})
    return link


def invite_again(*, actor: Actor, member_id: UUID) -> Link:
    """Help a colleague who forgot her passphrase: a link with which she gets new words. Her visits end."""
    user = User.objects.filter(member=member_id).first()
    if user is None:
        raise NotFound
    if user.state not in (ACTIVE, AGAIN):
        raise NotAllowedNow(NOT_NOW)
    if actor.id is None or actor.id == member_id:
        raise Denied(rules.NOT_YOURSELF)
    rules.check_can_help(selectors.roles_of_member(actor.id), selectors.roles_of(user.id))
    with transaction.atomic():
        Invitation.objects.filter(user=user, purpose=AGAIN_LINK, used_at=None).delete()
        link = _make(AGAIN_LINK, by=actor.id, user=user)
        audit.record(actor_id=actor.id, verb="accounts.invited_again", detail={"member": str(member_id)})
    return link


def withdraw(*, actor: Actor, invitation_id: UUID) -> None:
    """Take back an invitation that was not used yet."""
    actor.check_desk("coordination", "administration")
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation_id, used_at=None).delete()[0]:
            raise NotFound
        audit.record(actor_id=actor.id, verb="accounts.invitation_withdrawn")


def find(token: str) -> Invitation:
    """Find an invitation that is still good; used, expired and invented links are all the same `NotFound`."""
    row = Invitation.objects.filter(token_hash=_hash(token), used_at=None, expires_at__gt=now()).first()
    if row is None:
        raise NotFound
    return row


def words_for(*, token: str) -> str:
    """Return the six words of an invitation: drawn when first asked for, kept sealed until they are typed back."""
    row = find(token)
    purpose, bound = _bound(row)
    key = aead.derive(token.encode(), purpose)
    if row.words:
        return aead.open_box(key, bytes(row.words), bound).decode()
    words = new_passphrase()
    Invitation.objects.filter(pk=row.pk).update(words=aead.seal(key, words.encode(), bound))
    return words


def check_typed_back(*, token: str, typed: str) -> str:
    """Return the six words if they were typed back, however: script, capitals, spaces."""
    words = words_for(token=token)
    if fold_passphrase(typed) != fold_passphrase(words):
        raise Invalid(Problem("words", WORDS_DIFFER))
    return words


def check_free(username: str) -> None:
    """Raise `Invalid` if somebody has this sign-in name already; asked only behind a good link."""
    if User.objects.filter(username=check_username(username)).exists():
        raise Invalid(Problem("username", NAME_TAKEN))


def join(*, token: str, username: str, work_name: str, typed: str) -> Joined:
    """Accept an invitation: the account is made and waits to be admitted; the link is spent."""
    row = find(token)
    if row.purpose != JOIN:
        raise NotFound
    words = check_typed_back(token=token, typed=typed)
    with transaction.atomic():
        _spend(row)
        joined = create_colleague(
            actor=system(), username=username, work_name=work_name, passphrase=words, roles=[row.role]
        )
        Invitation.objects.filter(pk=row.pk).update(user=joined.user)
    return joined


def begin_again(*, token: str, typed: str) -> None:
    """Take new words after forgetting the old ones; what she shared with colleagues opens when one vouches."""
    row = find(token)
    if row.purpose != AGAIN_LINK or row.user is None or row.user.state not in (ACTIVE, AGAIN):
        raise NotFound
    words = check_typed_back(token=token, typed=typed)
    with transaction.atomic():
        _spend(row)
        members.begin_again(member_id=row.user.member_id, passphrase=words)
        User.objects.filter(pk=row.user.pk).update(state=AGAIN)
        visits.end_all(user_ids=[row.user.pk], actor_id=row.user.member_id)
        audit.record(actor_id=row.user.member_id, verb="accounts.began_again")


def _spend(row: Invitation) -> None:
    """Use a link up; of two who use it at the same moment one finds nothing."""
    if not Invitation.objects.filter(pk=row.pk, used_at=None).update(used_at=now(), words=b""):
        raise NotFound
