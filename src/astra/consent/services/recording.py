"""How does an answer, or an unasked question, get into the ledger?"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from astra import vocabulary
from astra.audit import services as audit
from astra.consent.models import Consent
from astra.consent.rules import ledger
from astra.consent.rules.recording import NewConsent, check_new
from astra.consent.sections import DETAILS, Details
from astra.consent.selectors import living_consent
from astra.kernel.clock import today
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.people import services as persons
from astra.people.rules.persons import SafeRule, Safety
from astra.people.rules.safety import MUST_NOT_KNOW
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing

KIND, BATCH = "consent", 500
DESKS = ("consent", "hotline")
LISTS = {
    "purpose": "consent_purpose",
    "recipient": "consent_recipient",
    "section": "consent_section",
    "answer": "consent_answer",
    "giver": "consent_giver",
    "method": "consent_method",
    "language": "language",
    "child_view": "child_view",
    "ground": "case_ground",
}
ANSWERED = msg("This question has been answered already.")


def record_consent(*, actor: Actor, person_id: UUID, new: NewConsent) -> UUID:
    """Write down what was answered, who answered and how, or that somebody has still to ask."""
    actor.check_desk(*DESKS)
    vault.check_reach(actor, person_id)
    age = people.ages_of(actor, person_id, new.given_on or today())
    _check_codes(new)
    check_new(new, None if age is None else age.least, today())
    return _write(actor, [(person_id, new)], "consent.recorded")[0]


def record_consents(*, actor: Actor, new: Sequence[tuple[UUID, NewConsent]]) -> list[UUID]:
    """Write many lines at once, as an import or the demo does: 500 a transaction, codes checked, ages not."""
    actor.check_desk(*DESKS)
    for _, line in new:
        _check_codes(line)
    made: list[UUID] = []
    for start in range(0, len(new), BATCH):
        made += _write(actor, new[start : start + BATCH], "consent.recorded_many")
    return made


def note_asked(*, actor: Actor, consent_id: UUID, new: NewConsent) -> UUID:
    """An unasked or taken-over line is answered: the answer is a line of its own, the question is settled."""
    asked = living_consent(actor, consent_id)
    with transaction.atomic():
        open_question = Consent.objects.filter(pk=consent_id, answer__in=ledger.QUESTIONS, withdrawn_on=None)
        if not open_question.update(withdrawn_on=today(), ask_by=None):
            raise NotAllowedNow(ANSWERED)
        return record_consent(actor=actor, person_id=asked.person_id, new=new)


def keep_from(*, actor: Actor, person_id: UUID, who: Sequence[str]) -> None:
    """Somebody (a parent) must not be told: it joins the rules of safe contact, where everybody who dials sees it."""
    fresh = Safety(tuple(SafeRule(MUST_NOT_KNOW, words) for words in who))
    persons.add_safety(actor=actor, person_id=person_id, fresh=fresh)


def share_ledger(*, actor: Actor, person_id: UUID, circles: Collection[UUID], until: datetime | None = None) -> int:
    """Let a case's team read the words of a person's consents, as far as the actor can open them; returns how many."""
    vault.check_reach(actor, person_id)
    ids = list(Consent.objects.filter(person=person_id, record__erased_at=None).values_list("pk", flat=True))
    openable = sorted({record for record, _ in vault.keyed_sections(actor, ids, [DETAILS.name])})
    if not openable or not circles:
        return 0
    sealing = Sealing(actor)
    for consent_id in openable:
        sealing.grant(consent_id, [DETAILS], to=circles, until=until)
    with sealing.transaction():
        subject = sealing.pseudonym(person_id)
        audit.record(
            actor_id=actor.id, verb="consent.ledger_shared", subjects=[subject], detail={"lines": len(openable)}
        )
    return len(openable)


def _check_codes(new: NewConsent) -> None:
    for name, list_name in LISTS.items():
        code = getattr(new, name)
        if code:
            vocabulary.check(list_name, code, field=name)


def _write(actor: Actor, new: Sequence[tuple[UUID, NewConsent]], verb: str) -> list[UUID]:
    circles = people.circles_among({person_id for person_id, _ in new})
    sealing = Sealing(actor)
    rows = []
    for person_id, line in new:
        to = circles[person_id]
        record_id = sealing.new_record(KIND)
        details = Details(words=line.words, withheld=line.withheld, interpreter=line.interpreter)
        sealing.seal(record_id, DETAILS, details, to=to, owners=[person_id])
        rows.append(_row(actor, record_id, person_id, line, today()))
    with sealing.transaction():
        Consent.objects.bulk_create(rows)
        subjects = sorted({*vault.pseudonyms({person_id for person_id, _ in new}).values()})
        audit.record(actor_id=actor.id, verb=verb, subjects=subjects, detail=_coded(new))
    return [row.pk for row in rows]


def _coded(new: Sequence[tuple[UUID, NewConsent]]) -> dict[str, str | int | bool]:
    if len(new) > 1:
        return {"lines": len(new)}
    line = new[0][1]
    return {
        "purpose": line.purpose,
        "recipient": line.recipient,
        "section": line.section,
        "answer": line.answer,
        "ground": line.ground,
    }


def _row(actor: Actor, record_id: UUID, person_id: UUID, line: NewConsent, day: date) -> Consent:
    is_asked = line.answer in (ledger.GIVEN, ledger.REFUSED) and line.ground == ledger.CONSENT
    return Consent(
        record_id=record_id,
        person_id=person_id,
        purpose=line.purpose,
        recipient=line.recipient,
        organisation_id=line.organisation_id,
        section=line.section,
        ground=line.ground,
        answer=line.answer,
        giver=line.giver if is_asked else "",
        giver_person_id=line.giver_id if is_asked else None,
        method=line.method,
        language=line.language,
        has_interpreter=line.has_interpreter,
        child_view=line.child_view,
        given_on=line.given_on or day,
        until_on=line.until_on,
        ask_by=line.ask_by,
        recorded_by=actor.id,
    )
