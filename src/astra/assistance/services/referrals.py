"""How is somebody referred to another organisation, and recalled when the ground for it ends?

Nothing is sent without consent for each part that is told. A consent that is taken back recalls at once what rests on
it, whoever takes it back: nothing has to be read for that.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from astra import vocabulary
from astra.assistance.models import Referral, ReferralGround
from astra.assistance.rules import referrals as rules
from astra.assistance.sections import REFERRAL, ReferralWords
from astra.assistance.selectors.referrals import get_referral, referral_words
from astra.assistance.services.clients import whose
from astra.assistance.services.giving import tier_by_kind
from astra.audit import services as audit
from astra.cases.services import TierFiling, add_to_timeline, drop_tasks
from astra.consent import selectors as consent
from astra.consent.rules.ledger import Question
from astra.consent.services.withdrawing import recall_with
from astra.directory import selectors as directory
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED
from astra.vocabulary.naming import label

WITHOUT = msg("%(part)s: %(why)s")
WHOM = msg("Choose an organisation of the directory.")
RECALLED = msg("This referral is recalled. Its letter is not sent any more.")


def refer(
    *,
    actor: Actor,
    case_id: UUID,
    service: str,
    organisation_id: UUID | None,
    recipient: str,
    sections: Collection[str],
    words: ReferralWords,
    person_id: UUID | None = None,
    tier: str = "",
) -> UUID:
    """Prepare a referral; the ledger must allow each part that is told."""
    person = whose(case_id, person_id)
    vocabulary.check("service_type", service, field="service")
    vocabulary.check("consent_recipient", recipient, field="recipient")
    if organisation_id is None:
        raise Invalid(Problem("organisation_id", WHOM))
    organisation = directory.organisation_row(actor, organisation_id)
    grounds = _grounds(actor, person, recipient, organisation_id, sections)
    tier = tier or tier_by_kind(service)
    filing = TierFiling(actor, case_id, tier)
    record_id = filing.seal("referral", REFERRAL, words, owners=[person])
    row = Referral(record_id=record_id, case=filing.case, person_id=person, organisation=organisation)
    row.recipient, row.service, row.sections = recipient, service, " ".join(sorted(sections))
    row.tier, row.prepared_on, row.by = tier, today(), actor.id
    with filing.transaction("assistance.refer", detail={"kind": service}):
        row.save(force_insert=True)
        _rest_on(row, grounds)
    return record_id


def send_referral(*, actor: Actor, referral_id: UUID, sent_on: date, answer_by: date) -> None:
    """It went out; the ledger is asked again, and somebody asks for the answer by a day."""
    row = get_referral(actor, referral_id)
    target = rules.REFERRAL.check(row.state, "send_referral")
    rules.check_sent(sent_on, answer_by, today())
    grounds = _grounds(actor, row.person_id, row.recipient, row.organisation_id, row.sections.split())
    filing = TierFiling(actor, row.case_id, row.tier)
    task = filing.task("referral_follow_up", due_on=answer_by)
    filing.touch(row.pk)
    filing.line("referral_sent", row.pk, code=row.service)
    with filing.transaction("assistance.send_referral"):
        _move(row, target, sent_on=sent_on, answer_by=answer_by, task_id=task)
        _rest_on(row, grounds)


def answer_referral(
    *, actor: Actor, referral_id: UUID, answer: str, on: date, declined: str = "", said: str = ""
) -> None:
    """What they answered: they take her, or why not."""
    if answer not in rules.ANSWERS:
        answer = rules.ANSWERS[0]
    if answer == "decline_referral":
        if not declined:
            raise Invalid(Problem("declined", rules.WHY_NOT))
        vocabulary.check("referral_declined", declined, field="declined")
    else:
        declined = ""
    _end(actor, referral_id, answer, Said(on, said, declined))


def complete_referral(*, actor: Actor, referral_id: UUID, on: date, said: str = "") -> None:
    """They gave the help for which somebody was referred to them."""
    _end(actor, referral_id, "complete_referral", Said(on, said))


def recall_referral(*, actor: Actor, referral_id: UUID, on: date, said: str = "") -> None:
    """Take a referral back though consent stands: it is not needed, or the place is not safe."""
    _end(actor, referral_id, "recall_referral", Said(on, said))


class Said(NamedTuple):
    """What is known of an answer, an end or a recall."""

    on: date
    words: str = ""
    declined: str = ""


def _end(actor: Actor, referral_id: UUID, verb: str, said: Said) -> None:
    row = get_referral(actor, referral_id)
    target = rules.REFERRAL.check(row.state, verb)
    rules.check_ended(said.on, row.sent_on, today())
    known = referral_words(actor, row)
    filing = TierFiling(actor, row.case_id, row.tier)
    if said.words.strip():
        answered = "\n".join(one for one in (known.content.answer, said.words.strip()) if one)
        words = ReferralWords(known.content.told, answered)
        filing.revise(row.pk, REFERRAL, words, revision=known.revision)
    filing.touch(row.pk)
    is_recalled = target == rules.RECALLED
    filing.line("referral_recalled" if is_recalled else "referral_answered", row.pk, code=said.declined)
    filing.end_task(row.task_id, "dropped" if is_recalled else "done")
    with filing.transaction(f"assistance.{verb}"):
        _move(row, target, ended_on=said.on, declined=said.declined)


def check_may_go_out(actor: Actor, row: Referral) -> None:
    """Raise unless the letter of a referral may still be printed."""
    if row.state == rules.RECALLED:
        raise NotAllowedNow(RECALLED)
    _grounds(actor, row.person_id, row.recipient, row.organisation_id, row.sections.split())


def recall_all_on(actor: Actor, consent_id: UUID) -> None:
    """Recall at once what rests on a line of the ledger that has just ended; within the caller's transaction."""
    rows = Referral.objects.filter(grounds__line=consent_id, state__in=rules.LIVING, record__erased_at=None)
    for row in rows:
        _move(row, rules.RECALLED, ended_on=today())
        add_to_timeline(actor=actor, case_id=row.case_id, kind="referral_recalled", subject_id=row.pk, tier=row.tier)
        drop_tasks(actor=actor, task_ids=[row.task_id] if row.task_id else [])
        subjects = list(vault.pseudonyms([row.pk]).values())
        audit.record(actor_id=actor.id, verb="assistance.recall_referral", subjects=subjects)


def _grounds(
    actor: Actor, person_id: UUID, recipient: str, organisation_id: UUID, sections: Collection[str]
) -> set[UUID]:
    """The lines of the ledger that allow it, or `Invalid` with the part that nothing allows."""
    if not sections:
        raise Invalid(Problem("sections", rules.NOTHING_TOLD))
    found: set[UUID] = set()
    problems = []
    for section in sections:
        vocabulary.check("consent_section", section, field="sections")
        question = Question(rules.PURPOSE, recipient, section, today(), organisation_id)
        verdict = consent.verdict(actor, person_id, question)
        found.update(verdict.entries)
        if not verdict.is_allowed:
            parts: dict[str, object] = {"part": label("consent_section", section), "why": verdict.words}
            problems.append(Problem("sections", WITHOUT, parts=parts))
    if problems:
        raise Invalid(*problems)
    return found


def _rest_on(row: Referral, grounds: Collection[UUID]) -> None:
    rows = [ReferralGround(referral=row, line_id=line) for line in grounds]
    ReferralGround.objects.bulk_create(rows, ignore_conflicts=True)


def _move(row: Referral, state: str, **more: object) -> None:
    if not Referral.objects.filter(pk=row.pk, state=row.state).update(state=state, **more):
        raise Conflict(SOMEBODY_SAVED)


recall_with(recall_all_on)
