"""How is help that was given written down? One service or a decade of them, by the same rules."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from astra import vocabulary
from astra.assistance.entries import Attendance, NewService
from astra.assistance.models import GivenService, GroupSession
from astra.assistance.rules.services import check_given
from astra.assistance.sections import SERVICES, SESSION, ServiceWords, SessionWords
from astra.audit import services as audit
from astra.cases.selectors import clients_of, get_case
from astra.cases.services import Filing
from astra.cases.services.timeline import add_lines, entry
from astra.kernel.clock import LOCAL, today
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.rows import insert
from astra.vault.services.sealing import BATCH, Sealing

WHOSE = msg("Choose for which client of this case the service was.")
NOBODY = msg("Name at least two cases: for one person record a service in that case.")
TWICE = msg("A case stands in the list twice.")


def give_service(*, actor: Actor, new: NewService) -> int:
    """Write down one service; what was said about it goes to the tier of its kind."""
    case = get_case(actor, new.case_id)
    _check(new)
    person_id = _whose(new)
    tier = tier_of(new)
    filing = Filing(actor, case)
    words = None
    if new.remark.strip():
        words = filing.seal("service", SERVICES[tier], ServiceWords(new.remark), tier)
    filing.line("service_given", subject=words, tier=tier, code=new.kind, happened_at=_noon(new.given_on))
    row = _row(new, person_id, tier, words)
    with filing.transaction("assistance.give_service", detail={"kind": new.kind}):
        row.save(force_insert=True)
    return row.pk


def give_services(*, actor: Actor, services: Sequence[NewService]) -> int:
    """Write down many services without words, 500 a transaction: a decade that was kept elsewhere."""
    actor.check_desk("cases")
    whose: dict[UUID, UUID] = {}
    for case_id in {new.case_id for new in services}:
        get_case(actor, case_id)
        clients = clients_of(case_id)
        if len(clients) == 1:
            whose[case_id] = clients[0]
    for new in services:
        _check(new)
        if new.person_id is None and new.case_id not in whose:
            raise Invalid(Problem("person_id", WHOSE))
    for start in range(0, len(services), BATCH):
        batch = services[start : start + BATCH]
        rows = [_row(new, new.person_id or whose[new.case_id], tier_of(new), None) for new in batch]
        lines = [
            entry(
                actor, new.case_id, "service_given", tier=tier_of(new), code=new.kind, happened_at=_noon(new.given_on)
            )
            for new in batch
        ]
        with Sealing(actor).transaction():
            insert(rows)
            add_lines(lines)
            audit.record(
                actor_id=actor.id, verb="assistance.give_services", subjects=[], detail={"services": len(rows)}
            )
    return len(services)


def hold_group(
    *,
    actor: Actor,
    held_on: date,
    kind: str,
    attendance: Sequence[Attendance],
    minutes: int | None = None,
    topic: str = "",
) -> UUID:
    """Write down a meeting of several clients: one act, and in each file one service and one line.

    The topic is sealed to whoever led it; no file learns who else was there, not even that somebody was.
    """
    _check_attendance(attendance)
    news = [
        NewService(one.case_id, kind, held_on, one.person_id, provider=actor.id, minutes=minutes) for one in attendance
    ]
    people = [_whose(new) for new in news]
    for new in news:
        get_case(actor, new.case_id)
        _check(new)
    sealing = Sealing(actor)
    own = [vault.personal_circle(actor.id)] if actor.id else []
    session_id = sealing.new_record("group_session", listed_for=own)
    sealing.seal(session_id, SESSION, SessionWords(topic), to=own, owners=[session_id])
    rows = [_row(new, person, tier_of(new), None) for new, person in zip(news, people, strict=True)]
    lines = []
    for new, row in zip(news, rows, strict=True):
        row.is_group = True
        lines.append(entry(actor, new.case_id, "service_given", tier=row.tier, code=kind, happened_at=_noon(held_on)))
        sealing.touch(new.case_id, sealing.at)
    with sealing.transaction():
        GroupSession.objects.create(
            record_id=session_id, held_on=held_on, minutes=minutes, attended=len(rows), led_by=actor.id
        )
        insert(rows)
        add_lines(lines)
        subjects = [sealing.pseudonym(session_id)]
        audit.record(actor_id=actor.id, verb="assistance.hold_group", subjects=subjects, detail={"kind": kind})
    return session_id


def tier_of(new: NewService) -> str:
    """The tier of a service: as somebody chose, or as its kind says."""
    return new.tier or tier_by_kind(new.kind)


def tier_by_kind(kind: str) -> str:
    """Who reads of a kind of help, unless somebody chooses otherwise."""
    found: str = vocabulary.codes("service_type").fact(kind, "tier", "team")
    return found


def _check(new: NewService) -> None:
    vocabulary.check("service_type", new.kind, field="kind")
    if new.funded_by:
        vocabulary.check("funded_by", new.funded_by, field="funded_by")
    if new.tier:
        vocabulary.check("case_tier", new.tier, field="tier")
    check_given(new.given_on, new.minutes, new.units, new.cost, today=today())


def _check_attendance(attendance: Sequence[Attendance]) -> None:
    cases = [one.case_id for one in attendance]
    if len(cases) < 2:
        raise Invalid(Problem("numbers", NOBODY))
    by_case: dict[UUID, int] = defaultdict(int)
    for case_id in cases:
        by_case[case_id] += 1
    if max(by_case.values()) > 1:
        raise Invalid(Problem("numbers", TWICE))


def _whose(new: NewService) -> UUID:
    clients = clients_of(new.case_id)
    if new.person_id is None and len(clients) == 1:
        return clients[0]
    if new.person_id is None or new.person_id not in clients:
        raise Invalid(Problem("person_id", WHOSE))
    return new.person_id


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LOCAL)


def _row(new: NewService, person_id: UUID, tier: str, words: UUID | None) -> GivenService:
    return GivenService(
        case_id=new.case_id,
        person_id=person_id,
        kind=new.kind,
        tier=tier,
        given_on=new.given_on,
        provider=None if new.organisation_id else new.provider,
        organisation_id=new.organisation_id,
        minutes=new.minutes,
        units=new.units,
        cost=new.cost,
        funded_by=new.funded_by,
        words_id=words,
    )
