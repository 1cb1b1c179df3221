"""Who is given on, and what is known of her? Only what two colleagues may both open, a lot at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from astra import vocabulary
from astra.accounts import selectors as accounts
from astra.audit import services as audit
from astra.cases import selectors as cases
from astra.cases.selectors import PersonFile
from astra.kernel.errors import Denied
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.people.rules.persons import ContactDetails, Identity
from astra.people.sections import CONTACT_DETAILS, IDENTITY
from astra.sites.exchange.coded_rows import Rebuilt, rebuild
from astra.sites.exchange.known import FileFacts, Known
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.trail import write_trail

LOT = 200
SIDES = ("ours", "reported")
TWO_PEOPLE = msg("An export needs two people. The second sign-in was the first person again.")


@dataclass(frozen=True)
class Two:
    """The two colleagues who give something on together."""

    first: Actor
    second: Actor

    def check(self) -> None:
        """Raise `Denied` unless they are two, and both work with files."""
        if self.first.id is None or self.first.id == self.second.id:
            raise Denied(TWO_PEOPLE)
        for actor in (self.first, self.second):
            actor.check_desk("cases")

    def reach(self, record_ids: Sequence[UUID]) -> set[UUID]:
        """Those records that both may know of."""
        mine = vault.reachable_among(self.first, record_ids)
        return mine & vault.reachable_among(self.second, mine) if mine else set()

    def log(self, verb: str, reason: str, **detail: str | int) -> None:
        """Write one entry for each of the two."""
        with transaction.atomic():
            for one, other in ((self.first, self.second), (self.second, self.first)):
                audit.record(actor_id=one.id, verb=verb, reason=reason, detail={**detail, "with": str(other.id)})

    def log_opened(self, reason: str) -> None:
        """Write down what was opened, before it goes anywhere."""
        for actor in (self.first, self.second):
            write_trail(actor, "exchange.opened_for_export", reason=reason)


@dataclass(frozen=True)
class Listed:
    """Somebody whom both may list, by her coded facts."""

    id: UUID
    whereabouts: str
    registered_on: date
    age_band: str


@dataclass(frozen=True)
class Subject:
    """One person with everything of hers that both may open."""

    listed: Listed
    identity: Identity
    details: ContactDetails
    file: PersonFile | None
    lead: str
    imported: Rebuilt | None
    """What her row said, if she was imported in a standard."""

    @property
    def now(self) -> Known:
        """What Astra knows of her now."""
        file = self.file
        return Known(
            identity=self.identity,
            details=self.details,
            whereabouts=self.listed.whereabouts,
            registered_on=self.listed.registered_on,
            age_band=self.listed.age_band,
            file=FileFacts(file.state, file.outcome, file.opened_on, file.forms, file.countries, self.lead)
            if file
            else FileFacts(),
            others=self.imported.others if self.imported else {},
        )

    @property
    def was(self) -> Known:
        """What Astra knew of her when her row was imported; days that the row left open were those of the import."""
        assert self.imported is not None
        known = self.imported.known
        opened_on = known.file.opened_on or (self.file.opened_on if self.file else None)
        return replace(
            known,
            registered_on=known.registered_on or self.listed.registered_on,
            file=replace(known.file, opened_on=opened_on) if self.file else FileFacts(),
        )


def everybody(two: Two) -> list[Listed]:
    """The people whom both may list; joined duplicates stand in their kept file."""
    found: list[Listed] = []
    cursor = ""
    while True:
        page = people.list_people(two.first, limit=LOT, after=cursor)
        both = two.reach([row.pk for row in page.rows])
        found += [
            Listed(row.pk, row.whereabouts, row.registered_on, row.age_band) for row in page.rows if row.pk in both
        ]
        cursor = page.next_cursor
        if not cursor:
            return found


def subjects(two: Two, lot: Sequence[Listed]) -> Iterator[Subject]:
    """Open a lot: identities and ways to reach them that both can open, and the file that stands for each."""
    ids = [one.id for one in lot]
    identities, others = (vault.open_sections(actor, ids, IDENTITY) for actor in (two.first, two.second))
    details, their_details = (vault.open_sections(actor, ids, CONTACT_DETAILS) for actor in (two.first, two.second))
    files = _files(two, ids)
    names = accounts.work_names(file.lead_id for file in files.values() if file.lead_id)
    for listed in lot:
        if listed.id not in identities or listed.id not in others:
            continue
        file, identity = files.get(listed.id), identities[listed.id].content
        is_open = listed.id in details and listed.id in their_details
        imported = rebuild(identity.imported)
        if file is not None or imported is not None:
            yield Subject(
                listed=listed,
                identity=identity,
                details=details[listed.id].content if is_open else ContactDetails(),
                file=file,
                lead=names.get(file.lead_id, "") if file and file.lead_id else "",
                imported=imported,
            )


def _files(two: Two, person_ids: Sequence[UUID]) -> dict[UUID, PersonFile]:
    """One file a person: the imported one, else the latest in which she is a client or a reported person."""
    found, theirs = (cases.files_among(actor, person_ids) for actor in (two.first, two.second))
    chosen = {}
    for person_id, files in found.items():
        shared = {file.id for file in theirs.get(person_id, [])}
        fitting = [file for file in files if file.id in shared and _side(file.role) in SIDES]
        if fitting:
            chosen[person_id] = next((file for file in fitting if file.is_imported), fitting[0])
    return chosen


def _side(role: str) -> str:
    return str(vocabulary.codes("case_role").fact(role, "side", ""))
