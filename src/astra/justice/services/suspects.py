"""Who is suspected? Part and link as codes, the rest sealed to the legal tier; "suspected" until a court convicts."""

from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.cases.rules.tiers import LEGAL
from astra.cases.services import TierFiling
from astra.justice.models import Decision, Proceeding, Suspect, SuspectLink
from astra.justice.rules import lifecycles as life
from astra.justice.sections import SUSPECT, SuspectWords
from astra.justice.selectors.access import get_part
from astra.justice.services.moments import noon
from astra.justice.services.proceedings import SOMEBODY_WAS_FASTER, check_past
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor

NO_CONVICTION = msg("Nobody is convicted before a final judgment: record the conviction in the proceeding first.")
NOBODY = msg("Write who it is, as far as it is known, or how the person is called.")
CONVICTED_THERE = msg("The conviction is in that proceeding. Leave it as it is.")
WITH_WHOM = msg("Choose another reported person.")
ANOTHER_FILE = msg("This proceeding belongs to another case.")


def add_suspect(
    *,
    actor: Actor,
    case_id: UUID,
    part: str,
    words: SuspectWords,
    relation: str = "",
    proceeding_id: UUID | None = None,
) -> UUID:
    """Record somebody who is suspected: always in the legal tier, in no search, on no other page."""
    vocabulary.check("role_in_process", part, field="part")
    if relation:
        vocabulary.check("relation_to_trafficker", relation, field="relation")
    if not (words.name.strip() or words.remark.strip()):
        raise Invalid(Problem("name", NOBODY))
    if proceeding_id is not None and get_part(actor, Proceeding, proceeding_id).case_id != case_id:
        raise Invalid(Problem("proceeding_id", ANOTHER_FILE))
    filing = TierFiling(actor, case_id, LEGAL)
    record_id = filing.seal("justice_suspect", SUSPECT, words)
    filing.line("suspect", record_id, code=life.SUSPECTED)
    with filing.transaction("justice.suspect_recorded"):
        Suspect.objects.create(
            record_id=record_id,
            case_id=case_id,
            tier=LEGAL,
            proceeding_id=proceeding_id,
            part=part,
            relation=relation,
            state_on=today(),
        )
    return record_id


def revise_suspect(
    *,
    actor: Actor,
    suspect_id: UUID,
    part: str,
    words: SuspectWords,
    revision: int,
    relation: str = "",
    proceeding_id: UUID | None = None,
) -> None:
    """Change what is known of somebody who is suspected."""
    suspect = get_part(actor, Suspect, suspect_id)
    vocabulary.check("role_in_process", part, field="part")
    if relation:
        vocabulary.check("relation_to_trafficker", relation, field="relation")
    if suspect.state == life.CONVICTED and proceeding_id != suspect.proceeding_id:
        raise Invalid(Problem("proceeding_id", CONVICTED_THERE))
    if proceeding_id is not None and get_part(actor, Proceeding, proceeding_id).case_id != suspect.case_id:
        raise Invalid(Problem("proceeding_id", ANOTHER_FILE))
    filing = TierFiling(actor, suspect.case_id, LEGAL)
    filing.revise(suspect_id, SUSPECT, words, revision=revision)
    with filing.transaction("justice.suspect_revised"):
        Suspect.objects.filter(pk=suspect_id).update(part=part, relation=relation, proceeding=proceeding_id)


def link_suspect(*, actor: Actor, suspect_id: UUID, other_id: UUID | None, kind: str = "") -> None:
    """Link somebody with another reported person whom the actor may know of; no kind: they are not linked any more."""
    if other_id is None or other_id == suspect_id:
        raise Invalid(Problem("other_id", WITH_WHOM))
    if kind:
        vocabulary.check("suspect_link", kind, field="kind")
    suspect, other = get_part(actor, Suspect, suspect_id), get_part(actor, Suspect, other_id)
    first, second = sorted((suspect.pk, other.pk))
    filing = TierFiling(actor, suspect.case_id, LEGAL)
    filing.touch(suspect.pk)
    filing.touch(other.pk)
    with filing.transaction("justice.suspects_linked"):
        if kind:
            SuspectLink.objects.update_or_create(one_id=first, other_id=second, defaults={"kind": kind})
        else:
            SuspectLink.objects.filter(one=first, other=second).delete()


def step_suspect(*, actor: Actor, suspect_id: UUID, verb: str, day: date) -> None:
    """Charged, convicted, acquitted, or no longer suspected; convicted only after a final conviction is on file."""
    suspect = get_part(actor, Suspect, suspect_id)
    target = life.SUSPECT.check(suspect.state, verb)
    check_past("day", day)
    if target == life.CONVICTED and not _is_convicted(suspect):
        raise NotAllowedNow(NO_CONVICTION)
    filing = TierFiling(actor, suspect.case_id, LEGAL)
    filing.touch(suspect_id)
    filing.line("suspect", suspect_id, code=target, happened_at=noon(day))
    with filing.transaction("justice.suspect_moved"):
        if not Suspect.objects.filter(pk=suspect_id, state=suspect.state).update(state=target, state_on=day):
            raise Conflict(SOMEBODY_WAS_FASTER)


def _is_convicted(suspect: Suspect) -> bool:
    """Whether what is final in the proceeding is a conviction; one that only confirms says what stood before it."""
    if suspect.proceeding_id is None:
        return False
    standing, is_convicted = "", False
    for row in Decision.objects.filter(proceeding=suspect.proceeding_id).order_by("decided_on", "added_at"):
        standing = row.outcome if row.outcome != "confirmed" else standing
        if row.final_on is not None:
            is_convicted = standing == "convicted"
    return is_convicted
