"""What can somebody do about her own account? New words, and ending her other visits."""

import base64
from dataclasses import dataclass
from uuid import UUID

from astra.accounts.models import User
from astra.accounts.services import signing, visits
from astra.accounts.services.invitations import WORDS_DIFFER
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vault.crypto import aead
from astra.vault.crypto.passphrase import fold_passphrase, new_passphrase
from astra.vault.services import members

WRONG_PRESENT = msg("That is not your present passphrase.")
_PURPOSE = b"astra.new-words.v1"


@dataclass(frozen=True)
class NewWords:
    """Six words that are shown, and the sealed form in which they wait to be typed back."""

    words: str
    kept: str


def _key(actor: Actor) -> bytes:
    assert actor.keyring.personal is not None
    _, keys = actor.keyring.newest(actor.keyring.personal)
    return aead.derive(keys.secret, _PURPOSE)


def new_words(*, actor: Actor, kept: str) -> NewWords:
    """Draw six words, or return those that are kept sealed for her already."""
    key = _key(actor)
    if kept:
        try:
            return NewWords(aead.open_box(key, base64.b64decode(kept), _PURPOSE).decode(), kept)
        except aead.WrongBox:
            pass  # sealed in an earlier visit with other keys: draw afresh
    words = new_passphrase()
    return NewWords(words, base64.b64encode(aead.seal(key, words.encode(), _PURPOSE)).decode("ascii"))


def change_words(*, user: User, actor: Actor, present: str, fresh: str, typed: str) -> None:
    """Wrap her key under new words, after the present ones opened it once more."""
    if fold_passphrase(typed) != fold_passphrase(fresh):
        raise Invalid(Problem("words", WORDS_DIFFER))
    found = signing.open_with_passphrase(username=user.username, passphrase=present)
    if found is None:
        raise Invalid(Problem("passphrase", WRONG_PRESENT))
    members.change_passphrase(actor=actor, opened=found.opened, passphrase=fresh)


def end_other_visits(*, actor: Actor, visit_id: UUID) -> int:
    """Sign out everywhere but here."""
    user_ids = list(User.objects.filter(member=actor.id).values_list("id", flat=True))
    return visits.end_all(user_ids=user_ids, actor_id=actor.id, but=visit_id)
