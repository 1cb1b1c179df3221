"""What can be written down for a child without parents here, and what not?"""

from datetime import date

from astra.assistance.rules.childhood import may_trace_family
from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg

GUARDIAN, AGE, BEST_INTEREST, ASYLUM, TRACING = "guardian", "age", "best_interest", "asylum", "tracing"
KINDS = (GUARDIAN, AGE, BEST_INTEREST, ASYLUM, TRACING)
CODES = {
    GUARDIAN: "guardianship",
    AGE: "age_state",
    BEST_INTEREST: "best_interest",
    ASYLUM: "asylum_step",
    TRACING: "tracing_step",
}
"""In which list the code of an entry stands."""
NAMES = {
    GUARDIAN: msg("Guardian"),
    AGE: msg("Age assessment"),
    BEST_INTEREST: msg("Best-interest decision"),
    ASYLUM: msg("Asylum"),
    TRACING: msg("Family tracing"),
}
ENDS_BEFORE = msg("The right ends before it begins. Check both days.")
IN_FUTURE = msg("Enter a day that is not in the future.")
WHO = {
    GUARDIAN: msg("Write who the guardian is."),
    AGE: msg("Write who assessed the age."),
    BEST_INTEREST: msg("Write who took part in the decision."),
}
CHILD_SAYS = msg("Write what the child says about it, or that the child did not want to say anything.")
NOT_SAFE = msg(
    "Family is traced only when the latest best-interest decision says that it is safe and the child wants it. "
    "Write that decision down first; until then, do not contact anybody."
)


def check_entry(
    kind: str, *, on: date, until: date | None, who: str, child_said: str, has_age_result: bool, today: date
) -> None:
    """Raise `Invalid` unless an entry can be written so."""
    problems = []
    if on > today:
        problems.append(Problem("on", IN_FUTURE))
    if until is not None and until < on:
        problems.append(Problem("until", ENDS_BEFORE))
    if kind in WHO and not who.strip() and (kind != AGE or has_age_result):
        problems.append(Problem("who", WHO[kind]))
    if kind == BEST_INTEREST and not child_said.strip():
        problems.append(Problem("child_said", CHILD_SAYS))
    if problems:
        raise Invalid(*problems)


def check_tracing(*, is_safe: bool, is_wanted: bool) -> None:
    """Raise unless the family may be traced."""
    if not may_trace_family(is_assessed_safe=is_safe, is_wanted_by_her=is_wanted):
        raise NotAllowedNow(NOT_SAFE)
