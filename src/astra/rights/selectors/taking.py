"""What of a file is somebody's alone, as far as a colleague may open it, and what speaks of others too?"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from astra.accounts import selectors as accounts
from astra.cases import selectors as cases
from astra.cases.rules.tiers import TEAM
from astra.rights.models import TakenFile
from astra.rights.rules import taking as rules
from astra.rights.sections import TAKEN, Part, Taken
from astra.rights.selectors.access import get_row
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import AnyKind, StreamKind, declared


@dataclass(frozen=True)
class OwnPart:
    """One part that was opened: where it lies, which revision, and what it says."""

    part: Part
    at: datetime
    content: Any  # Any: the contents of all rooms' sections


@dataclass(frozen=True)
class OwnParts:
    """What is hers alone, and what is read together because it speaks of others too."""

    hers: tuple[OwnPart, ...]
    apart: tuple[OwnPart, ...]

    def without(self, left_out: Iterable[str]) -> "OwnParts":
        """The same with some parts read together instead, by their names on the form."""
        names = set(left_out)
        kept = tuple(one for one in self.hers if name_of(one.part) not in names)
        moved = tuple(one for one in self.hers if name_of(one.part) in names)
        return OwnParts(kept, (*self.apart, *moved))


def name_of(part: Part) -> str:
    """What a part is called on a form."""
    return f"{part.record}:{part.kind}"


def own_parts(actor: Actor, person_id: UUID) -> OwnParts:
    """Everything that speaks about somebody and that the actor can open, in the order in which it was written."""
    vault.check_reach(actor, person_id)
    kinds = declared()
    owned = [one for one in vault.owned_parts(person_id) if _is_told(kinds.get(one.kind))]
    opened = _opened(actor, [Part(one.record, one.kind, one.revision) for one in owned])
    hers: list[OwnPart] = []
    apart: list[OwnPart] = []
    for one in owned:
        found = opened.get((one.record, one.kind))
        if found is not None and found.content != type(found.content)():
            (hers if rules.is_hers(one.kind, one.retention, one.owners) else apart).append(found)
    return OwnParts(tuple(hers), tuple(apart))


def _is_told(kind: AnyKind | None) -> bool:
    return kind is not None and kind.name not in rules.NOT_A_PART and not isinstance(kind, StreamKind)


def _opened(actor: Actor, parts: Iterable[Part]) -> dict[tuple[UUID, str], OwnPart]:
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for part in parts:
        by_kind[part.kind].append(part.record)
    found = {}
    for name, records in by_kind.items():
        for record, opened in vault.open_sections(actor, records, declared()[name]).items():
            part = Part(record, name, opened.revision)
            found[record, name] = OwnPart(part, opened.at, opened.content)
    return found


def imprint(parts: Iterable[OwnPart]) -> bytes:
    """What tells whether two sets of parts say the same."""
    found = hashlib.sha256()
    for one in parts:
        found.update(msgspec.json.encode((one.part.record, one.part.kind, one.part.revision, one.content)))
    return found.digest()


@dataclass(frozen=True)
class Prepared:
    """A file to take along as a colleague sees it."""

    row: TakenFile
    parts: OwnParts
    is_whole: bool
    """Whether this colleague opens all that it holds."""
    is_same: bool
    """Whether it still says what it said when it was prepared."""


def prepared(actor: Actor, taken_id: UUID) -> Prepared:
    """A prepared file with the parts that the actor can open."""
    row = get_row(actor, TakenFile, taken_id)
    listed = vault.open_section(actor, taken_id, TAKEN).content
    opened = _opened(actor, (*listed.parts, *listed.apart))
    hers = [opened[part.record, part.kind] for part in listed.parts if (part.record, part.kind) in opened]
    apart = [opened[part.record, part.kind] for part in listed.apart if (part.record, part.kind) in opened]
    is_whole = len(hers) == len(listed.parts)
    return Prepared(row, OwnParts(tuple(hers), tuple(apart)), is_whole, _is_same(listed, hers, row.person_id))


def _is_same(listed: Taken, hers: list[OwnPart], person_id: UUID) -> bool:
    """It says what it said, and nothing of it has become somebody else's too."""
    alone = {
        (one.record, one.kind)
        for one in vault.owned_parts(person_id)
        if rules.is_hers(one.kind, one.retention, one.owners)
    }
    still = all((part.record, part.kind) in alone for part in listed.parts)
    return still and imprint(hers) == listed.imprint


def living_file(actor: Actor, person_id: UUID) -> TakenFile | None:
    """The file that is prepared for somebody and not yet handed over."""
    actor.check_desk("cases")
    vault.check_reach(actor, person_id)
    row = TakenFile.objects.filter(person=person_id, state__in=rules.LIVING).first()
    return row if row is not None and vault.can_reach(actor, row.pk) else None


def checkers(actor: Actor, case_id: UUID, parts: Iterable[OwnPart]) -> dict[UUID, str]:
    """The colleagues who may be asked to check a file: of the team, who open all of it, but the one who prepares it."""
    circle = cases.tier_circles([case_id]).get(case_id, {}).get(TEAM)
    members = vault.workers_in(circle) if circle else set()
    members &= vault.openers([(one.part.record, one.part.kind) for one in parts])
    names = accounts.work_names(members - {actor.id})
    return dict(sorted(names.items(), key=lambda pair: pair[1]))
