"""When is somebody asked whether she still works there, and which days of work and school cannot be?"""

from datetime import date, timedelta
from decimal import Decimal

from astra.assistance.rules.aftercare import MONTHS, months_after
from astra.assistance.rules.receipts import amount_problems
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

EARLY = timedelta(days=7)
CLEAR, WARNED, UNKNOWN = "no_warning", "warned", "not_in_register"
PENDING = "pending"
MAY_BEGIN = frozenset({PENDING, "interview", "offered"})
"""Answers after which somebody may still begin to work there."""
WORKS_THERE, LEFT = "works_there", "left"

IN_FUTURE = msg("Enter a day that is not in the future.")
BEFORE_START = msg("This day is before the beginning. Enter the day it began or a later one.")
AFTER_END = msg("This day is after the end. Enter an earlier one.")
TOO_FAR = msg("Enter a day within a year from now.")
BEFORE_ENROLMENT = msg("The exam is before the enrolment. Check both days.")
NO_RESULT_YET = msg("The exam is still ahead. Leave the result empty until then.")
WRITE_THE_EMPLOYER = msg("Write who the employer is.")
WRITE_THE_POST = msg("Write which work it is.")
WRITE_WHERE = msg("Write which school or course it is.")
NOT_A_TERM = msg("Retention is asked after 1, 3, 6 and 12 months.")
TOO_EARLY = msg("These %(months)s months are over on %(day)s. Until then nobody can know.")
WARNED_PLACE = msg(
    "The register has warnings about an employer of this name. Look there first. "
    "If this place is right all the same, write why; otherwise do not place anybody there."
)
AFTER_MONTHS = 12


def retention_days(began_on: date) -> tuple[tuple[int, date], ...]:
    """After how many months, and on which day, somebody is asked."""
    return tuple((months, months_after(began_on, months)) for months in MONTHS)


def check_start(began_on: date, *, today: date, field: str = "began_on") -> None:
    """Raise `Invalid` for a beginning more than a year ahead."""
    if began_on > months_after(today, AFTER_MONTHS):
        raise Invalid(Problem(field, TOO_FAR))


def check_past(on: date, *, since: date | None, today: date, field: str) -> None:
    """Raise `Invalid` unless something could have happened on this day."""
    if since is not None and on < since:
        raise Invalid(Problem(field, BEFORE_START))
    if on > today:
        raise Invalid(Problem(field, IN_FUTURE))


def terms_after(began_on: date, ended_on: date) -> tuple[int, ...]:
    """At which terms somebody who worked until a day works there no more."""
    return tuple(months for months, day in retention_days(began_on) if day > ended_on)


def is_asked(began_on: date, months: int, *, ended_on: date | None, today: date) -> bool:
    """Whether it is time to ask: a week before a term, not for one that lies after the end."""
    term = months_after(began_on, months)
    return term - EARLY <= today and (ended_on is None or term <= ended_on)


def check_retention(months: int, asked_on: date, *, began_on: date, ended_on: date | None, today: date) -> None:
    """Raise `Invalid` unless somebody can have been asked then."""
    if months not in MONTHS:
        raise Invalid(Problem("months", NOT_A_TERM))
    check_past(asked_on, since=began_on, today=today, field="asked_on")
    term = months_after(began_on, months)
    if ended_on is not None and term > ended_on:
        raise Invalid(Problem("asked_on", AFTER_END))
    if asked_on < term - EARLY:
        raise Invalid(Problem("asked_on", TOO_EARLY, parts={"months": months, "day": f"{term:%d.%m.%Y.}"}))


def check_exam(on: date, result: str, *, began_on: date, ended_on: date | None, today: date) -> None:
    """Raise `Invalid` unless an exam of this schooling can be on this day, with this result."""
    if on < began_on:
        raise Invalid(Problem("on", BEFORE_ENROLMENT))
    if ended_on is not None and on > ended_on:
        raise Invalid(Problem("on", AFTER_END))
    check_start(on, today=today, field="on")
    if result and on > today:
        raise Invalid(Problem("result", NO_RESULT_YET))


def check_scholarship(amount: Decimal, since: date, until: date, *, began_on: date) -> None:
    """Raise `Invalid` unless so much a month can be granted."""
    problems = amount_problems(amount)
    if since < began_on:
        problems.append(Problem("since", BEFORE_START))
    if until < since:
        problems.append(Problem("until", BEFORE_START))
    if problems:
        raise Invalid(*problems)
