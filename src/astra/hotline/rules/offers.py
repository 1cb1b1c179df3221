"""What may the check of a job offer say, which red flags do the answers propose, and when may it end?

Rules propose, each with its reason in one sentence; the counsellor confirms or takes away. There are two verdicts,
"warnings found" and "none found so far". A third one does not exist: nobody can promise how work abroad will go.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from astra import vocabulary
from astra.hotline.rules.contacts import LINE, NOT_ALLOWED
from astra.kernel.errors import Invalid, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

FLAG, TERM, PAPER = "offer_red_flag", "offer_term", "offer_paper"
OFFER_CHANNEL, SECTOR, COUNTRY = "offer_channel", "labour_sector", "country"
LOOKUP, VERDICT = "offer_lookup", "offer_verdict"
"""The code lists of the vocabulary that a check uses."""
WARNINGS, NONE_SO_FAR = "warnings", "none_so_far"

TO_DO, CONCLUDED, TOLD, DROPPED = "to_do", "concluded", "told", "dropped"
OFFER_CHECK = Lifecycle(
    "offer_check",
    TO_DO,
    [
        Step(TO_DO, "conclude", CONCLUDED),
        Step(CONCLUDED, "tell", TOLD),
        Step(CONCLUDED, "reopen", TO_DO),
        Step(TOLD, "reopen", TO_DO),
        Step(TO_DO, "drop", DROPPED),
        Step(DROPPED, "reopen", TO_DO),
    ],
)
"""A finding that nobody has been told yet is not done: concluded and told are two states."""
WAITING_STATES, DONE_STATES = (TO_DO, CONCLUDED), (TOLD, DROPPED)

NEAR = timedelta(days=10)
"""So near a journey leaves no time to get papers."""
CALL_AFTER = timedelta(days=7)
"""So long after the journey we ask how it went, unless another day is agreed."""
OLDEST_LOOKUP = timedelta(days=366)

FLAGS_SAY_OTHERWISE = msg("There are red flags or earlier warnings. Take the flags away, or say: warnings.")
DECIDE_FIRST = msg("Red flags are proposed and nobody has decided about them. Confirm them or take them away first.")
NO_WARNING_NAMED = msg("Say which warning: confirm at least one red flag first.")
NOTHING_LOOKED_UP = msg("Nothing has been looked up yet. Note what you looked up, and on which day.")
NOT_YET_LOOKED_UP = msg("This day has not come yet.")
LOOKED_UP_LONG_AGO = msg("This is more than a year ago. Look it up again.")

BY_TERM = {
    "age_child": ("child", msg("The person is under 18: work abroad is no matter for a child alone.")),
    "employer_profile": ("employer_hidden", msg("There is only a profile or a mobile number of the employer.")),
    "employer_unnamed": ("employer_hidden", msg("Nobody says who the employer is.")),
    "work_unclear": ("work_unclear", msg("What work it is, is not said clearly.")),
    "work_changed": ("work_unclear", msg("The description of the work has changed already.")),
    "contract_later": ("no_contract", msg("The contract is to come later or over there.")),
    "contract_none": ("no_contract", msg("There is no written contract.")),
    "contract_unreadable": ("contract_unreadable", msg("The contract is in a language that the person does not read.")),
    "permit_later": ("no_permit", msg("The work permit is promised for later.")),
    "permit_unsaid": ("no_permit", msg("Nobody has said anything of a visa or a work permit.")),
    "permit_tourist": ("tourist_entry", msg("The person is to travel as a tourist and to work.")),
    "fee_before": (
        "fee_asked",
        msg("The worker is to pay before the work; recruiting is the employer's cost."),
    ),
    "fee_lent": ("debt", msg("Money is lent or taken off the pay: the work begins with a debt.")),
    "passport_copied": ("passport_copied", msg("A picture of the passport is asked for in advance.")),
    "passport_taken": ("passport_kept", msg("The passport is not to stay with the person.")),
    "pay_far_above": ("pay_unlikely", msg("The pay is far above what such work usually brings there.")),
    "pay_unclear": ("pay_unclear", msg("How much, when or how the pay comes is not said.")),
    "hours_long": ("hours_excessive", msg("More than ten hours a day, or no day off.")),
    "housing_unknown": ("housing_unknown", msg("A bed is promised, and nobody says at which address.")),
    "housing_bound": ("housing_bound", msg("The person would sleep where the work is and not go out freely.")),
    "transport_unknown": ("transport_unknown", msg("Who drives, or by which road, is not known.")),
    "way_back_none": ("no_way_back", msg("There is no money for the way back.")),
    "licence_none": ("no_licence", msg("The agency has no licence or does not show it.")),
    "pace_hurry": ("hurry", msg("It has to be decided at once.")),
    "secrecy_asked": ("secrecy", msg("The person is asked to tell nobody.")),
    "pictures_asked": ("pictures_asked", msg("Intimate pictures are asked for.")),
}
"""Which answer proposes which flag, and why."""
BY_CHANNEL = {
    "online_love": ("sudden_love", msg("The offer comes from a partner whom the person knows from the internet.")),
    "stranger": ("stranger", msg("A stranger approached the person.")),
}
WARNED_EMPLOYER = msg("An earlier finding on the employer holds warnings.")
WARNED_AGENCY = msg("An earlier finding on the agency holds warnings.")
LICENCE_OVER = msg("The agency's licence in the register has run out.")
NO_TIME = msg("The journey is within ten days, and the contract or the permit is not there.")
NOT_THERE = frozenset(
    {"contract_later", "contract_none", "contract_unreadable", "permit_later", "permit_unsaid", "permit_tourist"}
)


@dataclass(frozen=True)
class OfferCoded:
    """The coded part of a check: what the server may read, and statistics count."""

    country: str = ""
    sector: str = ""
    channel: str = ""
    travel_on: date | None = None
    terms: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the register says of the employer and the agency of an offer."""

    is_employer_warned: bool = False
    is_agency_warned: bool = False
    licence_until: date | None = None


NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class Proposal:
    """A red flag that the answers propose, and why."""

    flag: str
    why: str
    """A marked sentence."""


@dataclass(frozen=True)
class Flags:
    """What a counsellor has decided about red flags; what is in neither set is only proposed."""

    confirmed: frozenset[str] = field(default_factory=frozenset)
    taken_away: frozenset[str] = field(default_factory=frozenset)


def propose(coded: OfferCoded, known: Known = NOTHING_KNOWN, *, day: date) -> tuple[Proposal, ...]:
    """The red flags that the answers propose, each once with its first reason, in the order of the list."""
    found: dict[str, str] = {}
    for flag, why in _reasons(coded, known, day):
        found.setdefault(flag, why)
    order = vocabulary.codes(FLAG).codes
    return tuple(Proposal(flag, found[flag]) for flag in order if flag in found)


def _reasons(coded: OfferCoded, known: Known, day: date) -> Iterable[tuple[str, str]]:
    yield from (BY_TERM[term] for term in coded.terms if term in BY_TERM)
    if coded.channel in BY_CHANNEL:
        yield BY_CHANNEL[coded.channel]
    if known.is_employer_warned:
        yield "earlier_warnings", WARNED_EMPLOYER
    if known.is_agency_warned:
        yield "earlier_warnings", WARNED_AGENCY
    if known.licence_until is not None and known.licence_until < day:
        yield "no_licence", LICENCE_OVER
    if coded.travel_on is not None and coded.travel_on - day <= NEAR and not NOT_THERE.isdisjoint(coded.terms):
        yield "leaves_before_papers", NO_TIME


def undecided(proposals: Iterable[Proposal], flags: Flags) -> tuple[Proposal, ...]:
    """What is proposed and nobody has decided about."""
    return tuple(one for one in proposals if one.flag not in flags.confirmed | flags.taken_away)


def in_order(flags: Collection[str]) -> tuple[str, ...]:
    """Flags as they are told: the grave ones first, each group in the order of the list."""
    known = vocabulary.codes(FLAG)
    ordered = [code for code in known.codes if code in flags]
    return tuple(sorted(ordered, key=lambda code: not known.fact(code, "is_grave", False)))


def not_looked_up(looked_up: Collection[str], *, has_agency: bool) -> tuple[str, ...]:
    """What an answer has to name as not looked up."""
    known = vocabulary.codes(LOOKUP)
    core = [code for code in known.having(is_core=True) if has_agency or not known.fact(code, "for_agency", False)]
    return tuple(code for code in core if code not in looked_up)


def check_offer(coded: OfferCoded, *, line: str = "") -> None:
    """Raise `Invalid` with every code that is in no list; a check may begin with nothing filled in."""
    given: list[tuple[str, str, str]] = [
        ("country", COUNTRY, coded.country),
        ("sector", SECTOR, coded.sector),
        ("channel", OFFER_CHANNEL, coded.channel),
        ("line", LINE, line),
        *(("terms", TERM, code) for code in coded.terms),
        *(("papers", PAPER, code) for code in coded.papers),
    ]
    wrong = [Problem(name, NOT_ALLOWED) for name, codes, code in given if code and code not in vocabulary.codes(codes)]
    if wrong:
        raise Invalid(*wrong)


def check_flags(flags: Iterable[str]) -> None:
    """Raise `Invalid` for a flag that is not in the list."""
    known = vocabulary.codes(FLAG)
    if any(flag not in known for flag in flags):
        raise Invalid(Problem("flags", NOT_ALLOWED))


def check_lookup(what: str, on: date, *, day: date) -> None:
    """Raise `Invalid` when nothing can have been looked up like this."""
    problems = []
    if what not in vocabulary.codes(LOOKUP):
        problems.append(Problem("what", NOT_ALLOWED))
    if on > day:
        problems.append(Problem("on", NOT_YET_LOOKED_UP))
    if on < day - OLDEST_LOOKUP:
        problems.append(Problem("on", LOOKED_UP_LONG_AGO))
    if problems:
        raise Invalid(*problems)


def check_verdict(verdict: str, *, flags: Flags, is_warned: bool, lookups: int, undecided: int = 0) -> None:
    """Raise `Invalid` when a check cannot end with this verdict: a warning has a name, "none so far" has a look."""
    if verdict not in vocabulary.codes(VERDICT):
        raise Invalid(Problem("verdict", NOT_ALLOWED))
    if verdict == WARNINGS and not (flags.confirmed or is_warned):
        raise Invalid(Problem("verdict", NO_WARNING_NAMED))
    if verdict == NONE_SO_FAR and (flags.confirmed or is_warned):
        raise Invalid(Problem("verdict", FLAGS_SAY_OTHERWISE))
    if verdict == NONE_SO_FAR and undecided:
        raise Invalid(Problem("verdict", DECIDE_FIRST))
    if verdict == NONE_SO_FAR and not lookups:
        raise Invalid(Problem("verdict", NOTHING_LOOKED_UP))


def terms_by_question(terms: Iterable[str]) -> Mapping[str, str]:
    """The answers by the question that each answers."""
    known = {entry.code: entry.group for entry in vocabulary.codes(TERM)}
    return {known[term]: term for term in terms if term in known}
