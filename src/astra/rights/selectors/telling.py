"""Whom did we tell something of hers? Referrals, demands that were answered, packages that were taken away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from astra.assistance import selectors as assistance
from astra.assistance.rules import referrals
from astra.cases import selectors as cases
from astra.justice import selectors as justice
from astra.justice.rules import lifecycles as life
from astra.rights.models import ExportedCase
from astra.vocabulary.naming import label, labels

ANSWERS = life.STATE_NAMES["demand_for_file"]
HER_OWN = "own_request"
"""Why a package was made that she herself asked for."""


@dataclass(frozen=True)
class Told:
    """Somebody outside who learned something, in words; by name only where it is not her page on the net."""

    kind: str
    """Of what kind they are."""
    name: str
    on: date
    what: str
    is_recalled: bool = False


def whom_we_told(person_id: UUID, case_id: UUID) -> list[Told]:
    """The newest first; whoever asks holds her own key, or prints her own file.

    A demand is told once she was told of it in person. In a file with several clients a demand may have been about
    another of them: it is told in person only.
    """
    found = [*_referred(person_id), *_packed(case_id)]
    if cases.clients_of(case_id) == [person_id]:
        found += _demanded(case_id)
    return sorted(found, key=lambda one: one.on, reverse=True)


def _referred(person_id: UUID) -> Iterator[Told]:
    for one in assistance.told_of(person_id):
        if one.sent_on is not None:
            what = f"{label('service_type', one.service)} · {', '.join(labels('consent_section', one.sections))}"
            kind = label("consent_recipient", one.recipient)
            yield Told(kind, one.organisation, one.sent_on, what, one.state == referrals.RECALLED)


def _demanded(case_id: UUID) -> Iterator[Told]:
    for row in justice.given_and_told(case_id):
        kind = label("demand_asker", row.asker)
        if row.answered_on is not None:
            yield Told(kind, kind, row.answered_on, _(ANSWERS[row.state]))


def _packed(case_id: UUID) -> Iterator[Told]:
    rows = ExportedCase.objects.filter(case=case_id, export__taken_at__isnull=False).exclude(export__reason=HER_OWN)
    for row in rows.select_related("export"):
        kind = label("export_reason", row.export.reason)
        yield Told(kind, kind, localdate(row.export.taken_at), _("A sealed package of your file"))
