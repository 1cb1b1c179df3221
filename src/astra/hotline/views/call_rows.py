"""How is a call said on a page? Which line, how it stands, who may be calling, and whether she may be called back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from astra.accounts.selectors import work_names
from astra.hotline.rules import calls as rules
from astra.hotline.rules import contacts
from astra.hotline.selectors import Calling, CallLine, KnownCaller
from astra.hotline.views.regulars_shown import PlanRow, plan_rows
from astra.hotline.views.saying import Tag, rules_from_file, rules_from_note
from astra.hotline.views.talking import waited
from astra.kernel.words import msg
from astra.people.rules.safety import SafeShown
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vocabulary.naming import label

RINGS, HERS, NOBODYS = msg("%(line)s is ringing"), msg("You answered: %(line)s"), msg("Who answered? %(line)s")
STATES = {
    rules.RINGING: (msg("Ringing"), "attention"),
    rules.ANSWERED: (msg("Speaking"), "good"),
    rules.TRANSFERRED: (msg("Passed on"), "info"),
    rules.ENDED: (msg("Ended"), ""),
    rules.MISSED: (msg("Missed"), "danger"),
}
CALLER_IDS = {
    rules.WITHHELD: msg("The caller withholds the number."),
    rules.FORGOTTEN: msg("The number has been let go."),
    rules.NOT_TOLD: msg("The exchange told no number."),
}
CLOSED = msg("The number is not yours to open.")
PERMISSIONS = {
    "withheld": msg("No way to call: the number is withheld."),
    "not_told": msg("No way to call: no number was told."),
    "forgotten": msg("No way to call: the number has been let go."),
    "closed": CLOSED,
    "forbidden": msg("Do not call: the rules of a person with this number forbid it."),
    "nobody_asked": msg("Do not call: nobody has said that it is safe. Wait until the call comes again."),
}


@dataclass(frozen=True)
class PersonShown:
    """Somebody who may be calling."""

    name: str
    url: str
    rules: SafeShown | None


@dataclass(frozen=True)
class WhoShown:
    """What a page says of whoever calls."""

    said: str
    people: tuple[PersonShown, ...] = ()
    note: SafeShown | None = None
    """What an earlier caller from this number said."""
    number: str = ""
    tries: int = 1
    again_at: datetime | None = None
    plans: tuple[PlanRow, ...] = ()
    """What every shift has agreed to do."""
    why_not: str = ""
    """Why nobody calls back; blank where one may."""

    @property
    def may_be_called(self) -> bool:
        """Whether somebody has said how it is safe."""
        return not self.why_not


@dataclass(frozen=True)
class CallRow:
    """One call as a page shows it."""

    line: CallLine
    title: str
    name: str
    tag: Tag
    who: str
    """The colleague who answered."""
    is_mine: bool
    since: datetime
    """Since when it rings or somebody speaks."""
    caller: str
    """What is known of the number without opening it; blank where one was given."""
    form_url: str
    """Where it is written down; blank for who reads no contacts and has not said that this call is hers."""

    @property
    def is_ringing(self) -> bool:
        """Whether nobody has taken it."""
        return self.line.is_ringing

    @property
    def is_free(self) -> bool:
        """Whether somebody still has to say that she answered."""
        return self.line.answered_by is None and self.line.is_to_log


def call_rows(actor: Actor, lines: Collection[CallLine]) -> list[CallRow]:
    """Calls by coded facts alone; nothing is opened."""
    staff = work_names({line.answered_by for line in lines if line.answered_by})
    may_write = vault.reachable_among(actor, [line.contact_id for line in lines]) if lines else set()
    return [_row(actor, line, staff, may_write=line.contact_id in may_write) for line in lines]


def _row(actor: Actor, line: CallLine, staff: dict[UUID, str], *, may_write: bool) -> CallRow:
    name, is_mine = label(contacts.LINE, line.line), line.answered_by is not None and line.answered_by == actor.id
    title = HERS if is_mine else RINGS if line.is_ringing else NOBODYS
    said, tone = STATES[line.state]
    return CallRow(
        line=line,
        title=gettext(title) % {"line": name},
        name=name,
        tag=Tag(gettext(said), tone),
        who=staff.get(line.answered_by, "") if line.answered_by else "",
        is_mine=is_mine,
        since=line.answered_at or line.rang_at,
        caller=gettext(CALLER_IDS[line.caller_id]) if line.caller_id in CALLER_IDS else "",
        form_url=reverse("hotline:change", args=[line.contact_id]) if may_write else "",
    )


@dataclass(frozen=True)
class MissedRow:
    """A missed call with what may be done about it."""

    row: CallRow
    shown: WhoShown
    waits: str
    """Since when nothing was done about it."""


def missed_rows(actor: Actor, lines: Sequence[CallLine], known: dict[UUID, Calling], at: datetime) -> list[MissedRow]:
    """Missed calls with who may have called; their numbers were opened for it."""
    return [
        MissedRow(row, who_shown(actor, known[line.id]), waited(line.rang_at, at))
        for row, line in zip(call_rows(actor, lines), lines, strict=True)
    ]


def who_shown(actor: Actor, known: Calling) -> WhoShown:
    """Who may be calling, in words."""
    permission = known.permission
    return WhoShown(
        said=_said(known),
        people=tuple(_person(actor, one) for one in known.people),
        note=rules_from_note(known.said),
        number=known.number,
        tries=known.tries,
        again_at=known.again_at,
        plans=tuple(plan_rows(actor, known.plans)),
        why_not=gettext(PERMISSIONS[permission]) if permission in PERMISSIONS else "",
    )


def _said(known: Calling) -> str:
    if known.caller_id in CALLER_IDS:
        return gettext(CALLER_IDS[known.caller_id])
    if not known.number:
        return gettext(CLOSED)
    if known.people:
        return gettext("May be:")
    if known.said is not None:
        return gettext("Somebody has called from this number before.")
    return gettext("Nobody is known by this number.")


def _person(actor: Actor, one: KnownCaller) -> PersonShown:
    may_open = one.is_reachable and actor.has_desk("people")
    stop = "" if one.may_be_called else gettext("Nobody is to call")
    url = reverse("people:person", args=[one.person_id]) if may_open else ""
    return PersonShown(one.name, url, rules_from_file(one.safety, stop))
