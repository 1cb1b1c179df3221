"""What may this actor open, and what may she list? The only way to read a sealed section."""

from astra.vault.crypto.contexts import content_key, grant_context, item_context, section_context, stream_key
from astra.vault.selectors.circles import (
    closed_circles_of,
    desk_circle,
    desk_circles,
    holders,
    members_of,
    personal_circle,
    workers_in,
)
from astra.vault.selectors.listing import Listing, Page, case_circles_of
from astra.vault.selectors.names import (
    erasure_keys,
    fallback_pseudonym,
    name_keys,
    names_from,
    pseudonym_from,
    pseudonyms,
)
from astra.vault.selectors.opening import (
    Reading,
    find_section,
    is_living,
    keyed_sections,
    open_earlier,
    open_section,
    open_sections,
    read_together,
)
from astra.vault.selectors.reach import Walk, can_reach, check_reach, reach_of, reachable_among, within
from astra.vault.selectors.streams import (
    Item,
    OpenStream,
    has_lasting_grant,
    item_with_mark,
    items_since,
    open_stream,
    read_stream,
)
from astra.vault.selectors.sweeping import sweep

__all__ = [
    "Item",
    "Listing",
    "OpenStream",
    "Page",
    "Reading",
    "Walk",
    "can_reach",
    "case_circles_of",
    "check_reach",
    "closed_circles_of",
    "content_key",
    "desk_circle",
    "desk_circles",
    "erasure_keys",
    "fallback_pseudonym",
    "find_section",
    "grant_context",
    "has_lasting_grant",
    "holders",
    "is_living",
    "item_context",
    "item_with_mark",
    "items_since",
    "keyed_sections",
    "members_of",
    "name_keys",
    "names_from",
    "open_earlier",
    "open_section",
    "open_sections",
    "open_stream",
    "personal_circle",
    "pseudonym_from",
    "pseudonyms",
    "reach_of",
    "reachable_among",
    "read_stream",
    "read_together",
    "section_context",
    "stream_key",
    "sweep",
    "within",
    "workers_in",
]
