"""Which record is meant by an older number? Answered by whoever sits in the index circle, and by nobody else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from astra.kernel.errors import Denied
from astra.kernel.words import msg
from astra.science.script import normalise
from astra.sites.exchange.models import ImportedRow
from astra.sites.exchange.targets import KINDS
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.crypto import aead
from astra.vault.keyring import NotHeld

NUMBER, CONTENT, WHOLE = "number", "content", "whole"
LETTERS = 32
AT_ONCE = 5_000
NOT_YOURS = msg("Older numbers are looked up by colleagues who recognise people: your role does not search.")


Parts = tuple[str | int, ...]


@dataclass(frozen=True)
class Imported:
    """A row that was imported before: its record, and what it said then (under which of the secrets)."""

    record_id: UUID
    content: str
    secret: int


class References:
    """Makes the keys of older numbers under the index circle's secret, and looks them up under every one it had."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        circle = vault.desk_circle("index")
        try:
            newest, _ = actor.keyring.newest(circle)
            self._secrets = [actor.keyring.keys(circle, number).mac for number in range(newest, 0, -1)]
        except NotHeld:
            raise Denied(NOT_YOURS) from None

    def key(self, parts: Parts) -> str:
        """The key under which something is written down now."""
        return _key(self._secrets[0], parts)

    def content(self, digest: str) -> str:
        """What is written down of what a row says."""
        return _key(self._secrets[0], (CONTENT, digest))

    def is_changed(self, found: Imported, digest: str) -> bool:
        """Whether a row says something else than when it was imported."""
        return found.content != _key(self._secrets[found.secret], (CONTENT, digest))

    def find(self, wanted: Iterable[Parts]) -> dict[Parts, Imported]:
        """Those things that were imported before, each with its record."""
        parts = list(dict.fromkeys(wanted))
        by_key = {_key(secret, one): (one, at) for at, secret in enumerate(self._secrets) for one in parts}
        found = {}
        for key, record_id, content in _rows(list(by_key)):
            one, secret = by_key[key]
            found[one] = Imported(record_id, content, secret)
        return found


def number_parts(kind: str, number: str) -> Parts:
    """By what an older number is looked up."""
    return NUMBER, kind, fold(number)


def whole_parts(kind: str, digest: str, again: int) -> Parts:
    """By what a row without a number is looked up: what it says, and the how-manieth of its kind it is."""
    return WHOLE, kind, digest, again


def _key(secret: bytes, parts: Parts) -> str:
    return aead.mac(secret, aead.context("astra.exchange.row.v1", *parts)).hex()[:LETTERS]


def _rows(keys: list[str]) -> Iterator[tuple[str, UUID, str]]:
    for start in range(0, len(keys), AT_ONCE):
        rows = ImportedRow.objects.filter(key__in=keys[start : start + AT_ONCE])
        yield from rows.values_list("key", "record", "content")


def fold(number: str) -> str:
    """An older number as people vary it: capitals, script, and what stands between its parts make no difference."""
    return normalise(number) or number.strip()


def find_by_old_number(actor: Actor, number: str, kinds: Collection[str] = KINDS) -> dict[str, UUID]:
    """The records that had this number in earlier books, by kind, as far as the actor may know of them."""
    found = References(actor).find(number_parts(kind, number) for kind in kinds)
    mine = vault.reachable_among(actor, {one.record_id for one in found.values()}) if found else set()
    return {str(parts[1]): one.record_id for parts, one in found.items() if one.record_id in mine}
