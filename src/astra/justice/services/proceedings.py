"""How does a proceeding come into a file, what is it led for, what protects her in it, and what hurt her?"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.cases.services import TierFiling
from astra.justice.models import Incident, Measure, Proceeding, Qualification
from astra.justice.rules import lifecycles as life
from astra.justice.rules.non_punishment import must_be_raised
from astra.justice.sections import INCIDENT, PROCEEDING, IncidentWords, ProceedingWords
from astra.justice.selectors.access import get_part
from astra.justice.selectors.parties import roles_in
from astra.justice.services.moments import noon
from astra.justice.services.parties import Roles, check_roles, write_roles
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

SOMEBODY_WAS_FASTER = msg("Somebody else has changed this meanwhile. Open the page again.")
NOT_YET = msg("This day has not come yet. Write the day on which it happened.")
BEFORE_ALL = msg("This is before the proceeding began. Check the day.")
NOTHING_HAPPENED = msg("Write what happened.")
NON_PUNISHMENT = msg("Raise non-punishment: the person is the accused")


def add_proceeding(
    *,
    actor: Actor,
    case_id: UUID,
    tier: str,
    kind: str,
    roles: Roles,
    begun_on: date,
    words: ProceedingWords,
    authority_id: UUID | None = None,
) -> UUID:
    """Begin a proceeding; where a client is the accused, a task says that non-punishment is to be raised."""
    vocabulary.check("proceeding_kind", kind, field="kind")
    check_roles(case_id, roles)
    check_past("begun_on", begun_on)
    filing = TierFiling(actor, case_id, tier)
    record_id = filing.seal("justice_proceeding", PROCEEDING, words)
    filing.line("proceeding", record_id, code=kind, happened_at=noon(begun_on))
    if must_be_raised(roles, {}):
        filing.task("write", due_on=today(), title=NON_PUNISHMENT)
    with filing.transaction("justice.proceeding_begun", detail={"kind": kind, "tier": tier}):
        proceeding = Proceeding.objects.create(
            record_id=record_id,
            case_id=case_id,
            tier=tier,
            kind=kind,
            begun_on=begun_on,
            authority_id=authority_id,
        )
        write_roles(proceeding, roles)
    return record_id


def revise_proceeding(
    *,
    actor: Actor,
    proceeding_id: UUID,
    roles: Roles,
    authority_id: UUID | None,
    words: ProceedingWords,
    revision: int,
) -> None:
    """Change who leads a proceeding, under which number, and what each client is in it."""
    proceeding = get_part(actor, Proceeding, proceeding_id)
    check_roles(proceeding.case_id, roles)
    filing = TierFiling(actor, proceeding.case_id, proceeding.tier)
    filing.revise(proceeding_id, PROCEEDING, words, revision=revision)
    if must_be_raised(roles, roles_in([proceeding_id])[proceeding_id]):
        filing.task("write", due_on=today(), title=NON_PUNISHMENT)
    with filing.transaction("justice.proceeding_revised"):
        Proceeding.objects.filter(pk=proceeding_id).update(authority=authority_id)
        write_roles(proceeding, roles)


def step_proceeding(*, actor: Actor, proceeding_id: UUID, verb: str, day: date, remark: str = "") -> None:
    """Move a proceeding on: trial, final, discontinued, taken up again."""
    proceeding = get_part(actor, Proceeding, proceeding_id)
    target = life.PROCEEDING.check(proceeding.state, verb)
    check_past("day", day, after=proceeding.begun_on)
    filing = TierFiling(actor, proceeding.case_id, proceeding.tier)
    if remark:
        opened = vault.open_section(actor, proceeding_id, PROCEEDING)
        text = "\n\n".join(part for part in (opened.content.remark, remark) if part)
        filing.revise(proceeding_id, PROCEEDING, replace(opened.content, remark=text), revision=opened.revision)
    filing.touch(proceeding_id)
    filing.line("proceeding", proceeding_id, code=verb, happened_at=noon(day))
    with filing.transaction("justice.proceeding_moved", detail={"kind": verb}):
        move_proceeding(proceeding, target, day)


def move_proceeding(proceeding: Proceeding, target: str, day: date) -> None:
    """Write the new state of a proceeding, within the caller's transaction."""
    ended_on = day if target in (life.FINAL, life.STOPPED) else None
    rows = Proceeding.objects.filter(pk=proceeding.pk, state=proceeding.state)
    if not rows.update(state=target, ended_on=ended_on):
        raise Conflict(SOMEBODY_WAS_FASTER)


def qualify(*, actor: Actor, proceeding_id: UUID, article: str, paragraph: str, stage: str, since: date) -> None:
    """Say under which article a proceeding is led from now on; what it was led for before stays."""
    proceeding = get_part(actor, Proceeding, proceeding_id)
    vocabulary.check("criminal_article", article, field="article")
    vocabulary.check("proceeding_stage", stage, field="stage")
    check_past("since", since)
    filing = TierFiling(actor, proceeding.case_id, proceeding.tier)
    filing.touch(proceeding_id)
    filing.line("requalified", proceeding_id, code=article, happened_at=noon(since))
    with filing.transaction("justice.qualified", detail={"kind": article}):
        Qualification.objects.create(
            proceeding=proceeding, article=article, paragraph=paragraph, stage=stage, since=since
        )


def ask_measure(*, actor: Actor, proceeding_id: UUID, kind: str, asked_on: date) -> None:
    """A measure that protects her was asked for."""
    proceeding = get_part(actor, Proceeding, proceeding_id)
    vocabulary.check("protective_measure", kind, field="kind")
    check_past("asked_on", asked_on)
    filing = TierFiling(actor, proceeding.case_id, proceeding.tier)
    filing.touch(proceeding_id)
    filing.line("protective_measure", proceeding_id, code=kind, happened_at=noon(asked_on))
    with filing.transaction("justice.measure_asked", detail={"kind": kind}):
        Measure.objects.create(proceeding=proceeding, kind=kind, asked_on=asked_on)


def step_measure(*, actor: Actor, measure_id: int, verb: str, day: date) -> UUID:
    """A measure was granted, refused, asked for again or ended; returns its proceeding."""
    measure = Measure.objects.filter(pk=measure_id).first()
    if measure is None:
        raise NotFound
    proceeding = get_part(actor, Proceeding, measure.proceeding_id)
    target = life.MEASURE.check(measure.state, verb)
    check_past("day", day, after=measure.asked_on)
    filing = TierFiling(actor, proceeding.case_id, proceeding.tier)
    filing.touch(proceeding.pk)
    filing.line("protective_measure", proceeding.pk, code=measure.kind, happened_at=noon(day))
    changed = {"asked_on": day, "answered_on": None} if verb == "ask_again" else {"answered_on": day}
    with filing.transaction("justice.measure_answered", detail={"kind": verb}):
        if not Measure.objects.filter(pk=measure_id, state=measure.state).update(state=target, **changed):
            raise Conflict(SOMEBODY_WAS_FASTER)
    found: UUID = proceeding.pk
    return found


def add_incident(
    *, actor: Actor, proceeding_id: UUID, kind: str, happened_on: date, is_reported: bool, words: IncidentWords
) -> UUID:
    """Something in a proceeding hurt her again."""
    proceeding = get_part(actor, Proceeding, proceeding_id)
    vocabulary.check("secondary_harm", kind, field="kind")
    check_past("happened_on", happened_on)
    if not words.what.strip():
        raise Invalid(Problem("what", NOTHING_HAPPENED))
    filing = TierFiling(actor, proceeding.case_id, proceeding.tier)
    record_id = filing.seal("justice_incident", INCIDENT, words)
    filing.line("secondary_harm", record_id, code=kind, happened_at=noon(happened_on))
    with filing.transaction("justice.harm_recorded", detail={"kind": kind}):
        Incident.objects.create(
            record_id=record_id,
            case_id=proceeding.case_id,
            tier=proceeding.tier,
            proceeding=proceeding,
            kind=kind,
            happened_on=happened_on,
            is_reported=is_reported,
        )
    return record_id


def check_past(field: str, day: date, *, after: date | None = None) -> None:
    """What has happened did so by today, and not before what it follows."""
    if day > today():
        raise Invalid(Problem(field, NOT_YET))
    if after is not None and day < after:
        raise Invalid(Problem(field, BEFORE_ALL))
