"""Which question sets are asked, and what was answered in a file? Each only to who sits in its tier."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from astra.accounts import selectors as accounts
from astra.assistance.models import AnswerSheet, QuestionSet, QuestionVersion
from astra.assistance.question_sections import ANSWERS, Answers
from astra.cases import selectors as cases
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened


@dataclass(frozen=True)
class SetLine:
    """A question set and its newest version."""

    id: int
    title: str
    version: int
    at: datetime
    is_retired: bool


@dataclass(frozen=True)
class SheetLine:
    """A set that was answered in a file."""

    id: UUID
    title: str
    version: int
    tier: str
    at: datetime
    who: str


def question_sets(actor: Actor, *, with_retired: bool = False) -> list[SetLine]:
    """The sets that are asked, by name."""
    actor.check_desk("cases", "coordination")
    versions = Prefetch("versions", QuestionVersion.objects.defer("definition", "source").order_by("-number"))
    rows = QuestionSet.objects.order_by("title").prefetch_related(versions)
    found = rows if with_retired else rows.filter(retired_at=None)
    lines = []
    for row in found:
        newest = row.versions.all()[0]
        lines.append(SetLine(row.pk, row.title, newest.number, newest.at, row.retired_at is not None))
    return lines


def version_in_use(set_id: int) -> QuestionVersion:
    """The version of a set that is asked now, or `NotFound`."""
    found = (
        QuestionVersion.objects.select_related("set")
        .defer("source")
        .filter(set=set_id, set__retired_at=None)
        .order_by("-number")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def source_of(actor: Actor, set_id: int) -> bytes:
    """The XLSForm of the newest version, as it came."""
    actor.check_desk("cases", "coordination")
    found = QuestionVersion.objects.filter(set=set_id).order_by("-number").first()
    if found is None:
        raise NotFound
    return bytes(found.source)


def get_sheet(actor: Actor, sheet_id: UUID) -> AnswerSheet:
    """Answers in a tier of a file that the actor sits in, or `NotFound`."""
    rows = AnswerSheet.objects.select_related("version__set").defer("version__source")
    found = rows.filter(pk=sheet_id).first()
    if found is None:
        actor.check_desk("cases")
        vault.check_reach(actor, sheet_id)
        raise NotFound
    cases.get_case(actor, found.case_id)
    if found.tier not in cases.tiers_of(actor, found.case_id):
        raise NotFound
    return found


def answers_of(actor: Actor, sheet_id: UUID) -> Opened[Answers]:
    """What was answered."""
    return vault.open_section(actor, sheet_id, ANSWERS)


def sheets_of(actor: Actor, case_id: UUID) -> list[SheetLine]:
    """What was answered in a file, in the tiers in which the actor sits, newest first."""
    cases.get_case(actor, case_id)
    rows = AnswerSheet.objects.filter(case=case_id, tier__in=cases.tiers_of(actor, case_id)).order_by("-answered_at")
    found = list(rows.values_list("pk", "version__set__title", "version__number", "tier", "answered_at", "by"))
    names = accounts.work_names({by for *_, by in found if by})
    return [
        SheetLine(pk, title, number, tier, at, names.get(by, "") if by else "")
        for pk, title, number, tier, at, by in found
    ]


def newest_version(actor: Actor, set_id: int) -> QuestionVersion:
    """The newest version of a set, asked or not, or `NotFound`."""
    actor.check_desk("cases", "coordination")
    newest = QuestionVersion.objects.select_related("set").filter(set=set_id).order_by("-number").first()
    if newest is None:
        raise NotFound
    return newest
