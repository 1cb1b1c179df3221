"""How is a file opened? One or five hundred at a time, by the same code: sealed first, then written together.

Whoever opens a file decides who sits in its team; the coordinators' desk sits in it too unless she says no. The file
gets the people it is about and the contacts it began with; the first contact is the first line of its timeline.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from astra import vocabulary
from astra.audit import services as audit
from astra.cases.entries import NewCase
from astra.cases.models import Case, CaseContact, CasePerson, OldNumber, Task, TimelineEntry
from astra.cases.rules import grounds
from astra.cases.rules.lifecycle import is_living
from astra.cases.rules.roles import is_client
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import COMMON, GROUND, OLD_NUMBERS, SUMMARY, Common, GroundWords, OldNumbers, Summary
from astra.cases.services.joining import Gathering, contact_lines
from astra.cases.services.numbers import OldNumberMaker, next_numbers
from astra.cases.services.timeline import entry
from astra.cases.services.walls import inherit_walls
from astra.hotline import services as hotline
from astra.kernel.clock import LOCAL, now, today
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.rows import insert
from astra.vault.services.sealing import BATCH, Sealing

NOBODY_LEFT = msg("Name at least one colleague for the team: without the coordinators nobody else could open the case.")


class Opening:
    """Files being opened together: sealed at once; `save` writes their rows inside the sealing's transaction."""

    def __init__(self, sealing: Sealing, cases: Sequence[NewCase]) -> None:
        self.sealing = sealing
        self.actor = sealing.actor
        self._gathering = Gathering(
            sealing,
            {person_id for new in cases for person_id, _ in new.people},
            {contact_id for new in cases for contact_id in new.contact_ids},
        )
        self._cases: list[Case] = []
        self._people: list[CasePerson] = []
        self._contacts: list[CaseContact] = []
        self._lines: list[TimelineEntry] = []
        self._tasks: list[Task] = []
        self._old_numbers: list[OldNumber] = []
        self._teams: dict[UUID, UUID] = {}
        self._personal: dict[UUID, UUID] = {}
        self._by_team: dict[UUID, list[UUID]] = defaultdict(list)
        self._coordinators = vault.desk_circle("coordinators")
        self._number_maker: OldNumberMaker | None = None
        self.case_ids = [self._add(new) for new in cases]

    def _add(self, new: NewCase) -> UUID:
        """Seal one file to its team."""
        _check_codes(new)
        opened_on = new.opened_on or today()
        at = _listed_at(new, opened_on)
        case_id = self.sealing.new_record("case", listed_at=at)
        team = self._new_team(case_id, new, at)
        self._seal_words(case_id, team, new)
        self._cases.append(
            Case(
                record_id=case_id,
                kind=new.kind,
                state=new.state,
                ground=new.ground,
                ground_on=new.ground_on or opened_on,
                opened_on=opened_on,
                closed_on=new.closed_on,
                outcome=new.outcome,
                lead_id=new.lead,
                forms=sorted(set(new.forms)),
                countries=sorted(set(new.countries)),
                risk=new.risk,
                is_imported=new.is_imported,
            )
        )
        self._people += [
            CasePerson(case_id=case_id, person_id=person_id, role=role, since=opened_on)
            for person_id, role in new.people
        ]
        for person_id, _ in new.people:
            self._gathering.bring_person(person_id, team)
        self._lines.append(entry(self.actor, case_id, "case_opened", happened_at=_opened_at(opened_on)))
        self._bring_contacts(case_id, team, new.contact_ids)
        self._add_asking(case_id, team, new, opened_on)
        return case_id

    def team_circle(self, case_id: UUID) -> UUID:
        """The team circle of a file that has been added."""
        return self._teams[case_id]

    def save(self) -> None:
        """Write everything that was added, with its numbers; the last thing written is the log's entry."""
        self._give_numbers()
        insert(self._cases)
        insert(self._people)
        insert(self._contacts)
        insert(self._lines)
        insert(self._tasks)
        insert(self._old_numbers)
        for team, contact_ids in self._by_team.items():
            hotline.mark_joined(actor=self.actor, contact_ids=contact_ids, case_circle_id=team)
        inherit_walls(self.actor, [case.pk for case in self._cases])
        audit.record(
            actor_id=self.actor.id,
            verb="cases.open",
            subjects=[self.sealing.pseudonym(case.pk) for case in self._cases],
            detail={"cases": len(self._cases)} | ({"ground": self._cases[0].ground} if len(self._cases) == 1 else {}),
        )

    def _new_team(self, case_id: UUID, new: NewCase, at: datetime) -> UUID:
        members = new.team if new.team is not None else tuple(filter(None, [self.actor.id]))
        holders = [self._personal_circle(member) for member in members]
        if not new.without_coordinators:
            holders.append(self._coordinators)
        if not holders:
            raise Invalid(Problem("team", NOBODY_LEFT))
        circle = self.sealing.new_circle("case", record_id=case_id, tier=TEAM, holders=holders, listed_at=at)
        self._teams[case_id] = circle
        return circle

    def _personal_circle(self, member_id: UUID) -> UUID:
        if member_id not in self._personal:
            self._personal[member_id] = vault.personal_circle(member_id)
        return self._personal[member_id]

    def _seal_words(self, case_id: UUID, team: UUID, new: NewCase) -> None:
        owners = [person_id for person_id, role in new.people if is_client(role)] or [case_id]
        self.sealing.seal(case_id, SUMMARY, Summary(new.title, new.story), to=[team], owners=owners)
        if new.ground_words:
            self.sealing.seal(case_id, GROUND, GroundWords(new.ground_words), to=[team], owners=owners)
        if new.common is not None:
            self.sealing.seal(case_id, COMMON, new.common, to=[team], owners=owners)
        if new.old_numbers:
            self.sealing.seal(case_id, OLD_NUMBERS, OldNumbers(new.old_numbers), to=[team], owners=owners)
            if self._number_maker is None:
                self._number_maker = OldNumberMaker(self.actor)
            self._old_numbers += self._number_maker.rows(case_id, new.old_numbers)

    def _bring_contacts(self, case_id: UUID, team: UUID, contact_ids: Sequence[UUID]) -> None:
        if not contact_ids:
            return
        times = self._gathering.bring_contacts(list(dict.fromkeys(contact_ids)), team)
        self._contacts += [CaseContact(case_id=case_id, contact_id=contact_id) for contact_id in times]
        self._lines += contact_lines(self.actor, case_id, times)
        self._by_team[team] += times

    def _add_asking(self, case_id: UUID, team: UUID, new: NewCase, opened_on: date) -> None:
        asked = grounds.asking(new.ground, today() if new.is_imported else new.ground_on or opened_on)
        if asked is None or not is_living(new.state):
            return
        kind, due_on = asked
        task_id = self.sealing.new_record("case_task", listed_for=[team])
        self._tasks.append(Task(record_id=task_id, case_id=case_id, kind=kind, due_on=due_on, assigned_id=new.lead))

    def _give_numbers(self) -> None:
        by_year: dict[int, list[Case]] = defaultdict(list)
        for case in self._cases:
            by_year[case.opened_on.year].append(case)
        for year, cases in sorted(by_year.items()):
            for case, running in zip(cases, next_numbers(year, len(cases)), strict=True):
                case.year, case.running = year, running


def _check_codes(new: NewCase) -> None:
    vocabulary.check("case_ground", new.ground, field="ground")
    vocabulary.check("case_kind", new.kind, field="kind")
    vocabulary.check("case_status", new.state, field="state")
    for _, role in new.people:
        vocabulary.check("case_role", role, field="role")
    for form in new.forms:
        vocabulary.check("forms_of_exploitation", form, field="forms")
    for country in new.countries:
        vocabulary.check("country", country, field="countries")
    if new.outcome:
        vocabulary.check("close_outcome", new.outcome, field="outcome")
    if new.risk:
        vocabulary.check("risk_level", new.risk, field="risk")


def _opened_at(opened_on: date) -> datetime:
    """The moment at which an opening stands in the timeline: now, or noon of an earlier day."""
    return now() if opened_on == today() else datetime.combine(opened_on, time(12), tzinfo=LOCAL)


def _listed_at(new: NewCase, opened_on: date) -> datetime:
    return _opened_at(new.closed_on or opened_on)


def open_case(
    *,
    actor: Actor,
    ground: str,
    kind: str = "trafficking",
    title: str = "",
    story: str = "",
    people: Sequence[tuple[UUID, str]] = (),
    contact_ids: Sequence[UUID] = (),
    team: Sequence[UUID] | None = None,
    lead: UUID | None = None,
    without_coordinators: bool = False,
    ground_on: date | None = None,
    ground_words: str = "",
    common: Common | None = None,
) -> UUID:
    """Open one file on its ground; whoever opens it must be able to open its people and contacts.

    `people` are pairs of a person's record and a role (`case_role`), `team` members (None: the actor herself).
    """
    new = NewCase(
        ground=ground,
        kind=kind,
        title=title,
        story=story,
        ground_on=ground_on,
        ground_words=ground_words,
        people=tuple(people),
        contact_ids=tuple(contact_ids),
        team=None if team is None else tuple(team),
        lead=lead,
        without_coordinators=without_coordinators,
        common=common,
    )
    return open_cases(actor=actor, cases=[new])[0]


def open_cases(
    *, actor: Actor, cases: Sequence[NewCase], alongside: Callable[[Sequence[UUID]], None] | None = None
) -> list[UUID]:
    """Open many files, 500 a transaction, one entry in the log for each of them.

    `alongside` runs inside each transaction with the files it opened: what must be written with them or not at all.
    """
    actor.check_desk("cases")
    made: list[UUID] = []
    for start in range(0, len(cases), BATCH):
        opening = Opening(Sealing(actor), cases[start : start + BATCH])
        made += opening.case_ids
        with opening.sealing.transaction():
            opening.save()
            if alongside is not None:
                alongside(opening.case_ids)
    return made
