"""Where is an opened key kept between two requests? Sealed here, under a key that only her browser has."""

import base64
import binascii
from uuid import UUID

from astra.vault.crypto import aead
from astra.vault.services.members import OpenedMember


class NotHers(Exception):
    """The browser's key does not open what is kept for this visit."""


def new_cookie_key() -> bytes:
    """Make the key that goes to the browser and is forgotten here."""
    return aead.new_key()


def write_cookie(key: bytes) -> str:
    """The key as a cookie's value."""
    return base64.urlsafe_b64encode(key).decode("ascii")


def read_cookie(value: str) -> bytes:
    """The key of a cookie's value, or `NotHers`."""
    try:
        key = base64.urlsafe_b64decode(value.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError, ValueError):
        raise NotHers from None
    if len(key) != aead.KEY_BYTES:
        raise NotHers
    return key


def _bound(place: UUID, member_id: UUID, circle_id: UUID, generation: int) -> bytes:
    return aead.context("astra.visit.v1", place.bytes, member_id.bytes, circle_id.bytes, generation)


def put_away(opened: OpenedMember, key: bytes, place: UUID) -> bytes:
    """Seal a personal secret for one place: a visit, or a sign-in that waits for its second factor."""
    return aead.seal(key, opened.secret, _bound(place, opened.member_id, opened.circle_id, opened.generation))


def take_out(
    *, wrapped: bytes, key: bytes, place: UUID, member_id: UUID, circle_id: UUID, generation: int
) -> OpenedMember:
    """Open what was put away, or raise `NotHers`."""
    try:
        secret = aead.open_box(key, wrapped, _bound(place, member_id, circle_id, generation))
    except aead.WrongBox:
        raise NotHers from None
    return OpenedMember(member_id, circle_id, generation, secret)
