"""Who of the reported persons is known in which of the actor's own cases, and with whom is each linked?

Whoever does not sit in the legal tier of a case finds nobody of it: no name, no number, no count.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from astra.cases.selectors.access import find_cases
from astra.justice.models import Suspect, SuspectLink
from astra.justice.sections import SUSPECT, SuspectWords
from astra.justice.selectors.proceedings import Part, parts
from astra.science.script import normalise
from astra.vault import selectors as vault
from astra.vault.actor import Actor

LEAST = 2
"""Letters at least: a search for one letter would list everybody."""


@dataclass(frozen=True)
class Known:
    """A reported person in a case of the actor's."""

    part: Part[Suspect, SuspectWords]
    number: str

    @property
    def name(self) -> str:
        """The name, as far as it is known and can be opened."""
        return self.part.words.name if self.part.words else ""


@dataclass(frozen=True)
class Link:
    """With whom somebody is linked, in which of the actor's cases, and how."""

    known: Known
    kind: str


def find_suspects(actor: Actor, text: str) -> list[Known]:
    """Those of the actor's cases of whom every word of the text is said, in either script."""
    actor.check_desk("cases")
    wanted = normalise(text).split()
    if len("".join(wanted)) < LEAST:
        return []
    return [one for one in _known(actor, _hers(actor)) if all(word in _said(one) for word in wanted)]


def linkable(actor: Actor, suspect_id: UUID) -> list[Known]:
    """With whom a reported person could be linked: everybody else whom the actor may know of."""
    return _known(actor, _hers(actor).exclude(pk=suspect_id))


def links_of(actor: Actor, suspect_ids: Collection[UUID]) -> dict[UUID, list[Link]]:
    """The links of some reported persons to others whom the actor may know of too."""
    ids = set(suspect_ids)
    rows = list(SuspectLink.objects.filter(Q(one__in=ids) | Q(other__in=ids)).order_by("pk")) if ids else []
    ends = {end for row in rows for end in (row.one_id, row.other_id)}
    known = {one.part.row.pk: one for one in _known(actor, _hers(actor).filter(pk__in=ends))} if rows else {}
    found: dict[UUID, list[Link]] = defaultdict(list)
    for row in rows:
        for here, there in ((row.one_id, row.other_id), (row.other_id, row.one_id)):
            if here in ids and here in known and there in known:
                found[here].append(Link(known[there], row.kind))
    return found


def _hers(actor: Actor) -> QuerySet[Suspect]:
    hers = vault.within("record", **vault.reach_of(actor, kind="justice_suspect"))
    return Suspect.objects.filter(hers, record__erased_at=None).order_by("-added_at")


def _known(actor: Actor, rows: QuerySet[Suspect]) -> list[Known]:
    found = parts(actor, rows, SUSPECT)
    numbers = {case.pk: case.number for case in find_cases({one.row.case_id for one in found})}
    return [Known(one, numbers[one.row.case_id]) for one in found if one.row.case_id in numbers]


def _said(one: Known) -> str:
    words = one.part.words or SuspectWords()
    return normalise(f"{words.name} {words.links} {words.remark}")
