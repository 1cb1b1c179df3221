"""How are repeated silent calls said in a list, and what does one say to somebody who cannot speak?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext

from astra.hotline import selectors
from astra.hotline.rules.contacts import LINE
from astra.hotline.rules.silence import FEWEST, KINDS
from astra.hotline.selectors import ContactLine, SilentGroup
from astra.hotline.views.regulars_shown import PlanRow, plan_rows
from astra.hotline.views.saying import ContactRow
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vocabulary.naming import label

STEPS = (
    msg("Say only: “Hello, I am listening.” No name of the line or of us until you know who it is."),
    msg("Say: “You need not speak. Press any key once for yes, twice for no.” Then wait."),
    msg("Ask one thing at a time: Can you speak? Is somebody with you? Are you in danger now?"),
    msg("Listen to what is behind: voices, a child, a street. If you hear danger, F8."),
    msg("Say: “You can also write to us. Call at any hour, I will know that it is you.”"),
    msg("Stay for some minutes. Do not hang up first."),
)


@dataclass(frozen=True)
class GroupShown:
    """A group as a page shows it."""

    group: SilentGroup
    line: str
    plans: tuple[PlanRow, ...]
    rows: tuple[ContactRow, ...] = ()


def groups_shown(actor: Actor, groups: Sequence[SilentGroup]) -> list[GroupShown]:
    """Groups with their line in words and what was agreed for the caller."""
    return [GroupShown(one, label(LINE, one.line), tuple(plan_rows(actor, one.plans))) for one in groups]


def fold(actor: Actor, found: Sequence[ContactLine], rows: Sequence[ContactRow]) -> list[ContactRow]:
    """The rows of a list in which repeated silent contacts stand as their newest one, with how many it were."""
    if sum(line.coded.kind in KINDS for line in found) < FEWEST:  # no number is opened where there is nothing to fold
        return list(rows)
    group_of = {contact: one for one in selectors.silent_groups(actor) for contact in one.contacts}
    shown: set[tuple[UUID, ...]] = set()
    folded = []
    for line, row in zip(found, rows, strict=True):
        group = group_of.get(line.id)
        if group is None:
            folded.append(row)
        elif group.contacts not in shown:
            shown.add(group.contacts)
            folded.append(replace(row, times=group.count, since=group.first_at))
    return folded


def steps() -> list[str]:
    """What to say when it may be somebody who cannot speak."""
    return [gettext(step) for step in STEPS]
