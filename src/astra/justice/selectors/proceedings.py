"""What of the proceedings of a file may this actor see? Rows of the tiers in which she sits, words by key."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from astra.cases import selectors as cases
from astra.justice.models import (
    Claim,
    Decision,
    Demand,
    Hearing,
    Incident,
    Letter,
    Measure,
    Payment,
    Penalty,
    Proceeding,
    Qualification,
    Right,
    Suspect,
    Term,
)
from astra.justice.models.filed import Filed
from astra.justice.rules import lifecycles as life
from astra.justice.rules.money import NOTHING, Balance, sums
from astra.justice.sections import (
    CLAIM,
    DECISION,
    DEMAND,
    HEARING,
    INCIDENT,
    LETTER,
    PROCEEDING,
    RIGHT,
    SUSPECT,
    TERM,
    ClaimWords,
    DecisionWords,
    DemandWords,
    HearingWords,
    IncidentWords,
    LetterWords,
    ProceedingWords,
    RightWords,
    SuspectWords,
    TermWords,
)
from astra.justice.selectors.access import get_part
from astra.justice.selectors.parties import roles_in
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened, SectionKind

F = TypeVar("F", bound=Filed)
W = TypeVar("W")


@dataclass(frozen=True)
class Part(Generic[F, W]):
    """A record of the room with its words, as far as they can be opened."""

    row: F
    opened: Opened[W] | None

    @property
    def words(self) -> W | None:
        """What it says, or None where the words cannot be opened."""
        return self.opened.content if self.opened else None


@dataclass(frozen=True)
class ProceedingPage:
    """One proceeding with everything in it."""

    proceeding: Part[Proceeding, ProceedingWords]
    roles: dict[UUID | None, str]
    qualifications: list[Qualification]
    hearings: list[Part[Hearing, HearingWords]]
    measures: list[Measure]
    incidents: list[Part[Incident, IncidentWords]]
    terms: list[Part[Term, TermWords]]
    decisions: list[Part[Decision, DecisionWords]]
    penalties: dict[UUID, list[Penalty]]
    claims: list[Part[Claim, ClaimWords]]
    payments: dict[UUID, list[Payment]]


@dataclass(frozen=True)
class CasePage:
    """The legal side of a file: what is next, proceedings, redress, rights, letters, demands, who is suspected."""

    tiers: set[str]
    proceedings: list[Part[Proceeding, ProceedingWords]]
    roles: dict[UUID, dict[UUID | None, str]]
    latest: dict[UUID, Qualification]
    hearings: list[Part[Hearing, HearingWords]]
    terms: list[Part[Term, TermWords]]
    claims: list[Part[Claim, ClaimWords]]
    payments: dict[UUID, list[Payment]]
    balances: list[Balance]
    rights: list[Part[Right, RightWords]]
    letters: list[Part[Letter, LetterWords]]
    demands: list[Part[Demand, DemandWords]]
    suspects: list[Part[Suspect, SuspectWords]] = field(default_factory=list)


def parts(actor: Actor, rows: Iterable[F], section: SectionKind[W]) -> list[Part[F, W]]:
    """Rows with their words; whoever asks has cut the rows to the actor's tiers."""
    found = list(rows)
    reached = vault.reachable_among(actor, [row.pk for row in found]) if found else set()
    opened = vault.open_sections(actor, reached, section) if reached else {}
    return [Part(row, opened.get(row.pk)) for row in found if row.pk in reached]


def case_page(actor: Actor, case_id: UUID) -> CasePage:
    """The legal side of a file as this actor sees it, or `NotFound`."""
    cases.get_case(actor, case_id)
    tiers = cases.tiers_of(actor, case_id)
    here = {"case": case_id, "tier__in": tiers}
    proceedings = Proceeding.objects.filter(**here).select_related("authority").order_by("-begun_on")
    claims = list(Claim.objects.filter(**here).order_by("-claimed_on"))
    payments = _payments(claims)
    planned = Hearing.objects.filter(**here, state=life.PLANNED).order_by("begins_at")
    running = Term.objects.filter(**here, state=life.OPEN).order_by("due_on")
    letters = Letter.objects.filter(**here).select_related("institution").order_by("-year", "-running")
    suspects = Suspect.objects.filter(**here).order_by("-added_at")
    return CasePage(
        tiers=tiers,
        proceedings=parts(actor, proceedings, PROCEEDING),
        roles=roles_in([row.pk for row in proceedings]),
        latest=_latest(case_id),
        hearings=parts(actor, planned, HEARING),
        terms=parts(actor, running, TERM),
        claims=parts(actor, claims, CLAIM),
        payments=payments,
        balances=balances(claims, payments),
        rights=parts(actor, Right.objects.filter(**here).order_by("-asked_on"), RIGHT),
        letters=parts(actor, letters, LETTER),
        demands=parts(actor, Demand.objects.filter(**here).order_by("-received_on"), DEMAND),
        suspects=parts(actor, suspects, SUSPECT),
    )


def proceeding_page(actor: Actor, proceeding_id: UUID) -> ProceedingPage:
    """One proceeding with everything in it, or `NotFound`."""
    row = get_part(actor, Proceeding, proceeding_id)
    of_it = {"proceeding": proceeding_id}
    claims = list(Claim.objects.filter(**of_it).order_by("claimed_on"))
    decisions = list(Decision.objects.filter(**of_it).select_related("proceeding").order_by("decided_on"))
    return ProceedingPage(
        proceeding=parts(actor, [row], PROCEEDING)[0],
        roles=roles_in([proceeding_id])[proceeding_id],
        qualifications=list(Qualification.objects.filter(**of_it).order_by("since", "pk")),
        hearings=parts(actor, Hearing.objects.filter(**of_it).order_by("begins_at"), HEARING),
        measures=list(Measure.objects.filter(**of_it).order_by("asked_on", "pk")),
        incidents=parts(actor, Incident.objects.filter(**of_it).order_by("happened_on"), INCIDENT),
        terms=parts(actor, Term.objects.filter(**of_it).order_by("due_on"), TERM),
        decisions=parts(actor, decisions, DECISION),
        penalties=_penalties(decisions),
        claims=parts(actor, claims, CLAIM),
        payments=_payments(claims),
    )


def one(actor: Actor, model: type[F], record_id: UUID, section: SectionKind[W]) -> Part[F, W]:
    """One record with its words, or `NotFound`."""
    row = get_part(actor, model, record_id)
    return Part(row, vault.find_section(actor, record_id, section))


def measure_place(actor: Actor, measure_id: int) -> tuple[UUID, UUID, str]:
    """The case, the proceeding and the state of a measure, or `NotFound`."""
    row = Measure.objects.filter(pk=measure_id).first()
    proceeding = get_part(actor, Proceeding, row.proceeding_id if row else UUID(int=0))
    return proceeding.case_id, proceeding.pk, row.state if row else ""


def balances(claims: Sequence[Claim], payments: dict[UUID, list[Payment]]) -> list[Balance]:
    """What was claimed, ordered and paid, one line a currency."""
    return sums(
        Balance(
            claim.currency,
            claim.claimed,
            claim.ordered or NOTHING,
            sum((payment.amount for payment in payments.get(claim.pk, [])), NOTHING),
        )
        for claim in claims
    )


def _latest(case_id: UUID) -> dict[UUID, Qualification]:
    rows = Qualification.objects.filter(proceeding__case=case_id).order_by("since", "pk")
    return {row.proceeding_id: row for row in rows}


def _payments(claims: Collection[Claim]) -> dict[UUID, list[Payment]]:
    found: dict[UUID, list[Payment]] = defaultdict(list)
    for row in Payment.objects.filter(claim__in=[claim.pk for claim in claims]).order_by("paid_on", "pk"):
        found[row.claim_id].append(row)
    return found


def _penalties(decisions: Collection[Decision]) -> dict[UUID, list[Penalty]]:
    found: dict[UUID, list[Penalty]] = defaultdict(list)
    for row in Penalty.objects.filter(decision__in=[one.pk for one in decisions]).order_by("pk"):
        found[row.decision_id].append(row)
    return found
