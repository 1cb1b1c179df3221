"""What of proceedings, letters and judgments may this actor see? Lists by tier, words by key."""

from astra.justice.selectors.final import final_days, given_and_told, with_proceedings
from astra.justice.selectors.monitoring import YearPage, judgments
from astra.justice.selectors.parties import roles_in
from astra.justice.selectors.places import Place, place_of
from astra.justice.selectors.proceedings import (
    CasePage,
    Part,
    ProceedingPage,
    case_page,
    measure_place,
    one,
    proceeding_page,
)
from astra.justice.selectors.registers import (
    Coming,
    Register,
    coming,
    due,
    feed_since,
    files_of,
    hearings_behind,
    office_due,
    register,
)
from astra.justice.selectors.suspects import Known, Link, find_suspects, linkable, links_of

__all__ = [
    "CasePage",
    "Coming",
    "Known",
    "Link",
    "Part",
    "Place",
    "ProceedingPage",
    "Register",
    "YearPage",
    "case_page",
    "coming",
    "due",
    "feed_since",
    "files_of",
    "final_days",
    "find_suspects",
    "given_and_told",
    "hearings_behind",
    "judgments",
    "linkable",
    "links_of",
    "measure_place",
    "office_due",
    "one",
    "place_of",
    "proceeding_page",
    "register",
    "roles_in",
    "with_proceedings",
]
