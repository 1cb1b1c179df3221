"""Which requests wait, how long still, and what do they say to whoever may open them?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.kernel.dues import Due
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.rights.models import OwnRequest
from astra.rights.rules import requests as rules
from astra.rights.sections import ANSWER, ASKED, AnswerWords
from astra.rights.selectors.owning import Owning
from astra.vault import selectors as vault
from astra.vault.actor import Actor

DESKS = ("cases", "data_protection")
MOST = 200
ANSWER_DUE = msg("Answer what a person asked about her or his own data")


@dataclass(frozen=True)
class RequestLine:
    """One request with the words that the reader may open."""

    id: UUID
    person_id: UUID
    kind: str
    way: str
    state: str
    received_on: date
    due_on: date
    handler_id: UUID | None
    outcome: str
    ended_on: date | None
    asked: str
    answer: str
    longer: str
    is_online: bool
    """Whether she reads the answer on her own page."""


def waiting(actor: Actor) -> list[RequestLine]:
    """What waits for an answer and may be opened by the actor, the most urgent first."""
    actor.check_desk(*DESKS)
    rows = OwnRequest.objects.filter(state__in=rules.WAITING, **_hers(actor)).order_by("due_on", "pk")
    return _lines(actor, rows[:MOST])


def requests_of(actor: Actor, person_id: UUID) -> list[RequestLine]:
    """Everything that somebody asked, as far as the actor may know of it; the newest first."""
    actor.check_desk(*DESKS)
    rows = OwnRequest.objects.filter(person=person_id, **_hers(actor)).order_by("-received_on", "-pk")
    return _lines(actor, rows[:MOST])


def request(actor: Actor, request_id: UUID) -> RequestLine:
    """One request, or `NotFound`."""
    actor.check_desk(*DESKS)
    vault.check_reach(actor, request_id)
    found = _lines(actor, OwnRequest.objects.filter(pk=request_id))
    if not found:
        raise NotFound
    return found[0]


def own_requests(owning: Owning) -> list[RequestLine]:
    """What she asked on her own page or in person, with our answers; the newest first."""
    rows = OwnRequest.objects.filter(page=owning.page.pk).order_by("-received_on", "-pk")
    return _lines(owning.actor, rows[:MOST])


def due(actor: Actor, day: date) -> list[Due]:
    """Requests whose term ends within a week of the day, for those who may answer them."""
    until = day + rules.WARNED
    rows = OwnRequest.objects.filter(state__in=rules.WAITING, due_on__lte=until, **_hers(actor)).order_by("due_on")
    return [Due(at, "rights.answer", pk, ANSWER_DUE) for pk, at in rows.values_list("pk", "due_on")[:MOST]]


def _hers(actor: Actor) -> dict[str, object]:
    ids = vault.reach_of(actor, kind="own_request")
    reached = OwnRequest.objects.filter(vault.within("pk", **ids)).values("pk")
    return {"pk__in": reached}


def _lines(actor: Actor, rows: Iterable[OwnRequest]) -> list[RequestLine]:
    found = list(rows)
    ids = [row.pk for row in found]
    asked = vault.open_sections(actor, ids, ASKED) if ids else {}
    answers = vault.open_sections(actor, ids, ANSWER) if ids else {}
    return [
        RequestLine(
            id=row.pk,
            person_id=row.person_id,
            kind=row.kind,
            way=row.way,
            state=row.state,
            received_on=row.received_on,
            due_on=row.due_on,
            handler_id=row.handler_id,
            outcome=row.outcome,
            ended_on=row.ended_on,
            asked=asked[row.pk].content.words if row.pk in asked else "",
            answer=_answer(answers.get(row.pk)).words,
            longer=_answer(answers.get(row.pk)).longer,
            is_online=row.page_id is not None,
        )
        for row in found
    ]


def _answer(opened: object) -> AnswerWords:
    content = getattr(opened, "content", None)
    return content if isinstance(content, AnswerWords) else AnswerWords()
