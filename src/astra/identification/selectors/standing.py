"""How does somebody's identification stand: three facts with their histories, the risk, the screenings?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from astra.identification.models import Choice, Decision, OwnAssessment, Risk, Screening
from astra.identification.rules.screening import Answer, Whole, profiles_at, read_whole
from astra.identification.sections import ASSESSMENT, CHOICE, DECISION, RISK, SCREENING, ScreeningWords
from astra.kernel.dues import Due
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import SectionKind

M = TypeVar("M", bound=Model)
MOST = 100
LOOK_AGAIN = msg("Look at the risk again: the assessment runs out")


@dataclass(frozen=True)
class ScreeningLine:
    """One screening, with what the rule reads from it today."""

    id: UUID
    person_id: UUID
    contact_id: UUID | None
    on: date
    by: UUID | None
    words: ScreeningWords
    wholes: tuple[Whole, ...]
    """By profile: one, or two where the age leaves both open."""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What was said, as the rules take it."""
        return tuple(Answer(one.code, one.answer, one.words, one.record_id) for one in self.words.answers)


@dataclass(frozen=True)
class RiskLine:
    """One risk assessment."""

    id: UUID
    on: date
    until: date
    level: str
    levels: dict[str, str]
    words: dict[str, str]
    done: dict[str, str]
    by: UUID | None


@dataclass(frozen=True)
class AssessmentLine:
    """What we thought ourselves on a day."""

    id: UUID
    on: date
    status: str
    profile: str
    acts: tuple[str, ...]
    means: tuple[str, ...]
    forms: tuple[str, ...]
    words: str
    by: UUID | None


@dataclass(frozen=True)
class DecisionLine:
    """How a formal procedure stood."""

    id: UUID
    procedure: UUID
    is_latest: bool
    body: str
    decision: str
    reported_on: date
    decided_on: date | None
    appeal: str
    recorded_on: date
    words: str
    who: str
    by: UUID | None


@dataclass(frozen=True)
class ChoiceLine:
    """What the person wanted on a day."""

    id: UUID
    on: date
    choice: str
    words: str
    by: UUID | None


@dataclass(frozen=True)
class Standing:
    """Everything about one person, the newest first in each."""

    person_id: UUID
    profiles: tuple[str, ...]
    screenings: tuple[ScreeningLine, ...]
    assessments: tuple[AssessmentLine, ...]
    decisions: tuple[DecisionLine, ...]
    choices: tuple[ChoiceLine, ...]
    risks: tuple[RiskLine, ...]


def standing_of(actor: Actor, person_id: UUID, day: date) -> Standing:
    """How it stands with somebody; what the actor may not open is not there."""
    actor.check_desk("hotline", "cases")
    vault.check_reach(actor, person_id)
    age = people.ages_of(actor, person_id, day)
    profiles = profiles_at(age.least if age else None, age.most if age else None)
    return Standing(
        person_id,
        profiles,
        tuple(_screening(row, words, profiles) for row, words in _opened(actor, Screening, SCREENING, person_id)),
        tuple(
            AssessmentLine(
                row.pk, row.on, row.status, row.profile, tuple(row.acts), tuple(row.means), tuple(row.forms),
                words.words, row.by,
            )
            for row, words in _opened(actor, OwnAssessment, ASSESSMENT, person_id)
        ),
        tuple(_decision(row, words) for row, words in _opened(actor, Decision, DECISION, person_id)),
        tuple(
            ChoiceLine(row.pk, row.on, row.choice, words.words, row.by)
            for row, words in _opened(actor, Choice, CHOICE, person_id)
        ),
        tuple(
            RiskLine(row.pk, row.on, row.until, row.level, row.levels, dict(words.words), dict(words.done), row.by)
            for row, words in _opened(actor, Risk, RISK, person_id)
        ),
    )  # fmt: skip


def screening(actor: Actor, screening_id: UUID, day: date) -> ScreeningLine:
    """One screening, or `NotFound`."""
    vault.check_reach(actor, screening_id)
    row = Screening.objects.filter(pk=screening_id).first()
    opened = vault.find_section(actor, screening_id, SCREENING)
    if row is None or opened is None:
        raise NotFound
    age = people.ages_of(actor, row.person_id, day)
    return _screening(row, opened.content, profiles_at(age.least if age else None, age.most if age else None))


def due(actor: Actor, day: date) -> list[Due]:
    """Risk assessments that have run out by a day, of people whom the actor may know of."""
    actor.check_desk("cases")
    reach = vault.reach_of(actor, kind="risk")
    rows = Risk.objects.filter(vault.within("pk", **reach), is_latest=True, until__lte=day).order_by("until")
    return [
        Due(until, "identification.risk", person, LOOK_AGAIN)
        for person, until in rows.values_list("person", "until")[:MOST]
    ]


def _opened(
    actor: Actor, model: type[M], kind: SectionKind[Any], person_id: UUID
) -> Iterable[tuple[Any, Any]]:  # Any: rows and contents of five kinds
    order = "reported_on" if model is Decision else "on"
    rows: list[Any] = list(model._default_manager.filter(person=person_id).order_by(f"-{order}", "-pk")[:MOST])
    opened = vault.open_sections(actor, [row.pk for row in rows], kind) if rows else {}
    return [(row, opened[row.pk].content) for row in rows if row.pk in opened]


def _screening(row: Screening, words: ScreeningWords, profiles: tuple[str, ...]) -> ScreeningLine:
    heard = {one.code for one in words.answers if one.answer == "heard"}
    wholes = tuple(read_whole(profile, heard, words.acts) for profile in profiles)
    return ScreeningLine(row.pk, row.person_id, row.contact_id, row.on, row.by, words, wholes)


def _decision(row: Decision, words: Any) -> DecisionLine:  # Any: the reasons
    return DecisionLine(
        row.pk,
        row.procedure,
        row.is_latest,
        row.body,
        row.decision,
        row.reported_on,
        row.decided_on,
        row.appeal,
        row.recorded_on,
        words.words,
        words.who,
        row.by,
    )
