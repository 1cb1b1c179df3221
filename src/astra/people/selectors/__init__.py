"""What may this actor know of a person, and how does she find her?"""

from astra.people.index import State as SearchState
from astra.people.rules.queries import Query
from astra.people.selectors.deadlines import due
from astra.people.selectors.files import (
    Coded,
    GuardianLine,
    PersonFacts,
    ages_of,
    circles_among,
    circles_of,
    coded_among,
    contact_details,
    display_names,
    duplicates_of,
    facts_among,
    facts_of,
    files_among,
    find_code_name,
    find_identity,
    guardians,
    identity,
    list_people,
    living_person,
    resolve,
    safety,
    whereabouts,
)
from astra.people.selectors.finding import Match, search, search_state
from astra.people.selectors.joinings import Joined, joinings_of, to_sort_out, waiting_joinings
from astra.people.selectors.keeping import Known as KnownSince
from astra.people.selectors.keeping import coming_of_age, known_since
from astra.people.selectors.reaching import Known, known_among, may_be_called, safety_among, stopped_among
from astra.people.selectors.telling import Keepers

__all__ = [
    "Coded",
    "GuardianLine",
    "Joined",
    "Keepers",
    "Known",
    "KnownSince",
    "Match",
    "PersonFacts",
    "Query",
    "SearchState",
    "ages_of",
    "circles_among",
    "circles_of",
    "coded_among",
    "coming_of_age",
    "contact_details",
    "display_names",
    "due",
    "duplicates_of",
    "facts_among",
    "facts_of",
    "files_among",
    "find_code_name",
    "find_identity",
    "guardians",
    "identity",
    "joinings_of",
    "known_among",
    "known_since",
    "list_people",
    "living_person",
    "may_be_called",
    "resolve",
    "safety",
    "safety_among",
    "search",
    "search_state",
    "stopped_among",
    "to_sort_out",
    "waiting_joinings",
    "whereabouts",
]
