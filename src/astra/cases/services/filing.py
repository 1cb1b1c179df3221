"""How does a later room put a record of its own into a file? Sealed to a tier, with its line, walls and task."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from astra import vocabulary
from astra.cases.models import Task, TimelineEntry
from astra.cases.rules.lifecycle import TO_DO, is_living
from astra.cases.sections import TASK, TaskWords
from astra.cases.selectors.access import get_case, tier_circles
from astra.cases.services.holds import hold_new
from astra.cases.services.tasks import CLOSED_FILE
from astra.cases.services.timeline import entry
from astra.cases.services.walls import wall_new
from astra.cases.services.writing import Writing
from astra.kernel.errors import NotAllowedNow
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import SectionKind

T = TypeVar("T")


class TierFiling:
    """One act of a later room in one tier of one file; `transaction` writes everything, the log's entry last."""

    def __init__(self, actor: Actor, case_id: UUID, tier: str) -> None:
        vocabulary.check("case_tier", tier, field="tier")
        self.actor = actor
        self.tier = tier
        self.case = get_case(actor, case_id)
        self._writing = Writing(actor, self.case)
        self._new: list[UUID] = []
        self._touched: list[UUID] = []
        self._lines: list[TimelineEntry] = []
        self._tasks: list[Task] = []
        self._ended: list[tuple[UUID, str]] = []

    @property
    def at(self) -> datetime:
        """The moment of the act."""
        return self._writing.sealing.at

    def seal(
        self, record_kind: str, section: SectionKind[T], words: T, *, owners: Collection[UUID] | None = None
    ) -> UUID:
        """Begin a record of the file with its words; they are owned by the file's clients, unless it is about one."""
        record_id = self._writing.new_record(record_kind, self.tier)
        self.seal_more(record_id, section, words, owners=owners)
        self._new.append(record_id)
        return record_id

    def seal_more(
        self, record_id: UUID, section: SectionKind[T], words: T, *, owners: Collection[UUID] | None = None
    ) -> None:
        """Seal another part of a record of this file."""
        circle = self._writing.circle(self.tier)
        self._writing.sealing.seal(record_id, section, words, to=[circle], owners=owners or self._writing.owners)

    def revise(self, record_id: UUID, section: SectionKind[T], words: T, *, revision: int) -> None:
        """Write the words of a record of this file anew; `revision` is the one that was read."""
        self._writing.sealing.revise(record_id, section, words, revision=revision)
        self.touch(record_id)

    def touch(self, record_id: UUID) -> None:
        """Name a record that this act changes, for the log."""
        if record_id not in self._touched:
            self._touched.append(record_id)

    def line(self, kind: str, subject_id: UUID, *, code: str = "", happened_at: datetime | None = None) -> None:
        """Leave a line on the file's timeline."""
        self._lines.append(
            entry(
                self.actor,
                self.case.pk,
                kind,
                happened_at=happened_at,
                subject_id=subject_id,
                tier=self.tier,
                code=code,
            )
        )

    def task(self, kind: str, *, due_on: date, title: str = "", assigned: UUID | None = None) -> UUID:
        """Set a task: for whoever is named, else the lead of the file, if she can read it, else the writer."""
        if not is_living(self.case.state):
            raise NotAllowedNow(CLOSED_FILE)
        vocabulary.check("task_kind", kind, field="kind")
        task_id = self._writing.new_record("case_task", self.tier)
        if title:
            circle = self._writing.circle(self.tier)
            self._writing.sealing.seal(task_id, TASK, TaskWords(title), to=[circle], owners=self._writing.owners)
        self._tasks.append(
            Task(
                record_id=task_id,
                case=self.case,
                kind=kind,
                tier=self.tier,
                due_on=due_on,
                assigned_id=self._who(assigned),
            )
        )
        self._new.append(task_id)
        return task_id

    def end_task(self, task_id: UUID | None, state: str) -> None:
        """End a task that the room had set; one that somebody ended before stays as it is."""
        if task_id is not None:
            self._ended.append((task_id, state))

    def _who(self, assigned: UUID | None) -> UUID | None:
        circle = tier_circles([self.case.pk]).get(self.case.pk, {}).get(self.tier)
        sitting = vault.workers_in(circle) if circle else {self.actor.id}
        return next((one for one in (assigned, self.case.lead_id, self.actor.id) if one in sitting), None)

    @contextmanager
    def transaction(self, verb: str, *, detail: dict[str, str | int | bool] | None = None) -> Iterator[None]:
        """Write what was sealed, run the block for the room's own rows, then tasks, lines, walls, holds and the log."""
        subjects = [*self._new, *self._touched]
        with self._writing.transaction(verb, lines=self._lines, subjects=subjects, detail=detail):
            yield
            Task.objects.bulk_create(self._tasks)
            for task_id, state in self._ended:
                Task.objects.filter(pk=task_id, state=TO_DO).update(
                    state=state, ended_at=self.at, ended_by=self.actor.id
                )
            wall_new(self.actor, self.case.pk, self._new)
            hold_new(self.case, self._new)
