"""Which silent calls may be one person's? Those of one number, else those of one line shortly after each other.

Somebody who rings and says nothing may not be able to speak. One such call is nothing; five in an hour are a person.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from astra.hotline.rules.calls import same_number

KINDS = ("silent", "hang_up", "missed")
"""The kinds of a contact in which nobody spoke."""
WINDOW = timedelta(hours=24)
NEAR = timedelta(minutes=20)
"""So shortly after each other calls without a number on one line may be the same person's."""
SHORT = timedelta(seconds=30)
"""A call that was answered and over so soon was hardly a conversation."""
FEWEST = 2


@dataclass(frozen=True, order=True)
class Quiet:
    """A call or contact in which nobody spoke."""

    at: datetime
    id: UUID
    line: str
    number: str = ""
    """As far as whoever looks may know it."""


def groups(given: Iterable[Quiet], *, fewest: int = FEWEST) -> list[tuple[Quiet, ...]]:
    """What belongs together, each group by time; the group with the newest first."""
    found: list[list[Quiet]] = []
    for one in sorted(given):
        its = next((group for group in reversed(found) if _belongs(group, one)), None)
        if its is None:
            found.append([one])
        else:
            its.append(one)
    together = [tuple(group) for group in found if len(group) >= fewest]
    return sorted(together, key=lambda group: group[-1].at, reverse=True)


def _belongs(group: Collection[Quiet], one: Quiet) -> bool:
    numbers = [other.number for other in group if other.number]
    last = max(group)
    if one.number or numbers:
        is_same = bool(one.number) and any(same_number(number, one.number) for number in numbers)
        return is_same and one.at - last.at <= WINDOW
    return last.line == one.line and one.at - last.at <= NEAR


def is_short(answered_at: datetime | None, ended_at: datetime | None) -> bool:
    """Whether a call was over before anything can have been said."""
    return answered_at is None or (ended_at is not None and ended_at - answered_at <= SHORT)
