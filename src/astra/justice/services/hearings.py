"""How is a hearing planned, prepared, held or postponed, and how does it get into a colleague's own calendar?"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from astra import vocabulary
from astra.audit import services as audit
from astra.cases.services import TierFiling
from astra.justice.models import CalendarAddress, Hearing, Proceeding
from astra.justice.rules import lifecycles as life
from astra.justice.rules.addresses import hash_of
from astra.justice.sections import HEARING, HearingWords
from astra.justice.selectors.access import get_part
from astra.justice.services.proceedings import SOMEBODY_WAS_FASTER
from astra.kernel.clock import LOCAL, now, today
from astra.kernel.errors import Conflict, Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

TOKEN_BYTES = 32
PREPARED_DAYS_BEFORE = 7
WHEN_NEXT = msg("Write the new day and hour, or cancel the hearing if there is none yet.")
NOT_BEFORE = msg("A hearing is postponed to a later time than it had.")
NOT_HELD_YET = msg("This hearing has not begun yet.")


def add_hearing(
    *,
    actor: Actor,
    proceeding_id: UUID,
    kind: str,
    begins_at: datetime,
    words: HearingWords,
    escort: UUID | None = None,
    is_prepared: bool = False,
    follows: UUID | None = None,
) -> UUID:
    """Plan a hearing; until it, a task says who goes along and that she is to be prepared."""
    proceeding = get_part(actor, Proceeding, proceeding_id)
    vocabulary.check("hearing_kind", kind, field="kind")
    filing = TierFiling(actor, proceeding.case_id, proceeding.tier)
    hearing = _plan(filing, proceeding, kind, begins_at, words=words, escort=escort, is_prepared=is_prepared)
    with filing.transaction("justice.hearing_planned", detail={"kind": kind}):
        hearing.follows_id = follows
        hearing.save(force_insert=True)
    return record_id_of(hearing)


def record_id_of(hearing: Hearing) -> UUID:
    """The id of a hearing's record."""
    found: UUID = hearing.pk
    return found


def _plan(
    filing: TierFiling,
    proceeding: Proceeding,
    kind: str,
    begins_at: datetime,
    *,
    words: HearingWords,
    escort: UUID | None,
    is_prepared: bool,
) -> Hearing:
    record_id = filing.seal("justice_hearing", HEARING, words)
    filing.line("hearing", record_id, code=kind, happened_at=begins_at)
    day = begins_at.astimezone(LOCAL).date()
    task_id = None
    if day >= today():
        due_on = day if is_prepared else max(today(), day - timedelta(days=PREPARED_DAYS_BEFORE))
        task_kind = "court_hearing" if is_prepared else "prepare_hearing"
        task_id = filing.task(task_kind, due_on=due_on, title=_day(day), assigned=escort)
    return Hearing(
        record_id=record_id,
        case_id=proceeding.case_id,
        tier=proceeding.tier,
        proceeding=proceeding,
        kind=kind,
        begins_at=begins_at,
        escort_id=escort,
        is_prepared=is_prepared,
        task_id=task_id,
    )


def prepare_hearing(
    *, actor: Actor, hearing_id: UUID, is_prepared: bool, escort: UUID | None, words: HearingWords, revision: int
) -> None:
    """Say who goes along and whether she is prepared; once she is, the task moves to the day itself."""
    hearing = get_part(actor, Hearing, hearing_id)
    filing = TierFiling(actor, hearing.case_id, hearing.tier)
    filing.revise(hearing_id, HEARING, words, revision=revision)
    task_id = hearing.task_id
    if is_prepared and not hearing.is_prepared and hearing.state == life.PLANNED:
        day = hearing.begins_at.astimezone(LOCAL).date()
        filing.end_task(hearing.task_id, "done")
        task_id = filing.task("court_hearing", due_on=max(day, today()), title=_day(day), assigned=escort)
    with filing.transaction("justice.hearing_prepared"):
        Hearing.objects.filter(pk=hearing_id).update(is_prepared=is_prepared, escort=escort, task_id=task_id)


def end_hearing(*, actor: Actor, hearing_id: UUID, verb: str, outcome: str, course: str = "") -> None:
    """A hearing was held, or cancelled for a reason."""
    hearing = get_part(actor, Hearing, hearing_id)
    target = life.HEARING.check(hearing.state, verb)
    vocabulary.check("hearing_outcome" if target == life.HELD else "postponed_because", outcome, field="outcome")
    if target == life.HELD and hearing.begins_at > now():
        raise Invalid(Problem("outcome", NOT_HELD_YET))
    filing = TierFiling(actor, hearing.case_id, hearing.tier)
    _write_course(filing, hearing, course)
    filing.end_task(hearing.task_id, "done" if target == life.HELD else "dropped")
    with filing.transaction("justice.hearing_ended", detail={"kind": verb}):
        _move(hearing, target, outcome)


def postpone_hearing(*, actor: Actor, hearing_id: UUID, outcome: str, begins_at: datetime, course: str = "") -> UUID:
    """Put a hearing off to another time: the next one follows it, with the same place and the same escort."""
    hearing = get_part(actor, Hearing, hearing_id)
    target = life.HEARING.check(hearing.state, "postpone")
    vocabulary.check("postponed_because", outcome, field="outcome")
    if begins_at <= hearing.begins_at:
        raise Invalid(Problem("begins_at", NOT_BEFORE))
    filing = TierFiling(actor, hearing.case_id, hearing.tier)
    known = _write_course(filing, hearing, course)
    filing.end_task(hearing.task_id, "dropped")
    proceeding = hearing.proceeding
    words = HearingWords(place=known.place, preparation=known.preparation, remark=known.remark)
    following = _plan(
        filing, proceeding, hearing.kind, begins_at, words=words, escort=hearing.escort_id, is_prepared=False
    )
    with filing.transaction("justice.hearing_postponed", detail={"kind": outcome}):
        _move(hearing, target, outcome)
        following.follows_id = hearing_id
        following.save(force_insert=True)
    return record_id_of(following)


def _write_course(filing: TierFiling, hearing: Hearing, course: str) -> HearingWords:
    opened = vault.open_section(filing.actor, hearing.pk, HEARING)
    filing.touch(hearing.pk)
    if course.strip():
        filing.revise(hearing.pk, HEARING, replace(opened.content, course=course), revision=opened.revision)
    return opened.content


def _move(hearing: Hearing, target: str, outcome: str) -> None:
    rows = Hearing.objects.filter(pk=hearing.pk, state=hearing.state)
    if not rows.update(state=target, outcome=outcome):
        raise Conflict(SOMEBODY_WAS_FASTER)


def _day(day: object) -> str:
    return f"{day:%d.%m.%Y.}"


def new_feed(*, actor: Actor) -> str:
    """Make the secret of one's own calendar address anew and return it; what was there before leads nowhere."""
    actor.check_desk("cases")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    given = {"feed_hash": hash_of(token), "made_at": now()}
    with transaction.atomic():
        CalendarAddress.objects.update_or_create(member_id=_self(actor), defaults=given)
        audit.record(actor_id=actor.id, verb="justice.feed_made")
    return token


def end_feed(*, actor: Actor) -> None:
    """The address of one's calendar leads nowhere from now on."""
    actor.check_desk("cases")
    with transaction.atomic():
        CalendarAddress.objects.filter(member_id=_self(actor)).delete()
        audit.record(actor_id=actor.id, verb="justice.feed_ended")


def _self(actor: Actor) -> UUID:
    if actor.id is None:
        raise NotFound
    return actor.id
