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
from astra.people import index
from astra.people.index import State as SearchState
from astra.people.models import Person
from astra.people.rules import queries, scoring
from astra.people.rules.matching import Hit
from astra.people.rules.queries import Query
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
    score: int
    """0 to 100."""
    is_likely: bool
    reasons: tuple[str, ...]
    """Marked sentences: translate each where it is shown."""
    is_reachable: bool
    """Whether the searcher may open her file."""


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


def search(actor: Actor, query: Query | str, limit: int = 10) -> list[Match]:
    """Who may be meant, best first; logged before the answer leaves. Empty while the index is closed or loading."""
    actor.check_desk(*DESKS)
    asked = queries.read(query, today())
    if asked.is_empty:
        return []
    index.open_index(actor)
    hits = index.find(asked, limit * SPARE)
    matches = _cut(actor, hits)[:limit]
    _log(actor, query, [match.person_id for match in matches])
    return matches


def search_state(actor: Actor) -> SearchState:
    """Whether a search answers now: opened by this actor if her role reads cards."""
    return index.open_index(actor)


def _cut(actor: Actor, hits: list[Hit]) -> list[Match]:
    reader = {"reader": actor.id} if actor.id is not None else {}
    rows = {row[0]: _File(*row) for row in _FILES(persons=[hit.person_id for hit in hits], **reader)}
    kept = {row.kept or row.pk for row in rows.values()}
    walled = {person for (person,) in _WALLED(persons=kept - set(rows), **reader)} if reader else set()
    reachable = vault.reachable_among(actor, [*rows, *kept])
    reads_cards = index.may_read(actor)
    found: dict[UUID, Match] = {}
    for hit in hits:
        row = rows.get(hit.person_id)
        if row is None or row.kept in walled:
            continue
        is_reachable = row.pk in reachable or row.kept in reachable
        if not (reads_cards or is_reachable) and hit.score < scoring.LIKELY:
            continue
        match = _match(hit, row, is_reachable=is_reachable, shows_card=reads_cards or is_reachable)
        found.setdefault(match.person_id, match)
    return list(found.values())


def _match(hit: Hit, row: _File, *, is_reachable: bool, shows_card: bool) -> Match:
    code_name, whereabouts = row.kept_code_name or row.code_name, row.kept_whereabouts or row.whereabouts
    names = [" ".join(part for part in (n.text, n.given, n.family) if part) for n in hit.card.names]
    return Match(
        person_id=row.kept or row.pk,
        code_name=code_name,
        display_name=hit.card.display_name if shows_card else code_name,
        other_names=tuple(names[1:]) if shows_card else (),
        born_from=hit.card.born_from if shows_card else None,
        born_until=hit.card.born_until if shows_card else None,
        places=hit.card.places if shows_card else (),
        whereabouts=whereabouts if shows_card else "",
        score=round(hit.score * 100),
        is_likely=hit.score >= scoring.LIKELY,
        reasons=tuple(scoring.WORDS[reason] for reason in hit.reasons if reason in scoring.WORDS),
        is_reachable=is_reachable,
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
