"""Whom does somebody ask about a file that she may not open, and may she be told who has it?

That somebody is in a desk's care may itself be told only with her consent: without it, the coordinators are named.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from astra.accounts.rules.roles import CIRCLES
from astra.accounts.selectors import colleagues
from astra.kernel.words import msg
from astra.people.selectors.files import circles_among
from astra.vault import selectors as vault

COORDINATION = "coordination"
MOST_NAMED = 4
TEAMS = msg("the team of a case")
WHO_HAS = msg("who has the file: {circles}; ask {names}")
ASK = msg("a colleague has the file; ask {names}")
A_COLLEAGUE = msg("a colleague has the file")
TEAM = "team"
"""Stands for every circle that is no desk: the team of a case, a colleague's own."""
NOT_A_DESK_AT_WORK = frozenset({"house", "index", "safety", "data_protection"})
"""Circles that hold keys of everybody, and say nothing of who works with her."""


@dataclass(frozen=True)
class Keepers:
    """Who may be asked, by work name, and where her file is, if that may be told."""

    names: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()

    def said(self, translate: Callable[[str], str]) -> str:
        """The same in the language of whoever translates."""
        names = ", ".join(self.names)
        if self.circles:
            circles = ", ".join(translate(CIRCLES.get(circle, TEAMS)) for circle in self.circles)
            return translate(WHO_HAS).format(circles=circles, names=names)
        return translate(ASK).format(names=names) if names else translate(A_COLLEAGUE)


NOBODY = Keepers()


def keepers_among(person_ids: Collection[UUID]) -> dict[UUID, Keepers]:
    """Whom to ask about each of these people."""
    if not person_ids:
        return {}
    may_be_told: Callable[[Collection[UUID]], set[UUID]] = import_string(settings.ASKS_LEDGER)
    told = may_be_told(person_ids)
    coordinators = Keepers(tuple(one.work_name for one in colleagues(desks=[COORDINATION])))
    circles = circles_among(told) if told else {}
    return {person: _keepers(circles.get(person, set())) or coordinators for person in person_ids}


def _keepers(circles: set[UUID]) -> Keepers | None:
    desks = {circle: name for name, circle in vault.desk_circles().items()}
    at_work = {circle for circle in circles if desks.get(circle) not in NOT_A_DESK_AT_WORK}
    teams = at_work - desks.keys()  # who works with her knows more than a whole desk
    members = {member for circle in teams or at_work for member in vault.workers_in(circle)}
    names = tuple(one.work_name for one in colleagues() if one.member_id in members)[:MOST_NAMED]
    if not names:
        return None
    return Keepers(names, tuple(sorted({desks.get(circle, TEAM) for circle in at_work})))
