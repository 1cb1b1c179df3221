"""What do all writings into a file share? Where its words are sealed to, and what must move with them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from astra.audit import services as audit
from astra.cases.models import Case, TimelineEntry
from astra.cases.selectors.access import owners_of, tier_circles
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing


class Writing:
    """One act of writing into one file: its sealing, its circles, and the lines it leaves."""

    def __init__(self, actor: Actor, case: Case) -> None:
        self.actor = actor
        self.case = case
        self.sealing = Sealing(actor)
        self._circles = tier_circles([case.pk]).get(case.pk, {})
        self._owners: list[UUID] | None = None

    @property
    def owners(self) -> list[UUID]:
        """Whom words about the whole file speak about."""
        if self._owners is None:
            self._owners = owners_of(self.case.pk)
        return self._owners

    def circle(self, tier: str) -> UUID:
        """The circle of a tier; one that is missing is made, and held by the writer until others come in.

        Who is not in the tier may still write into it: she seals to it and cannot open it again.
        """
        if tier not in self._circles:
            personal = self.actor.keyring.personal
            self._circles[tier] = self.sealing.new_circle(
                "case",
                record_id=self.case.pk,
                tier=tier,
                holders=[personal] if personal else [],
                listed_at=self.sealing.at,
            )
        return self._circles[tier]

    def new_record(self, kind: str, tier: str) -> UUID:
        """Begin a record of the file that a tier may list."""
        return self.sealing.new_record(kind, listed_for=[self.circle(tier)])

    @contextmanager
    def transaction(
        self,
        verb: str,
        *,
        lines: Sequence[TimelineEntry] = (),
        subjects: Sequence[UUID] = (),
        detail: dict[str, str | int | bool] | None = None,
    ) -> Iterator[None]:
        """Write what was sealed, run the block, then the lines and, last of all, the entry in the log."""
        self.sealing.touch(self.case.pk, self.sealing.at)
        with self.sealing.transaction():
            yield
            TimelineEntry.objects.bulk_create(lines)
            names = [self.sealing.pseudonym(record) for record in (self.case.pk, *subjects)]
            audit.record(actor_id=self.actor.id, verb=verb, subjects=names, detail=detail)
