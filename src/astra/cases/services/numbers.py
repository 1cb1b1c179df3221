"""Which number does the next file get, and how is an older reference found again?"""

from uuid import UUID

from astra.cases.models import FileCounter, OldNumber
from astra.cases.rules.numbers import fold_old_number
from astra.cases.selectors.search import old_number_token
from astra.vault import selectors as vault
from astra.vault.actor import Actor


def next_numbers(year: int, count: int) -> range:
    """Give out the next running numbers of a year, within the caller's transaction; whoever comes second waits.

    PostgreSQL locks the year's row, SQLite has one writer at a time; a transaction that fails gives its numbers back.
    """
    FileCounter.objects.get_or_create(year=year)
    last = FileCounter.objects.select_for_update().get(year=year).last
    FileCounter.objects.filter(year=year).update(last=last + count)
    return range(last + 1, last + count + 1)


class OldNumberMaker:
    """Turns older references into tokens that only members of the index circle can make or look for."""

    def __init__(self, actor: Actor) -> None:
        self._generation, self._keys = actor.keyring.newest(vault.desk_circle("index"))

    def rows(self, case_id: UUID, numbers: tuple[str, ...]) -> list[OldNumber]:
        """The rows by which a case is found under its older references."""
        folded = dict.fromkeys(fold_old_number(number) for number in numbers)
        return [
            OldNumber(case_id=case_id, generation=self._generation, token=old_number_token(self._keys, number))
            for number in folded
            if number
        ]
