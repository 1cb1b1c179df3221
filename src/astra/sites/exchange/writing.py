"""How do rows become records? Through the rooms' own bulk verbs, each batch with the note of what came from where."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from astra.cases import selectors as case_selectors
from astra.cases import services as cases
from astra.cases.entries import NewCase
from astra.cases.rules.tiers import TEAM
from astra.consent import services as consent
from astra.consent.rules import ledger
from astra.consent.rules.recording import NewConsent
from astra.hotline import services as hotline
from astra.hotline.rules.contacts import Link
from astra.kernel.clock import today
from astra.people import services as people
from astra.sites.exchange.cells import Built
from astra.sites.exchange.models import ImportedRow
from astra.sites.exchange.references import Parts, References
from astra.sites.exchange.targets import CASES, CONTACTS, PEOPLE
from astra.vault.actor import Actor
from astra.vault.services.trail import write_trail

REVIEW_WITHIN = timedelta(days=90)
DESKS = {
    PEOPLE: (("hotline", "people", "cases", "missing"), ("consent", "hotline")),
    CONTACTS: (("hotline",), ("cases",)),
    CASES: (("cases",),),
}
"""Per kind the desks that an import needs: one of each group."""


@dataclass(frozen=True)
class Fresh:
    """A row that is to be written."""

    built: Built
    digest: str
    parts: dict[str, Parts]
    known: dict[str, UUID]
    """What of it was written before an interruption, by kind."""
    people: tuple[UUID, ...] = ()
    case_id: UUID | None = None


class Writer:
    """Writes batches of rows for one colleague; every batch begins with fresh keys and ends with its trail logged.

    So memory does not grow with the files that were opened, and no entry in the log names fifty thousand people.
    """

    def __init__(self, actor: Actor, references: References, kinds: tuple[str, ...], team: tuple[UUID, ...]) -> None:
        self._actor, self._references, self._kinds, self._team = actor, references, kinds, team

    def check_may(self) -> None:
        """Raise `Denied` unless the actor's role has the desks whose work this is."""
        for kind in self._kinds:
            for desks in DESKS[kind]:
                self._actor.check_desk(*desks)

    def write(self, rows: Sequence[Fresh]) -> int:
        """Write one batch; returns how many rows came in."""
        if not rows:
            return 0
        self._actor = replace(self._actor, keyring=self._actor.keyring.afresh())
        if self._kinds == (CONTACTS,):
            self._write_contacts(rows)
        elif self._kinds == (CASES,):
            self._write_cases(rows)
        else:
            self._write_people(rows)
        write_trail(self._actor, "exchange.opened_for_import")
        return len(rows)

    def _note(self, kind: str, rows: Sequence[Fresh], made: Sequence[UUID]) -> None:
        """Write down which row became which record, inside the transaction that makes the records."""
        ImportedRow.objects.bulk_create(
            ImportedRow(
                key=self._references.key(row.parts[kind]),
                kind=kind,
                content=self._references.content(row.digest),
                record_id=record_id,
            )
            for row, record_id in zip(rows, made, strict=True)
        )

    # --- people, with their files where the row tells of one ---------------------------------------------------------

    def _write_people(self, rows: Sequence[Fresh]) -> None:
        with_files = CASES in self._kinds
        known = {id(row): row.known[PEOPLE] for row in rows if PEOPLE in row.known}
        new = [row for row in rows if id(row) not in known]

        def alongside(made: Sequence[UUID]) -> None:
            self._note(PEOPLE, new, made)
            if not with_files:
                consent.record_consents(actor=self._actor, new=[(person_id, _question()) for person_id in made])

        persons = [row.built.person for row in new if row.built.person]
        made = people.register_people(actor=self._actor, people=persons, alongside=alongside)
        known |= {id(row): person_id for row, person_id in zip(new, made, strict=True)}
        if with_files:
            self._open_files([replace(row, people=(known[id(row)],)) for row in rows])

    def _write_cases(self, rows: Sequence[Fresh]) -> None:
        self._open_files(rows)

    def _open_files(self, rows: Sequence[Fresh]) -> None:
        new = [row for row in rows if CASES not in row.known]
        opened = [self._with_people(row, row.built.case) for row in new if row.built.case is not None]
        cases.open_cases(actor=self._actor, cases=opened, alongside=lambda made: self._note(CASES, new, made))

    def _with_people(self, row: Fresh, case: NewCase) -> NewCase:
        linked = tuple((person, row.built.role) for person in row.people)
        return replace(case, people=linked, team=self._team_of(row))

    def _team_of(self, row: Fresh) -> tuple[UUID, ...]:
        """Who sits in the team beside the coordinators: whoever leads, who was named, else whoever imports.

        A coordinator needs no seat of her own: her desk has one in every team.
        """
        lead = row.built.case.lead if row.built.case else None
        named = tuple(dict.fromkeys((*((lead,) if lead else ()), *self._team)))
        if named or self._actor.has_desk("coordination") or self._actor.id is None:
            return named
        return (self._actor.id,)

    # --- contacts ----------------------------------------------------------------------------------------------------

    def _write_contacts(self, rows: Sequence[Fresh]) -> None:
        circles = case_selectors.tier_circles({row.case_id for row in rows if row.case_id})
        contacts = []
        for row in rows:
            assert row.built.contact is not None
            links = tuple(Link(person, row.built.role) for person in row.people)
            circle = circles[row.case_id][TEAM] if row.case_id else None
            contacts.append(replace(row.built.contact, links=links, team_circle_id=circle))

        def alongside(made: Sequence[UUID]) -> None:
            joined = [(row.case_id, contact) for row, contact in zip(rows, made, strict=True) if row.case_id]
            if joined:
                cases.link_contacts(actor=self._actor, contacts_of=joined)
            self._note(CONTACTS, rows, made)

        hotline.record_contacts(actor=self._actor, contacts=contacts, alongside=alongside)


def _question() -> NewConsent:
    """What nobody knows of somebody taken over: whether she agreed. It is asked within a quarter."""
    return NewConsent(
        purpose="assistance",
        recipient="own_team",
        section=ledger.EVERYTHING,
        answer=ledger.TO_REVIEW,
        ask_by=today() + REVIEW_WITHIN,
    )
