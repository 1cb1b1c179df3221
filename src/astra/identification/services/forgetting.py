"""What must the room let go of before somebody's erasure is reported? Her rows; the words go with her keys.

Of her three facts only what figures are made of stays: codes and months, under a number drawn at random in her place.
Of a screening and of a risk nothing stays.
"""

from collections import Counter
from uuid import UUID, uuid4

from django.db import transaction

from astra.identification.models import (
    Choice,
    Decision,
    KeptAssessment,
    KeptChoice,
    KeptDecision,
    OwnAssessment,
    Risk,
    Screening,
)
from astra.vault.services.erasure import evict_with
from astra.vocabulary.coarsening import coarsened

FORMS = "forms_of_exploitation"


def forget(record_id: UUID) -> None:
    """Let go of an erased person's rows, and of a screening's contact; may be done twice."""
    with transaction.atomic():
        mark = uuid4()
        _keep_assessments(record_id, mark)
        _keep_decisions(record_id, mark)
        choices = Choice.objects.filter(person=record_id).values_list("on", "choice")
        KeptChoice.objects.bulk_create(
            KeptChoice(mark=mark, month=on.replace(day=1), choice=choice) for on, choice in choices
        )
        for model in (Screening, Risk, OwnAssessment, Decision, Choice):
            model._default_manager.filter(person=record_id).delete()
        Screening.objects.filter(contact=record_id).update(contact=None)


def _keep_assessments(person_id: UUID, mark: UUID) -> None:
    """Her assessments; which one is the newest is known now and not later, when the days are gone."""
    rows = list(OwnAssessment.objects.filter(person=person_id).order_by("-on", "-pk"))
    if not rows:
        return
    held = _persons_by_form()
    kept = []
    for place, row in enumerate(rows):
        forms = coarsened(FORMS, row.forms, held)
        one = KeptAssessment(mark=mark, month=row.on.replace(day=1), status=row.status, profile=row.profile)
        one.forms, one.is_coarsened, one.is_latest = list(forms), forms != tuple(row.forms), place == 0
        kept.append(one)
    KeptAssessment.objects.bulk_create(kept)


def _persons_by_form() -> Counter[str]:
    """How many people each form was ever assessed for."""
    found = {
        (person, form)
        for rows in (
            OwnAssessment.objects.values_list("person", "forms"),
            KeptAssessment.objects.values_list("mark", "forms"),
        )
        for person, forms in rows
        for form in forms
    }
    return Counter(form for _person, form in found)


def _keep_decisions(person_id: UUID, mark: UUID) -> None:
    """How her procedures stood in the end."""
    rows = Decision.objects.filter(person=person_id, is_latest=True)
    KeptDecision.objects.bulk_create(
        KeptDecision(
            mark=mark,
            body=row.body,
            decision=row.decision,
            appeal=row.appeal,
            reported_month=row.reported_on.replace(day=1),
            decided_month=row.decided_on.replace(day=1) if row.decided_on else None,
        )
        for row in rows
    )


evict_with(forget)
