"""How does a later room write into a file: its words, its lines and its tasks, in one act?"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from astra import vocabulary
from astra.cases.models import Case, Task, TimelineEntry
from astra.cases.rules.lifecycle import DONE, DROPPED, TO_DO, is_living
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import TASK as WORDS
from astra.cases.sections import TaskWords
from astra.cases.selectors.access import get_case, tier_circles
from astra.cases.services.holds import hold_new
from astra.cases.services.tasks import CLOSED_FILE, check_sits_there
from astra.cases.services.timeline import entry
from astra.cases.services.walls import wall_new
from astra.cases.services.writing import Writing
from astra.kernel.errors import NotAllowedNow
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import SectionKind

T = TypeVar("T")


class Filing:
    """One act of a later room in one file: sealed first, then written together with its lines and tasks."""

    def __init__(self, actor: Actor, case: Case) -> None:
        self.actor = actor
        self.case = case
        self.writing = Writing(actor, case)
        self._records: list[UUID] = []
        self._touched: list[UUID] = []
        self._lines: list[TimelineEntry] = []
        self._tasks: list[Task] = []

    def seal(
        self,
        record_kind: str,
        section: SectionKind[T],
        words: T,
        tier: str = TEAM,
        *,
        owners: Collection[UUID] | None = None,
    ) -> UUID:
        """Begin a record that a tier may list; its words are owned by the file's clients, unless it is about one."""
        record_id = self.writing.new_record(record_kind, tier)
        self.seal_more(record_id, section, words, tier, owners=owners)
        self._records.append(record_id)
        return record_id

    def seal_more(
        self,
        record_id: UUID,
        section: SectionKind[T],
        words: T,
        tier: str = TEAM,
        *,
        owners: Collection[UUID] | None = None,
    ) -> None:
        """Seal another part of a record of this file."""
        to = [self.writing.circle(tier)]
        self.writing.sealing.seal(record_id, section, words, to=to, owners=owners or self.writing.owners)

    def revise(self, record_id: UUID, section: SectionKind[T], words: T, *, revision: int) -> None:
        """Write the words of a record of this file anew; `revision` is the one that was read."""
        self.writing.sealing.revise(record_id, section, words, revision=revision)
        self.touch(record_id)

    def touch(self, record_id: UUID) -> None:
        """Name a record that this act changes, for the log."""
        if record_id not in (*self._records, *self._touched):
            self._touched.append(record_id)

    def line(
        self,
        kind: str,
        *,
        subject: UUID | None = None,
        tier: str = TEAM,
        code: str = "",
        happened_at: datetime | None = None,
    ) -> None:
        """Leave a line on the file's timeline."""
        made = entry(self.actor, self.case.pk, kind, subject_id=subject, tier=tier, code=code, happened_at=happened_at)
        self._lines.append(made)

    def task(
        self, kind: str, due_on: date | None, *, title: str = "", assigned: UUID | None = None, tier: str = TEAM
    ) -> UUID:
        """Set a task; nobody named: whoever leads the file."""
        assigned = assigned or self.case.lead_id
        check_sits_there(self.case.pk, tier, assigned)
        return self._set_task(kind, due_on, title=title, assigned=assigned, tier=tier)

    def task_for_who_reads(
        self, kind: str, due_on: date, *, title: str = "", assigned: UUID | None = None, tier: str = TEAM
    ) -> UUID:
        """Set a task: for whoever is named, else the lead, else the writer: the first who can read it."""
        circle = tier_circles([self.case.pk]).get(self.case.pk, {}).get(tier)
        sitting = vault.workers_in(circle) if circle else {self.actor.id}
        who = next((one for one in (assigned, self.case.lead_id, self.actor.id) if one in sitting), None)
        return self._set_task(kind, due_on, title=title, assigned=who, tier=tier)

    def _set_task(self, kind: str, due_on: date | None, *, title: str, assigned: UUID | None, tier: str) -> UUID:
        if not is_living(self.case.state):
            raise NotAllowedNow(CLOSED_FILE)
        vocabulary.check("task_kind", kind, field="kind")
        task_id = self.writing.new_record("case_task", tier)
        if title:
            to = [self.writing.circle(tier)]
            self.writing.sealing.seal(task_id, WORDS, TaskWords(title), to=to, owners=self.writing.owners)
        self._records.append(task_id)
        self._tasks.append(
            Task(record_id=task_id, case=self.case, kind=kind, tier=tier, due_on=due_on, assigned_id=assigned)
        )
        return task_id

    def end_task(self, task_id: UUID, *, is_done: bool = True) -> None:
        """End a task that this act settles; within the transaction."""
        state = DONE if is_done else DROPPED
        open_task = Task.objects.filter(pk=task_id, case=self.case, state=TO_DO)
        open_task.update(state=state, ended_at=self.writing.sealing.at, ended_by=self.actor.id)

    @contextmanager
    def transaction(
        self, verb: str, *, subject: UUID | None = None, detail: dict[str, str | int | bool] | None = None
    ) -> Iterator[None]:
        """Write what was sealed, the tasks, the room's own rows (the block), the lines and the entry in the log."""
        if subject:
            self.touch(subject)
        named = [*self._records, *self._touched]
        with self.writing.transaction(verb, lines=self._lines, subjects=named, detail=detail):
            for task in self._tasks:
                task.save(force_insert=True)
            yield
            wall_new(self.actor, self.case.pk, self._records)
            hold_new(self.case, self._records)


class TierFiling:
    """A filing of which everything stands in one tier of the file."""

    def __init__(self, actor: Actor, case_id: UUID, tier: str) -> None:
        vocabulary.check("case_tier", tier, field="tier")
        self.actor = actor
        self.tier = tier
        self.case = get_case(actor, case_id)
        self._filing = Filing(actor, self.case)
        self.revise, self.touch = self._filing.revise, self._filing.touch
        self._ended: list[tuple[UUID, str]] = []

    @property
    def at(self) -> datetime:
        """The moment of the act."""
        return self._filing.writing.sealing.at

    def seal(
        self, record_kind: str, section: SectionKind[T], words: T, *, owners: Collection[UUID] | None = None
    ) -> UUID:
        """Begin a record of the file with its words; they are owned by the file's clients, unless it is about one."""
        return self._filing.seal(record_kind, section, words, self.tier, owners=owners)

    def seal_more(
        self, record_id: UUID, section: SectionKind[T], words: T, *, owners: Collection[UUID] | None = None
    ) -> None:
        """Seal another part of a record of this file."""
        self._filing.seal_more(record_id, section, words, self.tier, owners=owners)

    def line(self, kind: str, subject_id: UUID, *, code: str = "", happened_at: datetime | None = None) -> None:
        """Leave a line on the file's timeline."""
        self._filing.line(kind, subject=subject_id, tier=self.tier, code=code, happened_at=happened_at)

    def task(self, kind: str, *, due_on: date, title: str = "", assigned: UUID | None = None) -> UUID:
        """Set a task: for whoever is named, else the lead of the file, if she can read it, else the writer."""
        return self._filing.task_for_who_reads(kind, due_on, title=title, assigned=assigned, tier=self.tier)

    def end_task(self, task_id: UUID | None, state: str) -> None:
        """End a task that the room had set; one that somebody ended before stays as it is."""
        if task_id is not None:
            self._ended.append((task_id, state))

    @contextmanager
    def transaction(self, verb: str, *, detail: dict[str, str | int | bool] | None = None) -> Iterator[None]:
        """Write what was sealed, run the block for the room's own rows, then lines, walls, holds and the log."""
        with self._filing.transaction(verb, detail=detail):
            yield
            for task_id, state in self._ended:
                self._filing.end_task(task_id, is_done=state == DONE)
