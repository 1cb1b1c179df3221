"""How does a request get to those who answer it, and the answer back to her?

A complaint is sealed to data protection alone, and whoever of them works on the case too stands behind a wall, so
that it reaches somebody other than the colleague it may concern.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from astra.audit import services as audit
from astra.cases import selectors as cases
from astra.cases import services as in_cases
from astra.cases.rules.tiers import TEAM
from astra.kernel.clock import now, today
from astra.kernel.errors import NotFound
from astra.rights.models import OwnPage, OwnRequest
from astra.rights.rules import requests as rules
from astra.rights.sections import ANSWER, ASKED, AnswerWords, AskedWords
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.circles import build_wall
from astra.vault.services.sealing import Sealing

COORDINATORS, DATA_PROTECTION = "coordinators", "data_protection"
DESKS = ("cases", "data_protection")
VERBS = {"take": "rights.taken_on", "answer": "rights.answered", "take_back": "rights.taken_back"}
"""What stands on the log for each step."""


def note_request(*, actor: Actor, person_id: UUID, case_id: UUID, kind: str, way: str, words: str) -> UUID:
    """Write down what somebody asked in person or by letter; she reads the answer online if she has a page."""
    actor.check_desk("cases")
    vault.check_reach(actor, person_id)
    cases.get_case(actor, case_id)
    page = OwnPage.objects.filter(person=person_id, closed_on=None).first()
    return lay_down(actor=actor, page=page, person_id=person_id, kind=kind, words=words, way=way, case_id=case_id)


def lay_down(
    *,
    actor: Actor,
    page: OwnPage | None,
    person_id: UUID,
    kind: str,
    words: str,
    way: str,
    case_id: UUID | None = None,
) -> UUID:
    """Seal a request to those who answer it, and to her own page."""
    said = rules.check_request(kind, words)
    case = case_id or (page.case_id if page else None)
    sealing, readers = Sealing(actor), _readers(kind, case)
    is_told = kind != rules.COMPLAIN and case is not None and TEAM in cases.tier_circles([case]).get(case, {})
    own = [page.circle_id] if page else []
    record_id = sealing.new_record("own_request", listed_for=[*readers, *own])
    sealing.seal(record_id, ASKED, AskedWords(said), to=[*readers, *own], owners=[person_id])
    received = today()
    row = OwnRequest(record_id=record_id, person_id=person_id, page=page, kind=kind, way=way, received_on=received)
    row.due_on = rules.due_on(received)
    concerned = _concerned(case) if kind == rules.COMPLAIN else []
    with sealing.transaction():
        row.save(force_insert=True)
        for member in concerned:
            build_wall(actor=actor, record_id=record_id, member_id=member)
        if is_told and case is not None:
            _tell_team(actor, case, record_id, kind)
        audit.record(
            actor_id=actor.id,
            verb="rights.asked",
            subjects=[sealing.pseudonym(record_id), *vault.pseudonyms([person_id]).values()],
            detail={"kind": kind},
        )
    return record_id


def _tell_team(actor: Actor, case_id: UUID, record_id: UUID, kind: str) -> None:
    """Leave a line in her file, marked as hers; the words stay in the request, which the team can open."""
    if kind == rules.OWN_WORDS:
        in_cases.add_to_timeline(actor=actor, case_id=case_id, kind="own_words", subject_id=record_id)
    else:
        in_cases.add_to_timeline(actor=actor, case_id=case_id, kind="own_request", subject_id=record_id, code=kind)


def take(*, actor: Actor, request_id: UUID) -> None:
    """Say who answers it."""
    sealing = Sealing(actor)
    with _changing(actor, sealing, request_id, "take") as row:
        row.handler_id = actor.id


def lengthen(*, actor: Actor, request_id: UUID, words: str) -> None:
    """Make the term longer, once, with the reason that she is told."""
    row = _reached(actor, request_id)
    due = rules.longer(row.received_on, row.due_on, words)
    sealing = Sealing(actor)
    _write_answer(sealing, row, longer=words.strip())
    with sealing.transaction():
        OwnRequest.objects.filter(pk=request_id).update(due_on=due)
        _log(actor, "rights.lengthened", row)


def answer(*, actor: Actor, request_id: UUID, outcome: str, words: str) -> None:
    """Answer a request; a refusal, or half of what was asked, is answered with its reason."""
    said = rules.check_answer(outcome, words)
    row, sealing = _reached(actor, request_id), Sealing(actor)
    rules.OWN_REQUEST.check(row.state, "answer")
    _write_answer(sealing, row, words=said)
    with _changing(actor, sealing, request_id, "answer") as changed:
        changed.outcome, changed.ended_on = outcome, today()
        changed.handler_id = changed.handler_id or actor.id


def take_back_request(*, actor: Actor, request_id: UUID) -> None:
    """She has said that she takes it back."""
    _reached(actor, request_id)
    take_back_of(actor, request_id)


def take_back_of(actor: Actor, request_id: UUID, page_id: UUID | None = None) -> None:
    """End a request without an answer; one of her own page where that is named."""
    if page_id is not None and not OwnRequest.objects.filter(pk=request_id, page=page_id).exists():
        raise NotFound
    with _changing(actor, Sealing(actor), request_id, "take_back") as row:
        row.ended_on = today()


def _readers(kind: str, case_id: UUID | None) -> list[UUID]:
    desks = vault.desk_circles()
    if kind == rules.COMPLAIN:
        return [desks[DATA_PROTECTION]]
    team = cases.tier_circles([case_id]).get(case_id, {}).get(TEAM) if case_id else None
    return [*([team] if team else []), desks[COORDINATORS], desks[DATA_PROTECTION]]


def _concerned(case_id: UUID | None) -> list[UUID]:
    """Who sits in data protection and works on the case too: she does not read a complaint that may be about her.

    Where nobody else sits there, it is read all the same: an unread complaint would help nobody.
    """
    officers = set(vault.members_of(vault.desk_circle(DATA_PROTECTION)))
    tiers = cases.tier_circles([case_id]).get(case_id, {}).values() if case_id else ()
    working = officers & {member for circle in tiers for member in vault.members_of(circle)}
    return sorted(working) if officers - working else []


def _reached(actor: Actor, request_id: UUID) -> OwnRequest:
    actor.check_desk(*DESKS)
    vault.check_reach(actor, request_id)
    row = OwnRequest.objects.filter(pk=request_id).select_related("page").first()
    if row is None:
        raise NotFound
    return row


def _write_answer(sealing: Sealing, row: OwnRequest, *, words: str = "", longer: str = "") -> None:
    opened = vault.find_section(sealing.actor, row.pk, ANSWER)
    if opened is not None:
        fresh = replace(opened.content, words=words or opened.content.words, longer=longer or opened.content.longer)
        sealing.revise(row.pk, ANSWER, fresh, revision=opened.revision)
        return
    readers = sealing.lasting_circles(row.pk, ASKED)
    sealing.seal(row.pk, ANSWER, AnswerWords(words, longer), to=sorted(readers), owners=[row.person_id])


@contextmanager
def _changing(actor: Actor, sealing: Sealing, request_id: UUID, verb: str) -> Iterator[OwnRequest]:
    """Lock the row, take the step, let the block change the rest, write and log."""
    if actor.id is not None:
        _reached(actor, request_id)
    sealing.touch(request_id, now())
    with sealing.transaction():
        row = OwnRequest.objects.select_for_update().get(pk=request_id)
        row.state = rules.OWN_REQUEST.check(row.state, verb)
        yield row
        row.save()
        _log(actor, VERBS[verb], row)


def _log(actor: Actor, verb: str, row: OwnRequest) -> None:
    names = list(vault.pseudonyms([row.pk, row.person_id]).values())
    audit.record(actor_id=actor.id, verb=verb, subjects=names, detail={"kind": row.kind})
