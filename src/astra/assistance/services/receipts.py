"""How are receipts written? With a running number of the year, neutral words, and never deleted: voided."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max

from astra import vocabulary
from astra.assistance.models import Receipt
from astra.assistance.rules.receipts import TELLING, check_receipt
from astra.assistance.rules.revealing import revealing_words
from astra.assistance.rules.work import check_past
from astra.assistance.selectors.work import of_the_case
from astra.assistance.services.clients import whose
from astra.assistance.work_sections import RECEIPT, ReceiptWords
from astra.cases.selectors import get_case
from astra.cases.services import Filing
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED

VOIDED = msg("This receipt is voided. Write a new one.")
NO_PAYEE = msg("Write who receives it.")


def write_receipt(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    amount: Decimal,
    issued_on: date,
    funded_by: str,
    words: ReceiptWords,
    person_id: UUID | None = None,
) -> UUID:
    """Write a receipt; its number is the next one of its year."""
    case = get_case(actor, case_id)
    person = whose(case_id, person_id)
    vocabulary.check("receipt_kind", kind, field="kind")
    vocabulary.check("funded_by", funded_by, field="funded_by")
    check_receipt(amount, issued_on, words.for_what, today=today())
    telling = [name for name in ("heading", "for_what") if revealing_words(getattr(words, name))]
    problems = [Problem(name, TELLING) for name in telling]
    if not words.payee.strip():
        problems.append(Problem("payee", NO_PAYEE))
    if problems:
        raise Invalid(*problems)
    filing = Filing(actor, case)
    record_id = filing.seal("receipt", RECEIPT, words, owners=[person])
    filing.line("receipt", subject=record_id, code=kind)
    try:
        with filing.transaction("assistance.write_receipt"):
            last = Receipt.objects.filter(year=issued_on.year).aggregate(last=Max("number"))["last"] or 0
            Receipt.objects.create(
                record_id=record_id,
                case=case,
                person_id=person,
                year=issued_on.year,
                number=last + 1,
                kind=kind,
                amount=amount,
                issued_on=issued_on,
                funded_by=funded_by,
            )
    except IntegrityError as taken:
        raise Conflict(SOMEBODY_SAVED) from taken
    return record_id


def sign_receipt(*, actor: Actor, receipt_id: UUID, signed_on: date) -> None:
    """The paper was signed."""
    row = _living(actor, receipt_id)
    check_past(signed_on, since=row.issued_on, today=today(), field="signed_on")
    with _filing(actor, row).transaction("assistance.sign_receipt", subject=receipt_id):
        Receipt.objects.filter(pk=row.pk).update(signed_on=signed_on)


def void_receipt(*, actor: Actor, receipt_id: UUID, void: str) -> None:
    """A receipt counts no more; it keeps its number and stays to be seen."""
    row = _living(actor, receipt_id)
    vocabulary.check("receipt_void", void, field="void")
    with _filing(actor, row).transaction("assistance.void_receipt", subject=receipt_id):
        Receipt.objects.filter(pk=row.pk).update(voided_on=today(), void=void)


def note_receipt_taken(*, actor: Actor, receipt_id: UUID) -> None:
    """Leave on the log that a receipt was taken out as a paper."""
    row = of_the_case(actor, Receipt, receipt_id)
    with _filing(actor, row).transaction("assistance.take_receipt", subject=receipt_id):
        pass


def _living(actor: Actor, receipt_id: UUID) -> Receipt:
    row = of_the_case(actor, Receipt, receipt_id)
    if row.voided_on is not None:
        raise NotAllowedNow(VOIDED)
    return row


def _filing(actor: Actor, row: Receipt) -> Filing:
    if row.case_id is None:
        raise NotFound
    return Filing(actor, get_case(actor, row.case_id))
