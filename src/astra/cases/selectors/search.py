"""Which file has this number? Ours, or one of an older system; answered only among what the actor may know of."""

from uuid import UUID

from astra.cases.models import Case, OldNumber
from astra.cases.rules.numbers import fold_old_number, parse_number
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.crypto import aead
from astra.vault.crypto.hybrid import CircleKeys
from astra.vault.keyring import NotHeld

FEW = 25


def old_number_token(keys: CircleKeys, folded: str) -> str:
    """The keyed hash of an older reference: without the index circle's secret nobody can try numbers out."""
    return aead.mac(keys.mac, aead.context("astra.cases.old_number.v1", folded)).hex()


def find_by_number(actor: Actor, text: str) -> list[UUID]:
    """The files that somebody means who types a file number or an older reference exactly."""
    found: list[UUID] = []
    number = parse_number(text)
    if number is not None:
        found += Case.objects.filter(year=number[0], running=number[1]).values_list("pk", flat=True)
    tokens = _tokens(actor, fold_old_number(text))
    if tokens:
        found += OldNumber.objects.filter(token__in=tokens).values_list("case", flat=True)[: 4 * FEW]
    mine = vault.reachable_among(actor, found)
    return [case_id for case_id in dict.fromkeys(found) if case_id in mine][:FEW]


def _tokens(actor: Actor, folded: str) -> list[str]:
    """The tokens of a reference under every generation of the index circle that ever made one."""
    index = vault.desk_circle("index")
    if not folded or not actor.keyring.holds(index):
        return []
    try:
        newest, _ = actor.keyring.newest(index)
        return [old_number_token(actor.keyring.keys(index, number), folded) for number in range(1, newest + 1)]
    except NotHeld:
        return []
