"""How does an organisation come into the register of checked employers and agencies, and what was found about it?

Organisations only. A finding is dated and never changed; a wrong one is withdrawn and stays to be seen.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.hotline.models import CheckedOrganisation, RegisterFinding, RegisterFlag
from astra.hotline.rules import employers as rules
from astra.hotline.rules import offers
from astra.hotline.rules.contacts import NOT_ALLOWED
from astra.kernel.clock import now, today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

DESK = "hotline"
NO_SOURCE = msg("Write where it stands: an address on the internet, or where the paper is.")
FLAG_NEEDED = msg("Say which red flag the warning is.")
FLAGS_AND_NONE = msg("With a red flag the finding is: warnings.")


def add_organisation(*, actor: Actor, entry: rules.Entry, is_organisation: bool) -> UUID:
    """Write an organisation into the register and return its id."""
    actor.check_desk(DESK)
    rules.check_entry(entry, is_organisation=is_organisation)
    with transaction.atomic():
        row = CheckedOrganisation.objects.create(added_by_id=actor.id, **_fields(entry))
        _note(actor, "hotline.register_added", row.pk, kind=entry.kind)
    return row.pk


def revise_organisation(*, actor: Actor, organisation_id: UUID, entry: rules.Entry) -> None:
    """Write an entry anew."""
    actor.check_desk(DESK)
    rules.check_entry(entry, is_organisation=True)
    row = _find(organisation_id)
    with transaction.atomic():
        CheckedOrganisation.objects.filter(pk=row.pk).update(**_fields(entry))
        _note(actor, "hotline.register_revised", row.pk, kind=entry.kind)


def add_finding(
    *,
    actor: Actor,
    organisation_id: UUID,
    what: str,
    source: str,
    on: date,
    verdict: str,
    said: str = "",
    flags: Mapping[str, str] | None = None,
) -> UUID:
    """Write down what was looked up about an organisation; `flags` are red flags with their reasons."""
    actor.check_desk(DESK)
    row, shown = _find(organisation_id), dict(flags or {})
    _check_finding(what, source, on, verdict, shown)
    with transaction.atomic():
        found = RegisterFinding.objects.create(
            organisation=row,
            what=what,
            source=source.strip(),
            on=on,
            said=said.strip(),
            verdict=verdict,
            by_id=actor.id,
        )
        RegisterFlag.objects.bulk_create(
            RegisterFlag(finding=found, code=code, reason=reason) for code, reason in shown.items()
        )
        _note(actor, "hotline.register_found", row.pk, result=verdict)
    return found.pk


def _check_finding(what: str, source: str, on: date, verdict: str, flags: Mapping[str, str]) -> None:
    offers.check_lookup(what, on, day=today())
    offers.check_flags(flags)
    if not source.strip():
        raise Invalid(Problem("source", NO_SOURCE))
    if verdict not in (offers.WARNINGS, offers.NONE_SO_FAR):
        raise Invalid(Problem("verdict", NOT_ALLOWED))
    if verdict == offers.WARNINGS and not flags:
        raise Invalid(Problem("flag", FLAG_NEEDED))
    if verdict == offers.NONE_SO_FAR and flags:
        raise Invalid(Problem("verdict", FLAGS_AND_NONE))


def withdraw_finding(*, actor: Actor, finding_id: UUID) -> UUID:
    """A finding was a mistake: it stays to be seen and counts for nothing; returns the organisation."""
    actor.check_desk(DESK)
    row = RegisterFinding.objects.filter(pk=finding_id).first()
    if row is None:
        raise NotFound
    with transaction.atomic():
        RegisterFinding.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=now())
        _note(actor, "hotline.register_finding_withdrawn", row.organisation_id)
    return row.organisation_id


def join_organisations(*, actor: Actor, keep_id: UUID, other_id: UUID) -> None:
    """Say that two entries are one organisation: the second is found and shown with the first from now on."""
    actor.check_desk(DESK)
    keep, other = _find(keep_id), _find(other_id)
    if keep.pk == other.pk or keep.joined_into_id or other.joined_into_id:
        raise NotAllowedNow(rules.ITSELF)
    with transaction.atomic():
        CheckedOrganisation.objects.filter(joined_into=other).update(joined_into=keep)
        CheckedOrganisation.objects.filter(pk=other.pk).update(joined_into=keep)
        _note(actor, "hotline.register_joined", keep.pk, other.pk)


def separate_organisation(*, actor: Actor, organisation_id: UUID) -> None:
    """They are two after all: the entry stands for itself again, with its own findings."""
    actor.check_desk(DESK)
    row = _find(organisation_id)
    with transaction.atomic():
        CheckedOrganisation.objects.filter(pk=row.pk).update(joined_into=None)
        _note(actor, "hotline.register_separated", row.pk)


def _find(organisation_id: UUID) -> CheckedOrganisation:
    row = CheckedOrganisation.objects.filter(pk=organisation_id).first()
    if row is None:
        raise NotFound
    return row


def _fields(entry: rules.Entry) -> dict[str, object]:
    names = (name.strip() for name in entry.other_names)
    return {**asdict(entry), "name": entry.name.strip(), "other_names": "\n".join(name for name in names if name)}


def _note(actor: Actor, verb: str, *organisations: UUID, **detail: str) -> None:
    subjects = [vault.fallback_pseudonym(one) for one in organisations]
    audit.record(actor_id=actor.id, verb=verb, subjects=subjects, detail=detail)
