"""Which verbs does the people room offer? The only writers of persons."""

from astra.people.services.changing import (
    add_name,
    add_safety,
    revise_contact_details,
    revise_identity,
    set_safety,
    set_whereabouts,
)
from astra.people.services.erasing import erase
from astra.people.services.guarding import add_guardian, ask_own_consent, end_guardian
from astra.people.services.holding_apart import hold_apart
from astra.people.services.merging import confirm_merge, merge_people, separate_people
from astra.people.services.registering import register_people, register_person
from astra.people.services.sharing import let_circle_go, share_with

__all__ = [
    "add_guardian",
    "add_name",
    "add_safety",
    "ask_own_consent",
    "confirm_merge",
    "end_guardian",
    "erase",
    "hold_apart",
    "let_circle_go",
    "merge_people",
    "register_people",
    "register_person",
    "revise_contact_details",
    "revise_identity",
    "separate_people",
    "set_safety",
    "set_whereabouts",
    "share_with",
]
