"""To whom was somebody referred, what did they answer, and does the ground for it still stand?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.assistance.models import Referral
from astra.assistance.rules import referrals as rules
from astra.assistance.sections import REFERRAL, ReferralWords
from astra.cases import selectors as cases
from astra.consent import selectors as consent
from astra.consent.rules.ledger import Question
from astra.directory import selectors as directory
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened


@dataclass(frozen=True)
class ReferralLine:
    """One referral with the words that the actor may open."""

    row: Referral
    organisation: str
    words: ReferralWords
    stands: bool
    """Whether the ledger still allows what is told; one that has ended stands as it is."""


@dataclass(frozen=True)
class ToldLine:
    """A referral as the person herself may see it."""

    organisation: str
    recipient: str
    service: str
    sections: tuple[str, ...]
    sent_on: date | None
    state: str


def get_referral(actor: Actor, referral_id: UUID) -> Referral:
    """A referral of a file and a tier that the actor reaches, or `NotFound`."""
    row = Referral.objects.select_related("case").filter(pk=referral_id, record__erased_at=None).first()
    if row is None or not vault.can_reach(actor, referral_id):
        raise NotFound
    cases.get_case(actor, row.case_id)
    return row


def referral_words(actor: Actor, row: Referral) -> Opened[ReferralWords]:
    """What they were told, and what they answered."""
    return vault.open_section(actor, row.pk, REFERRAL)


def referrals_of(actor: Actor, case_id: UUID) -> list[ReferralLine]:
    """The referrals of a file in the tiers of the actor, the newest first."""
    cases.get_case(actor, case_id)
    rows = Referral.objects.filter(case=case_id, tier__in=cases.tiers_of(actor, case_id), record__erased_at=None)
    return _lines(actor, rows.order_by("-prepared_on", "-pk"))


def referrals_on(actor: Actor, consent_id: UUID) -> list[ReferralLine]:
    """What rests, or rested, on a line of the ledger, as far as the actor may know of it."""
    rows = Referral.objects.filter(grounds__line=consent_id, record__erased_at=None).order_by("-prepared_on", "-pk")
    found = list(rows)
    reached = vault.reachable_among(actor, [row.pk for row in found]) if found else set()
    return _lines(actor, [row for row in found if row.pk in reached])


def told_of(person_id: UUID) -> list[ToldLine]:
    """To whom a person was referred, for her own page; whoever asks holds her own key."""
    rows = Referral.objects.filter(person=person_id, record__erased_at=None).exclude(sent_on=None)
    found = list(rows.order_by("-sent_on", "-pk"))
    names = directory.names([row.organisation_id for row in found])
    return [
        ToldLine(
            names[row.organisation_id],
            row.recipient,
            row.service,
            tuple(row.sections.split()),
            row.sent_on,
            row.state,
        )
        for row in found
    ]


def _lines(actor: Actor, rows: Iterable[Referral]) -> list[ReferralLine]:
    found = list(rows)
    names = directory.names([row.organisation_id for row in found])
    words = vault.open_sections(actor, [row.pk for row in found], REFERRAL)
    return [
        ReferralLine(
            row,
            names.get(row.organisation_id, ""),
            words[row.pk].content if row.pk in words else ReferralWords(),
            row.state not in rules.LIVING or _stands(actor, row),
        )
        for row in found
    ]


def _stands(actor: Actor, row: Referral) -> bool:
    questions = [
        Question(rules.PURPOSE, row.recipient, section, today(), row.organisation_id)
        for section in row.sections.split()
    ]
    return all(consent.has_consent(actor, row.person_id, question) for question in questions)
