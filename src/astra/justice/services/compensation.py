"""What was claimed, ordered, enforced and paid? In one currency a claim, right to the cent, never more than ordered."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.formats import number_format

from astra import vocabulary
from astra.cases.services import TierFiling
from astra.justice.models import Claim, Payment, Proceeding
from astra.justice.rules import lifecycles as life
from astra.justice.rules.money import NOTHING
from astra.justice.sections import CLAIM, ClaimWords
from astra.justice.selectors.access import get_part
from astra.justice.services.moments import noon
from astra.justice.services.proceedings import SOMEBODY_WAS_FASTER, check_past
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor

MORE_THAN_NOTHING = msg("Write an amount greater than nothing.")
MORE_THAN_OPEN = msg("Only %(open)s is still open: a payment cannot be more.")
ORDER_FIRST = msg("Record first what was ordered.")
PAID_ALREADY = msg("Something was paid on this order. Record the new order as a claim of its own.")


def add_claim(
    *,
    actor: Actor,
    proceeding_id: UUID,
    kind: str,
    claimed: Decimal,
    currency: str,
    claimed_on: date,
    words: ClaimWords,
) -> UUID:
    """Compensation was claimed."""
    proceeding = get_part(actor, Proceeding, proceeding_id)
    vocabulary.check("claim_kind", kind, field="kind")
    vocabulary.check("currency", currency, field="currency")
    _check_amount("claimed", claimed)
    check_past("claimed_on", claimed_on)
    filing = TierFiling(actor, proceeding.case_id, proceeding.tier)
    record_id = filing.seal("justice_claim", CLAIM, words)
    filing.line("compensation", record_id, code="claimed", happened_at=noon(claimed_on))
    with filing.transaction("justice.claimed", detail={"kind": kind}):
        Claim.objects.create(
            record_id=record_id,
            case_id=proceeding.case_id,
            tier=proceeding.tier,
            proceeding=proceeding,
            kind=kind,
            currency=currency,
            claimed=claimed,
            claimed_on=claimed_on,
        )
    return record_id


def order(*, actor: Actor, claim_id: UUID, ordered: Decimal, day: date) -> None:
    """A court ordered an amount."""
    claim = get_part(actor, Claim, claim_id)
    target = life.CLAIM.check(claim.state, "order")
    _check_amount("ordered", ordered)
    check_past("day", day, after=claim.claimed_on)
    _step(actor, claim, "order", target, day, ordered=ordered, ordered_on=day)


def step_claim(*, actor: Actor, claim_id: UUID, verb: str, day: date) -> None:
    """A claim was refused, sent to a civil court, enforced, or its order overturned; paid off only by payments."""
    claim = get_part(actor, Claim, claim_id)
    if verb in ("order", "pay_off"):
        raise NotAllowedNow(ORDER_FIRST)
    target = life.CLAIM.check(claim.state, verb)
    check_past("day", day, after=claim.claimed_on)
    changed: dict[str, object] = {"enforced_on": day} if verb == "enforce" else {}
    if verb == "overturn":
        if claim.payments.exists():
            raise NotAllowedNow(PAID_ALREADY)
        changed = {"ordered": None, "ordered_on": None}
    _step(actor, claim, verb, target, day, **changed)


def pay(*, actor: Actor, claim_id: UUID, amount: Decimal, paid_on: date, payer: str) -> None:
    """Something was paid on a claim; with the last cent the claim is paid in full."""
    claim = get_part(actor, Claim, claim_id)
    vocabulary.check("payer", payer, field="payer")
    if claim.state not in (life.ORDERED, life.ENFORCED) or claim.ordered is None:
        raise NotAllowedNow(ORDER_FIRST)
    _check_amount("amount", amount)
    check_past("paid_on", paid_on)
    filing = TierFiling(actor, claim.case_id, claim.tier)
    filing.touch(claim.pk)
    filing.line("compensation", claim.pk, code="paid", happened_at=noon(paid_on))
    with filing.transaction("justice.paid"):
        # The row is locked while the sum is taken, so that two payments at once cannot together exceed the order.
        locked = Claim.objects.select_for_update().get(pk=claim_id)
        left = (locked.ordered or NOTHING) - paid(claim_id)
        if amount > left:
            raise Invalid(Problem("amount", MORE_THAN_OPEN, parts={"open": _amount(left, claim.currency)}))
        Payment.objects.create(claim=claim, amount=amount, paid_on=paid_on, payer=payer)
        if amount == left:
            Claim.objects.filter(pk=claim_id).update(state=life.CLAIM.check(locked.state, "pay_off"))


def paid(claim_id: UUID) -> Decimal:
    """What has been paid on a claim."""
    rows = Payment.objects.filter(claim=claim_id).values_list("amount", flat=True)
    return sum(rows, NOTHING)


def _step(actor: Actor, claim: Claim, verb: str, target: str, day: date, **changed: object) -> None:
    filing = TierFiling(actor, claim.case_id, claim.tier)
    filing.touch(claim.pk)
    filing.line("compensation", claim.pk, code=target, happened_at=noon(day))
    with filing.transaction("justice.claim_moved", detail={"kind": verb}):
        if not Claim.objects.filter(pk=claim.pk, state=claim.state).update(state=target, **changed):
            raise Conflict(SOMEBODY_WAS_FASTER)


def _check_amount(field: str, amount: Decimal) -> None:
    if amount <= NOTHING:
        raise Invalid(Problem(field, MORE_THAN_NOTHING))


def _amount(amount: Decimal, currency: str) -> str:
    return f"{number_format(amount, 2, use_l10n=True, force_grouping=True)} {currency}"
