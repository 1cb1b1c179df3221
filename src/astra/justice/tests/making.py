"""How do the tests of this room make a trial? One function for each thing that a test needs."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from astra.cases.tests.making import make_case
from astra.justice import services
from astra.justice.sections import ClaimWords, DecisionWords, DemandWords, HearingWords, LetterWords, ProceedingWords
from astra.kernel.clock import now, today
from astra.vault.actor import Actor

JUDGE, NUMBER = "Sudija Petrović", "K 123/2026"


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def make_proceeding(
    actor: Actor, case_id: UUID | None = None, tier: str = "team", role: str = "injured_party", **more: object
) -> UUID:
    given: dict[str, object] = {
        "kind": "criminal",
        "begun_on": ago(400),
        "words": ProceedingWords(number=NUMBER, authority="Viši sud", judge=JUDGE),
    } | more
    case_id = case_id or make_case(actor)
    given.setdefault("roles", services.all_as(case_id, role))
    return services.add_proceeding(actor=actor, case_id=case_id, tier=tier, **given)  # type: ignore[arg-type]  # a test may change any part


def make_hearing(actor: Actor, proceeding_id: UUID, days: int, **more: object) -> UUID:
    return services.add_hearing(
        actor=actor,
        proceeding_id=proceeding_id,
        kind="main_hearing",
        begins_at=now() + timedelta(days=days),
        words=HearingWords(place="Sudnica 12"),
        **more,  # type: ignore[arg-type]  # a test may change any part
    )


def make_decision(actor: Actor, proceeding_id: UUID, outcome: str = "convicted", **more: object) -> UUID:
    given: dict[str, object] = {
        "instance": "first",
        "decided_on": ago(30),
        "words": DecisionWords("Pet godina"),
    } | more
    return services.add_decision(actor=actor, proceeding_id=proceeding_id, outcome=outcome, **given)  # type: ignore[arg-type]  # a test may change any part


def make_claim(actor: Actor, proceeding_id: UUID, claimed: str = "500000.00", currency: str = "RSD") -> UUID:
    return services.add_claim(
        actor=actor,
        proceeding_id=proceeding_id,
        kind="non_material",
        claimed=Decimal(claimed),
        currency=currency,
        claimed_on=ago(200),
        words=ClaimWords(),
    )


def make_letter(actor: Actor, case_id: UUID, **more: object) -> UUID:
    given: dict[str, object] = {
        "tier": "team",
        "direction": "out",
        "dated_on": ago(40),
        "subject": "request_information",
        "words": LetterWords(institution="Centar za socijalni rad", subject="Molimo izveštaj"),
    } | more
    return services.register_letter(actor=actor, case_id=case_id, **given)  # type: ignore[arg-type]  # a test may change any part


def make_demand(actor: Actor, case_id: UUID, **more: object) -> UUID:
    given: dict[str, object] = {
        "asker": "defence",
        "right": "defence_right",
        "received_on": ago(3),
        "words": DemandWords(asker="Branilac", wanted="Ceo dosije"),
    } | more
    return services.add_demand(actor=actor, case_id=case_id, **given)  # type: ignore[arg-type]  # a test may change any part
