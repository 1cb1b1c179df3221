"""What is there of work, school, a child's protection and receipts to be asked for?"""

from decimal import Decimal
from uuid import UUID

from astra.assistance import services as assistance
from astra.assistance.work_sections import (
    ApplicationWords,
    ChildWords,
    CvWords,
    ExamWords,
    PlacementWords,
    ReceiptWords,
    SchoolingWords,
)
from astra.kernel.clock import today
from astra.vault.actor import Actor
from tests.access.world import PLANTED


def working(actor: Actor, case: UUID) -> dict[str, UUID]:
    """One of each in a case."""
    name, phone = PLANTED["name"], PLANTED["phone"]
    school = assistance.enrol(
        actor=actor, case_id=case, kind="vocational", began_on=today(), words=SchoolingWords(name, phone)
    )
    return {
        "cv_id": assistance.write_cv(actor=actor, case_id=case, words=CvWords(name, phone)),
        "application_id": assistance.apply_for_job(
            actor=actor, case_id=case, applied_on=today(), words=ApplicationWords(name, phone)
        ),
        "placement_id": assistance.place(
            actor=actor, case_id=case, began_on=today(), sector="I", words=PlacementWords(name, phone)
        ),
        "schooling_id": school,
        "exam_id": assistance.add_exam(actor=actor, schooling_id=school, on=today(), words=ExamWords(name)),
        "entry_id": assistance.note_child_entry(
            actor=actor, case_id=case, kind="guardian", code="guardian", on=today(), words=ChildWords(name)
        ),
        "receipt_id": assistance.write_receipt(
            actor=actor,
            case_id=case,
            kind="money",
            amount=Decimal(500),
            issued_on=today(),
            funded_by="own_funds",
            words=ReceiptWords("", name, "prevoz"),
        ),
    }
