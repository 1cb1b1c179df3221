"""How is a letter written, looked at by a second person where it says too much, and put into the file?"""

from collections.abc import Mapping
from uuid import UUID

from django.db import models, transaction

from astra import vocabulary
from astra.assistance.letter_sections import LETTER, LetterWords
from astra.assistance.models import Letter, LetterTemplate
from astra.assistance.rules import letters as rules
from astra.assistance.rules.letter_docx import check_template, fill, read_blocks, text_of
from astra.assistance.rules.letter_words import telling_words
from astra.assistance.selectors.letters import blocks_of, get_letter, letter_words, newest_template, template_bytes
from astra.assistance.selectors.referrals import get_referral
from astra.assistance.services.letter_paper import lay_out
from astra.assistance.services.referrals import check_may_go_out
from astra.audit import services as audit
from astra.cases import selectors as cases
from astra.cases import services as in_cases
from astra.cases.services.writing import Writing
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Denied, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vault.sections import Opened

SOMEBODY_WAS_FASTER = msg("Somebody else has changed this letter meanwhile. Open the page again.")
NOT_A_DRAFT = msg("This letter has been handed in. Take it back before you change it.")
NOT_READY = msg("Hand the letter in first.")
ONLY_COORDINATORS = msg("A coordinator puts templates in place.")
NO_SUCH_SCRIPT = msg("Choose the script of the letter.")


def write_letter(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    script: str,
    tier: str,
    values: Mapping[str, str],
    referral: UUID | None = None,
) -> UUID:
    """Begin a letter: only what was ticked goes into it; that of a referral goes out while the referral stands."""
    case = cases.get_case(actor, case_id)
    vocabulary.check("letter_kind", kind, field="kind")
    vocabulary.check("case_tier", tier, field="tier")
    _check_script(script)
    kept = _kept(kind, values)
    carried = get_referral(actor, referral) if referral else None
    if carried is not None and carried.case_id != case_id:
        raise NotFound
    writing = Writing(actor, case)
    circle = writing.circle(tier)
    letter_id = writing.new_record("letter", tier)
    writing.sealing.seal(letter_id, LETTER, LetterWords(values=kept), to=[circle], owners=writing.owners)
    with writing.transaction("assistance.write_letter", subjects=[letter_id], detail={"kind": kind}):
        Letter.objects.create(
            record_id=letter_id,
            case_id=case_id,
            kind=kind,
            script=script,
            tier=tier,
            written_by=actor.id,
            template=newest_template(kind, script),
            referral=carried,
        )
    return letter_id


def _check_script(script: str) -> None:
    if script not in rules.SCRIPTS:
        raise Invalid(Problem("script", NO_SUCH_SCRIPT))


def _kept(kind: str, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    rules.check_values(kind, values)
    return tuple((name, values[name].strip()) for name in rules.PLACES if values.get(name, "").strip())


def revise_letter(*, actor: Actor, letter_id: UUID, values: Mapping[str, str], revision: int) -> None:
    """Write a letter anew while it is a draft; it uses the newest template then."""
    letter = get_letter(actor, letter_id)
    if letter.state != rules.DRAFT:
        raise NotAllowedNow(NOT_A_DRAFT)
    words = LetterWords(values=_kept(letter.kind, values), said=letter_words(actor, letter).content.said)
    writing = Writing(actor, cases.get_case(actor, letter.case_id))
    writing.sealing.revise(letter_id, LETTER, words, revision=revision)
    with writing.transaction("assistance.revise_letter", subjects=[letter_id]):
        _move(letter, rules.DRAFT, template=newest_template(letter.kind, letter.script), written_by=actor.id)


def hand_in_letter(*, actor: Actor, letter_id: UUID, confirmer: UUID | None = None) -> bool:
    """Have a letter looked at: ready at once, or waiting for a second person where it says that somebody is a victim.

    Returns whether it waits.
    """
    letter = get_letter(actor, letter_id)
    known = letter_words(actor, letter)
    telling = telling_words(text_of(blocks_of(letter, known.content)))
    verb = "assistance.ask_about_letter" if telling else "assistance.hand_in_letter"
    target = _target(letter, verb)
    if telling and confirmer is None:
        raise Invalid(Problem("confirmer", rules.WHO_CONFIRMS))
    if telling:
        rules.check_second_person(confirmer, actor.id)
    writing = _revising(actor, letter, known, telling=tuple(telling), said="")
    with writing.transaction(verb, subjects=[letter_id], detail={"kind": letter.kind}):
        task = _ask(actor, letter, confirmer) if telling and confirmer else None
        _move(letter, target, is_telling=bool(telling), written_by=actor.id, confirmed_by=None, task_id=task)
    return bool(telling)


def _target(letter: Letter, verb: str) -> str:
    """Where a step leads that is named as in the log."""
    return rules.LETTER.check(letter.state, verb.removeprefix("assistance."))


def _ask(actor: Actor, letter: Letter, confirmer: UUID) -> UUID:
    return in_cases.add_task(
        actor=actor,
        case_id=letter.case_id,
        kind="confirm_letter",
        due_on=today(),
        assigned=confirmer,
        tier=letter.tier,
    )


def confirm_letter(*, actor: Actor, letter_id: UUID, said: str = "") -> None:
    """Confirm as a second person that this very letter must say what it says."""
    _decide(actor, letter_id, "assistance.confirm_letter", said, confirmed_by=actor.id)


def return_letter(*, actor: Actor, letter_id: UUID, said: str = "") -> None:
    """Send a letter back to be written without those words."""
    _decide(actor, letter_id, "assistance.return_letter", said)


def _decide(actor: Actor, letter_id: UUID, verb: str, said: str, confirmed_by: UUID | None = None) -> None:
    letter = get_letter(actor, letter_id)
    target = _target(letter, verb)
    rules.check_second_person(letter.written_by, actor.id)
    known = letter_words(actor, letter)
    writing = _revising(actor, letter, known, telling=known.content.telling, said=said)
    with writing.transaction(verb, subjects=[letter_id], detail={"kind": letter.kind}):
        if letter.task_id is not None:
            in_cases.step_task(actor=actor, task_id=letter.task_id, verb="finish_task")
        _move(letter, target, confirmed_by=confirmed_by, task_id=None)


def rework_letter(*, actor: Actor, letter_id: UUID) -> None:
    """Take a letter that is ready back to be changed; what was confirmed is confirmed no more."""
    letter = get_letter(actor, letter_id)
    target = rules.LETTER.check(letter.state, "rework_letter")
    writing = Writing(actor, cases.get_case(actor, letter.case_id))
    with writing.transaction("assistance.rework_letter", subjects=[letter_id]):
        _move(letter, target, confirmed_by=None, is_telling=False)


def issue_letter(*, actor: Actor, letter_id: UUID) -> UUID:
    """Put a letter that is ready into the file as a document, as it is printed; returns the document."""
    letter = get_letter(actor, letter_id)
    target = rules.LETTER.check(letter.state, "issue_letter")
    _check_may_go_out(actor, letter)
    known = letter_words(actor, letter).content
    blocks = blocks_of(letter, known)
    if not letter.confirmed_by and telling_words(text_of(blocks)):
        raise NotAllowedNow(rules.SECOND_PERSON)
    kind = rules.kinds()[letter.kind]
    writing = Writing(actor, cases.get_case(actor, letter.case_id))
    clean = lay_out(blocks, letter.script)
    with writing.transaction("assistance.issue_letter", subjects=[letter_id], detail={"kind": letter.kind}):
        document_id = in_cases.add_made_document(
            actor=actor,
            case_id=letter.case_id,
            clean=clean,
            kind=kind.document,
            tier=letter.tier,
            title=dict(known.values).get("subject", "") or kind.title[letter.script],
        )
        _move(letter, target, document_id=document_id, issued_at=now())
    return document_id


def as_docx(*, actor: Actor, letter_id: UUID) -> bytes:
    """A letter that is ready or issued as a DOCX; on the log like a printed one."""
    letter = get_letter(actor, letter_id)
    if letter.state not in (rules.READY, rules.ISSUED):
        raise NotAllowedNow(rules.SECOND_PERSON if letter.state == rules.TO_CONFIRM else NOT_READY)
    _check_may_go_out(actor, letter)
    filled = fill(template_bytes(letter), dict(letter_words(actor, letter).content.values))
    writing = Writing(actor, cases.get_case(actor, letter.case_id))
    with writing.transaction("assistance.take_letter", subjects=[letter_id]):
        pass
    return filled


def _check_may_go_out(actor: Actor, letter: Letter) -> None:
    if letter.referral is not None and letter.state != rules.ISSUED:
        check_may_go_out(actor, letter.referral)


def _revising(
    actor: Actor, letter: Letter, known: Opened[LetterWords], *, telling: tuple[str, ...], said: str
) -> Writing:
    writing = Writing(actor, cases.get_case(actor, letter.case_id))
    words = LetterWords(known.content.values, telling, said)
    writing.sealing.revise(letter.pk, LETTER, words, revision=known.revision)
    return writing


def _move(letter: Letter, state: str, **more: object) -> None:
    """Take the step, unless somebody was faster; within the caller's transaction."""
    if not Letter.objects.filter(pk=letter.pk, state=letter.state).update(state=state, **more):
        raise Conflict(SOMEBODY_WAS_FASTER)


# ---- Templates


def replace_template(*, actor: Actor, kind: str, script: str, content: bytes) -> list[str]:
    """Put an organisation's own DOCX in place; returns the words of it that say that somebody is a victim."""
    _check_coordinator(actor)
    vocabulary.check("letter_kind", kind, field="kind")
    _check_script(script)
    check_template(content, rules.kinds()[kind])
    telling = telling_words(text_of(read_blocks(content)))
    rows = LetterTemplate.objects.filter(kind=kind, script=script)
    last = rows.aggregate(last=models.Max("version"))["last"] or 0
    with transaction.atomic():
        rows.filter(retired_at=None).update(retired_at=now())
        LetterTemplate.objects.create(kind=kind, script=script, version=last + 1, content=content, by=actor.id)
        audit.record(actor_id=actor.id, verb="assistance.replace_template", detail={"kind": kind})
    return telling


def retire_template(*, actor: Actor, kind: str, script: str) -> None:
    """Go back to the template that the product brings along."""
    _check_coordinator(actor)
    with transaction.atomic():
        LetterTemplate.objects.filter(kind=kind, script=script, retired_at=None).update(retired_at=now())
        audit.record(actor_id=actor.id, verb="assistance.retire_template", detail={"kind": kind})


def _check_coordinator(actor: Actor) -> None:
    if not actor.has_desk("coordination"):
        raise Denied(ONLY_COORDINATORS)
