"""What must the room let go of before somebody's erasure is reported?

Words go with their keys. Of services given only what figures are made of stays: kind, month, units, a number drawn at
random in her place; neither case nor person nor colleague.
"""

from collections import Counter
from uuid import UUID, uuid4

from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import TruncMonth

from astra.assistance.models import (
    AnswerSheet,
    BedNight,
    Booking,
    ChildEntry,
    CodedAnswer,
    ContactAttempt,
    Cv,
    Exam,
    FieldAction,
    GivenService,
    Goal,
    JobApplication,
    KeptProgress,
    Letter,
    NeedsAssessment,
    Placement,
    Plan,
    Rating,
    Receipt,
    Referral,
    ReferralGround,
    RetentionCheck,
    Scholarship,
    Schooling,
    Stay,
    Step,
    WelfareCheck,
)
from astra.assistance.progress_facts import progress_in
from astra.assistance.rules.stays import nights_of
from astra.cases.services import gone_with
from astra.kernel.clock import today
from astra.vault.services.erasure import evict_with
from astra.vocabulary.coarsening import coarsened

DAYS: dict[type[Model], tuple[str, ...]] = {
    Placement: ("began_on", "ended_on"),
    Schooling: ("began_on", "ended_on"),
    Receipt: ("issued_on", "signed_on", "voided_on"),
}
"""What stays countable after an erasure, and its days, which are cut to the month."""


def forget(record_id: UUID) -> None:
    """Let go of an erased person, or of a record of which nothing is left; may be done twice."""
    gone = gone_with(record_id)
    Step.objects.filter(task=record_id).delete()
    Step.objects.filter(goal__plan__case__in=gone).delete()
    Goal.objects.filter(plan__case__in=gone).delete()
    for model in (NeedsAssessment, Plan, FieldAction, ContactAttempt, WelfareCheck):
        model._default_manager.filter(case__in=gone).delete()
    _part_with_ratings(Rating.objects.filter(Q(person=record_id) | Q(case__in=gone)))
    Booking.objects.filter(Q(record=record_id) | Q(case__in=gone)).delete()
    Referral.objects.filter(Q(pk=record_id) | Q(person=record_id) | Q(case__in=gone)).delete()
    ReferralGround.objects.filter(line=record_id).delete()
    Letter.objects.filter(Q(pk=record_id) | Q(case__in=gone)).delete()
    _part_with_sheets(AnswerSheet.objects.filter(Q(pk=record_id) | Q(case__in=gone)))
    _part_with_stays(Stay.objects.filter(Q(person=record_id) | Q(case__in=gone), kept_nights=None))
    Stay.objects.filter(record=record_id).update(record=None)
    GivenService.objects.filter(words=record_id).update(words=None)
    GivenService.objects.filter(person=record_id).update(
        person=None,
        client_mark=uuid4(),
        case=None,
        given_on=TruncMonth(F("given_on")),
        provider=None,
        organisation=None,
        minutes=None,
        cost=None,
        words=None,
    )
    _forget_work(record_id, gone)


def _forget_work(record_id: UUID, gone: list[UUID]) -> None:
    """Of placements, schooling and receipts the coded facts stay, without days, persons and files."""
    for table in (Cv, JobApplication, ChildEntry):
        table._default_manager.filter(Q(pk=record_id) | Q(person=record_id) | Q(case__in=gone)).delete()
    Exam.objects.filter(record=record_id).update(record=None)
    school = Q(schooling__person=record_id) | Q(schooling__case__in=gone)
    Exam.objects.filter(school).update(record=None, task_id=None, on=TruncMonth("on"))
    Scholarship.objects.filter(school).update(since=TruncMonth("since"), until=TruncMonth("until"))
    work = Q(placement__person=record_id) | Q(placement__case__in=gone)
    RetentionCheck.objects.filter(work).update(task_id=None, asked_on=TruncMonth("asked_on"))
    _coarsen_sectors(Placement.objects.filter(Q(person=record_id) | Q(case__in=gone)))
    for counted, days in DAYS.items():
        counted._default_manager.filter(record=record_id).update(record=None)
        hers = counted._default_manager.filter(Q(person=record_id) | Q(case__in=gone))
        months = {name: TruncMonth(name) for name in days}
        hers.update(person=None, client_mark=uuid4(), case=None, record=None, **months)


def _coarsen_sectors(placements: QuerySet[Placement]) -> None:
    """A branch in which hardly anybody else works would still point at the person."""
    people = Placement.objects.values_list("sector", "person", "client_mark").distinct()
    held = Counter(sector for sector, _person, _mark in people.order_by())
    for row in placements:
        kept = coarsened("labour_sector", (row.sector,), held)
        Placement.objects.filter(pk=row.pk).update(sector=kept[0] if kept else "")


def _part_with_stays(stays: QuerySet[Stay]) -> None:
    """Of a stay the number of nights stays, the month in which it began, and where people of its kind go."""
    mark = uuid4()
    for stay in stays:
        BedNight.objects.filter(stay=stay).delete()
        nights = nights_of(stay.first, stay.left_on, state=stay.state, today=today())
        month = stay.first.replace(day=1)
        kept = Stay(bed_id=stay.bed_id, state=stay.state, reason=stay.reason, kept_nights=nights, client_mark=mark)
        kept.first = kept.until = month
        kept.save(force_insert=True)  # under a number of its own: the old one stands in older backups beside her
        stay.delete()


def _part_with_ratings(ratings: QuerySet[Rating]) -> None:
    """Of the scale it stays whether it had become better in the end, and in which month it was last filled in."""
    KeptProgress.objects.bulk_create(
        KeptProgress(month=one.on.replace(day=1), rated_by=one.rated_by, change=one.change)
        for one in progress_in(ratings)
    )
    ratings.delete()


def _part_with_sheets(sheets: QuerySet[AnswerSheet]) -> None:
    """Coded answers stay under the version they were given to; which were one person's is no longer known."""
    for sheet in sheets:
        kept = {"sheet": None, "version": sheet.version_id, "month": sheet.answered_at.date().replace(day=1)}
        CodedAnswer.objects.filter(sheet=sheet).update(**kept)
    sheets.delete()


evict_with(forget)
