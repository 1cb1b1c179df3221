"""Who may have two files, as far as this actor may know of both?

A pair that touches a wall of hers is not shown, and neither is one of which she can open neither file. Of a file that
she cannot open she sees the code name and that another team has it. What was decided already is not offered again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from astra.audit.services import NewEntry
from astra.kernel.errors import NotFound
from astra.people import index, resemblances
from astra.people.models import HeldApart, Joining, Person
from astra.people.rules.duplicates import WORTH_SHOWING, beside_twins, looks, twins_to_one
from astra.people.rules.persons import ContactDetails, Identity, SearchCard, Whereabouts
from astra.people.sections import CARD, CONTACT_DETAILS, IDENTITY, WHEREABOUTS
from astra.science.linkage.weighing.reasons import Reason
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.crypto import aead

SHOWN = 25
AT_ONCE = 60
"""So many pairs are looked at together: a few more than are shown, as some are cut."""
SECONDS = 0.4
"""How long one page may look on."""
FEW = 300
"""So many files are looked at in one go, however long it takes: under a second, and nobody has to come back."""


@dataclass(frozen=True)
class Someone:
    """One of two people, as far as the actor may see her."""

    id: UUID
    code_name: str
    card: SearchCard | None
    """None: another team has the file; ask it."""


@dataclass(frozen=True)
class Pair:
    """Two people who may be one."""

    word: str
    """The address of their page, for this actor."""
    one: Someone
    other: Someone
    chance: float
    reasons: tuple[Reason, ...]
    may_be_twins: bool = False
    is_put_off: bool = False

    @property
    def can_be_compared(self) -> bool:
        """Whether the actor may open both files."""
        return self.one.card is not None and self.other.card is not None


@dataclass(frozen=True)
class Worklist:
    """What there is to look at, and how far the search for it has come."""

    state: str
    asked: int = 0
    of: int = 0
    pairs: tuple[Pair, ...] = ()
    has_more: bool = False

    @property
    def is_done(self) -> bool:
        """Whether every card has asked."""
        return self.asked >= self.of


def worklist(actor: Actor, seconds: float = SECONDS) -> Worklist:
    """The likeliest pairs, after looking on for a moment; on the log before the answer leaves."""
    state = _open(actor)
    if state != index.READY:
        return Worklist(state)
    asked, of = resemblances.look_on(seconds, few=FEW)
    pairs = _shown(actor, resemblances.likely(), SHOWN + 1)
    return Worklist(state, asked, of, tuple(pairs[:SHOWN]), len(pairs) > SHOWN)


def who_else(actor: Actor, person_id: UUID) -> list[Pair]:
    """Who else may be this one person; empty where the index is closed or the actor's role does not read cards."""
    vault.check_reach(actor, person_id)
    if not can_compare(actor):
        return []
    return _shown(actor, resemblances.others_of(person_id), SHOWN)


def can_compare(actor: Actor) -> bool:
    """Whether files are compared for this actor now: her role reads cards, and they lie open."""
    return _open(actor) == index.READY


def _open(actor: Actor) -> str:
    """The state of the index for somebody whose role reads cards; closed for everybody else."""
    return index.open_index(actor).name if index.may_read(actor) else index.CLOSED


def _shown(actor: Actor, found: list[tuple[UUID, UUID, float]], limit: int) -> list[Pair]:
    ordered = sorted(found, key=lambda pair: resemblances.is_put_off(actor.id, pair[0], pair[1]))
    pairs: list[Pair] = []
    for begin in range(0, len(ordered), AT_ONCE):
        pairs += _visible(actor, ordered[begin : begin + AT_ONCE])
        if len(pairs) >= limit:
            break
    pairs.sort(key=lambda pair: (pair.is_put_off, -pair.chance))
    entry = NewEntry(actor_id=actor.id, verb="people.duplicates_looked_for", detail={"found": len(pairs[:limit])})
    actor.trail.asked.append(entry)
    return pairs[:limit]


def _visible(actor: Actor, found: list[tuple[UUID, UUID, float]]) -> list[Pair]:
    """Those pairs of some that the actor may see and nobody has decided, with what she may see of each."""
    ids = {person for one, other, _ in found for person in (one, other)}
    names = dict(_free(ids, actor.id))
    reach = vault.reachable_among(actor, ids)
    open_to_her = [
        pair for pair in found if {pair[0], pair[1]} <= names.keys() and not reach.isdisjoint({pair[0], pair[1]})
    ]
    waiting = _waiting({person for one, other, _ in open_to_her for person in (one, other)})
    open_to_her = [pair for pair in open_to_her if frozenset(pair[:2]) not in waiting]
    apart = held_apart(actor, [(one, other) for one, other, _ in open_to_her])
    open_to_her = [pair for pair in open_to_her if frozenset(pair[:2]) not in apart]
    cards = _cards(actor, reach & {person for one, other, _ in open_to_her for person in (one, other)})
    pairs = []
    for one, other, chance in open_to_her:
        reasons, back = resemblances.reasons(one, other), resemblances.reasons(other, one)
        twins = max(twins_to_one(reasons), twins_to_one(back))  # whichever side doubts more
        pairs.append(
            Pair(
                word=resemblances.close_pair(actor.id, one, other),
                one=Someone(one, names[one], cards.get(one)),
                other=Someone(other, names[other], cards.get(other)),
                chance=beside_twins(chance, twins),
                reasons=reasons,
                may_be_twins=twins > WORTH_SHOWING,
                is_put_off=resemblances.is_put_off(actor.id, one, other),
            )
        )
    return [pair for pair in pairs if pair.chance >= WORTH_SHOWING]


def _free(person_ids: Collection[UUID], reader: UUID | None) -> QuerySet[Person, Any]:  # Any: pairs of columns
    """The living, joined to nobody, behind no wall of the reader's: id and code name."""
    living = Person.objects.filter(pk__in=person_ids, record__erased_at=None, merged_into=None).exclude(code_name="")
    return living.exclude(record__walls__member=reader).values_list("pk", "code_name")


def _waiting(person_ids: Collection[UUID]) -> set[frozenset[UUID]]:
    """Pairs that somebody has joined and nobody confirmed yet."""
    rows = Joining.objects.filter(kept__in=person_ids, joined__in=person_ids, undone_at=None)
    return {frozenset(row) for row in rows.values_list("kept", "joined")}


def _cards(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, SearchCard]:
    return {one: opened.content for one, opened in vault.open_sections(actor, person_ids, CARD).items()}


# --- not the same person ---------------------------------------------------------------------------------------------


def held_apart(actor: Actor, pairs: Collection[tuple[UUID, UUID]]) -> set[frozenset[UUID]]:
    """Those pairs of which somebody said that they are two people, while neither changed her names or birth since."""
    if not pairs:
        return set()
    cards = index.cards_of({person for pair in pairs for person in pair})
    generations = list(HeldApart.objects.values_list("generation", flat=True).distinct())
    marks = {mark: frozenset(pair) for pair in pairs for mark in marks_of(actor, pair, cards, generations).values()}
    kept = HeldApart.objects.filter(mark__in=list(marks)).values_list("mark", flat=True)
    return {marks[bytes(mark)] for mark in kept}


def marks_of(
    actor: Actor, pair: tuple[UUID, UUID], cards: dict[UUID, SearchCard], generations: Collection[int] = ()
) -> dict[int, bytes]:
    """What a decision on these two is known by, under each generation of the index circle's key.

    A keyed hash over both ids and what names and births were: whoever has no key learns nothing from it, not even that
    two decisions are about the same person.
    """
    circle = vault.desk_circle(index.INDEX_CIRCLE)
    newest, _ = actor.keyring.newest(circle)
    looked = [_look(person, cards.get(person)) for person in sorted(pair)]
    bound = aead.context("astra.people.apart.v1", *looked)
    numbers = {newest, *(number for number in generations if number <= newest)}
    return {number: aead.mac(actor.keyring.keys(circle, number).mac, bound) for number in numbers}


def _look(person_id: UUID, card: SearchCard | None) -> bytes:
    if card is None:
        return aead.context("nothing known", person_id.bytes)
    names = [" ".join(part for part in (one.text, one.given, one.family) if part) for one in card.names]
    return aead.context("known", person_id.bytes, looks(names, card.born_from, card.born_until))


# --- side by side ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FileBeside:
    """One of two files, opened to be compared."""

    id: UUID
    code_name: str
    registered_on: date
    identity: Identity
    details: ContactDetails
    whereabouts: Whereabouts

    @property
    def name(self) -> str:
        """Her name, or the code name."""
        return next((name.full for name in self.identity.names if name.full), self.code_name)


def files_beside(actor: Actor, one: UUID, other: UUID) -> tuple[FileBeside, FileBeside]:
    """Both files of a pair, or `NotFound` where the actor may not open one of them."""
    for person_id in (one, other):
        vault.check_reach(actor, person_id)
    rows = {row.pk: row for row in Person.objects.filter(Q(pk=one) | Q(pk=other))}
    read = vault.read_together(actor, [one, other], [IDENTITY, CONTACT_DETAILS, WHEREABOUTS])
    identities, details = read.opened(IDENTITY), read.opened(CONTACT_DETAILS)
    stays = read.opened(WHEREABOUTS)
    if not {one, other} <= rows.keys() & identities.keys():
        raise NotFound
    first, second = (
        FileBeside(
            id=person_id,
            code_name=rows[person_id].code_name,
            registered_on=rows[person_id].registered_on,
            identity=identities[person_id].content,
            details=details[person_id].content if person_id in details else ContactDetails(),
            whereabouts=stays[person_id].content if person_id in stays else Whereabouts(),
        )
        for person_id in (one, other)
    )
    return first, second
