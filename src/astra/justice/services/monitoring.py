"""How does a judgment get into the yearly analysis? As codes alone: no name, no number, no link to a file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from astra import vocabulary
from astra.audit import services as audit
from astra.justice.models import Judgment, JudgmentAccused
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor

FIRST_YEAR = 2000
YEAR_WRONG = msg("Write a year from 2000 to this one.")
MORE_CHILDREN = msg("There cannot be more children than injured parties in all.")
ACCUSED_NEEDED = msg("Add at least one accused: the tables count judgments and accused.")
CURRENCY_NEEDED = msg("Say in which currency.")


@dataclass(frozen=True)
class NewJudgment:
    """A judgment as codes."""

    year: int
    court: str
    instance: str
    article: str
    final_article: str
    outcome: str
    form: str = ""
    is_plea: bool = False
    months_since_charge: int | None = None
    injured: int | None = None
    injured_children: int | None = None
    has_special_status: str = ""
    compensation: str = ""
    compensation_amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class NewAccused:
    """One accused of a judgment, as codes."""

    outcome: str
    sex: str = ""
    part: str = ""
    penalty: str = ""
    years: int = 0
    months: int = 0


_LISTS = {
    "court": "judgment_court",
    "instance": "instance",
    "article": "criminal_article",
    "final_article": "criminal_article",
    "outcome": "decision_outcome",
    "form": "forms_of_exploitation",
    "has_special_status": "yes_no_unknown",
    "compensation": "judgment_redress",
    "currency": "currency",
}
_ACCUSED_LISTS = {
    "outcome": "decision_outcome",
    "sex": "sex",
    "part": "role_in_process",
    "penalty": "penalty_kind",
}


def add_judgment(*, actor: Actor, judgment: NewJudgment, accused: Sequence[NewAccused]) -> UUID:
    """Enter a judgment with its accused."""
    actor.check_desk("cases")
    _check(judgment, accused)
    with transaction.atomic():
        row = Judgment.objects.create(added_by=actor.id, **asdict(judgment))
        JudgmentAccused.objects.bulk_create(JudgmentAccused(judgment=row, **asdict(one)) for one in accused)
        audit.record(actor_id=actor.id, verb="justice.judgment_entered", detail={"count": len(accused)})
    return row.pk


def remove_judgment(*, actor: Actor, judgment_id: UUID) -> None:
    """Take out a judgment that was entered twice or by mistake."""
    actor.check_desk("cases")
    with transaction.atomic():
        found = Judgment.objects.filter(pk=judgment_id).first()
        if found is None:
            raise NotFound
        found.delete()
        audit.record(actor_id=actor.id, verb="justice.judgment_removed")


def _check(judgment: NewJudgment, accused: Sequence[NewAccused]) -> None:
    if not FIRST_YEAR <= judgment.year <= today().year:
        raise Invalid(Problem("year", YEAR_WRONG))
    for field, name in _LISTS.items():
        if getattr(judgment, field):
            vocabulary.check(name, getattr(judgment, field), field=field)
    if (judgment.injured_children or 0) > (judgment.injured or 0):
        raise Invalid(Problem("injured_children", MORE_CHILDREN))
    if judgment.compensation_amount is not None and not judgment.currency:
        raise Invalid(Problem("currency", CURRENCY_NEEDED))
    if not accused:
        raise Invalid(Problem("", ACCUSED_NEEDED))
    for one in accused:
        for field, name in _ACCUSED_LISTS.items():
            if getattr(one, field):
                vocabulary.check(name, getattr(one, field), field=field)
