"""Do we know this person? The door behind which the matcher may change.

Every search is on the log before its answer leaves, with what was opened for it; its words are sealed there for data
protection. An answer is cut to what the searcher may know: card details only where her role reads cards or she can
reach the person, nothing behind a wall, nobody who was erased.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from astra.audit.services import NewEntry
from astra.kernel.clock import today
from astra.kernel.partial_dates import PartialDate, say_age
from astra.people import index
from astra.people.index import State as SearchState
from astra.people.models import Person
from astra.people.rules import answers, codenames, queries
from astra.people.rules.answers import Hit, Why
from astra.people.rules.persons import SearchCard
from astra.people.rules.queries import Asked, Query
from astra.people.selectors.telling import NOBODY, Keepers, keepers_among
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared
from astra.vault.services.notes import seal_search

DESKS = ("hotline", "people", "cases", "missing")
SPARE = 3
"""How many times more candidates are fetched than shown, as some are cut."""


@dataclass(frozen=True)
class Match:
    """Somebody who may be the person asked for, as far as the searcher may know her."""

    person_id: UUID
    code_name: str
    display_name: str
    """Her name, or the code name where the searcher does not read cards."""
    other_names: tuple[str, ...]
    born_from: date | None
    born_until: date | None
    places: tuple[str, ...]
    whereabouts: str
    probability: float
    is_likely: bool
    reasons: tuple[Why, ...]
    """Marked sentences: translate each where it is shown."""
    is_reachable: bool
    """Whether the searcher may open her file."""
    keepers: Keepers = NOBODY
    """Whom to ask where she may not."""

    def told_apart(self, language: str) -> list[str]:
        """By what two of one name are told apart: age and places, as far as the searcher may see them."""
        age = ""
        if self.born_from or self.born_until:
            birth = PartialDate(self.born_from or date.min, self.born_until or date.max)
            age = say_age(birth.age_on(today()), language)
        return [part for part in (age, *self.places[:2]) if part]


@dataclass(frozen=True)
class _File:
    """What an answer needs of a file, and of the one that it was joined to."""

    pk: UUID
    code_name: str
    whereabouts: str
    kept: UUID | None
    kept_code_name: str | None
    kept_whereabouts: str | None


def _files(persons: Collection[UUID], reader: UUID | None = None) -> QuerySet[Person, Any]:  # Any: rows for `_File`
    living = Person.objects.filter(pk__in=persons, record__erased_at=None).exclude(code_name="")
    before_no_wall = living.exclude(record__walls__member=reader) if reader is not None else living
    joined = ("merged_into", "merged_into__code_name", "merged_into__whereabouts")
    return before_no_wall.values_list("pk", "code_name", "whereabouts", *joined)


_FILES = Prepared(_files)
_WALLED = Prepared(
    lambda persons, reader: Person.objects.filter(pk__in=persons, record__walls__member=reader).values_list("pk")
)


_CODE_NAMES = Prepared(lambda keys: Person.objects.filter(code_key__in=keys).values_list("code_key", "pk"))


def search(actor: Actor, query: Query | str, limit: int = 10) -> list[Match]:
    """Who may be meant, best first; logged before the answer leaves.

    By name and number nobody is found while the index is closed or loading; code names stand in clear.
    """
    actor.check_desk(*DESKS)
    index.open_index(actor)
    asked = queries.read(query, today(), index.knows_name)
    if asked.is_empty:
        return []
    found = [hit for hit in index.find(asked, limit * SPARE) if answers.is_worth_showing(hit)]
    matches = _cut(actor, asked, _Candidates(found, _by_code_name(asked)), limit)
    _log(actor, query, [match.person_id for match in matches])
    return matches


@dataclass(frozen=True)
class _Candidates:
    """Whoever may be meant, before the answer is cut: by her card, by her code name."""

    hits: list[Hit]
    code_names: dict[UUID, bool]
    """Whether the code name was said as a whole."""


def _by_code_name(asked: Asked) -> dict[UUID, bool]:
    keys = codenames.possible(asked.typed, is_unfinished=asked.is_unfinished)
    found: dict[str, UUID] = dict(_CODE_NAMES(keys=keys)) if keys else {}
    return {found[key]: key == " ".join(asked.typed) for key in keys if key in found}


def search_state(actor: Actor) -> SearchState:
    """Whether a search answers now: opened by this actor if her role reads cards."""
    return index.open_index(actor)


def _cut(actor: Actor, asked: Asked, found: _Candidates, limit: int) -> list[Match]:
    """What the actor may know of: whole code names first, then by probability, then code names that go on."""
    hits = {hit.person_id: hit for hit in found.hits}
    whole = [person for person, is_whole in found.code_names.items() if is_whole]
    likely = {*whole, *answers.likely_among(found.hits, asked)}
    order = list(dict.fromkeys([*whole, *hits, *found.code_names]))[: limit * SPARE]
    reader = {"reader": actor.id} if actor.id is not None else {}
    rows = {row[0]: _File(*row) for row in _FILES(persons=order, **reader)}
    kept = {row.kept or row.pk for row in rows.values()}
    walled = {person for (person,) in _WALLED(persons=kept - set(rows), **reader)} if reader else set()
    reachable = vault.reachable_among(actor, [*rows, *kept])
    reads_cards = index.may_read(actor)
    shown: dict[UUID, tuple[_File, bool]] = {}
    for person_id in order:
        row = rows.get(person_id)
        if row is None or row.kept in walled or len(shown) >= limit:
            continue
        is_reachable = row.pk in reachable or row.kept in reachable
        if reads_cards or is_reachable or person_id in likely:
            shown.setdefault(row.kept or row.pk, (row, is_reachable))
    cards = index.cards_of([row.pk for row, _ in shown.values()])
    keepers = keepers_among([person for person, (_, is_reachable) in shown.items() if not is_reachable])
    return [
        _match(
            _Shown(
                row, hits.get(row.pk), found.code_names.get(row.pk), cards.get(row.pk), row.pk in likely, is_reachable
            ),
            asked,
            keepers=keepers.get(person, NOBODY),
            shows_card=reads_cards or is_reachable,
        )
        for person, (row, is_reachable) in shown.items()
    ]


@dataclass(frozen=True)
class _Shown:
    """One candidate that is shown: her coded row, how she was found, and her card while the index is open."""

    row: _File
    hit: Hit | None
    by_code_name: bool | None
    """Whether the whole code name was said, or its beginning; None if she was found otherwise."""
    card: SearchCard | None
    is_likely: bool
    is_reachable: bool


def _match(shown: _Shown, asked: Asked, *, shows_card: bool, keepers: Keepers) -> Match:
    row, hit = shown.row, shown.hit
    code_name, whereabouts = row.kept_code_name or row.code_name, row.kept_whereabouts or row.whereabouts
    card = shown.card if shows_card and shown.card is not None else SearchCard(code_name=row.code_name)
    reasons = answers.reasons_of(hit, asked, shown.card) if hit is not None else ()
    if shown.by_code_name is not None:
        reasons = (Why(answers.CODE_NAME if shown.by_code_name else answers.CODE_NAME_BEGINS), *reasons)
    return Match(
        person_id=row.kept or row.pk,
        code_name=code_name,
        display_name=card.display_name if card.names else code_name,
        other_names=tuple(name.full for name in card.names[1:]),
        born_from=card.born_from,
        born_until=card.born_until,
        places=card.places,
        whereabouts=whereabouts if shows_card else "",
        probability=1.0 if shown.by_code_name else hit.probability if hit is not None else 0.0,
        is_likely=shown.is_likely,
        reasons=reasons,
        is_reachable=shown.is_reachable,
        keepers=keepers,
    )


def _log(actor: Actor, query: Query | str, person_ids: list[UUID]) -> None:
    words = query if isinstance(query, str) else query.as_words
    sealed, commitment, names = seal_search(actor, words, person_ids)
    entry = NewEntry(
        actor_id=actor.id,
        verb="people.searched",
        subjects=names,
        detail={"found": len(person_ids)},
        sealed=sealed,
        commitment=commitment,
    )
    actor.trail.asked.append(entry)
