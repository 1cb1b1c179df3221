"""Which verbs does the cases room offer? The only writers of files."""

from astra.cases.services.asking_again import review_grounds
from astra.cases.services.documents import (
    add_document,
    add_made_document,
    add_version,
    black_out_document,
    note_opened,
)
from astra.cases.services.emergencies import tell_team
from astra.cases.services.for_later_rooms import Filing, TierFiling
from astra.cases.services.forgetting import forget, gone_with
from astra.cases.services.groups import link_case, open_group, unlink_case
from astra.cases.services.handover import accept_handover, hand_over
from astra.cases.services.holds import hold, lift_hold
from astra.cases.services.identifying import assess, assess_risk, record_choice, record_decision, screen
from astra.cases.services.joining import add_contacts, add_person, change_role, link_contacts, remove_person
from astra.cases.services.letting_go import let_file_go
from astra.cases.services.lifecycle import close_case, step
from astra.cases.services.notes import add_note, revise_note
from astra.cases.services.opening import Opening, open_case, open_cases
from astra.cases.services.story import record_ground, revise_common, revise_summary, set_facts
from astra.cases.services.tasks import add_task, drop_tasks, move_task, step_task
from astra.cases.services.team import admit, assign_lead, dismiss
from astra.cases.services.timeline import add_to_timeline
from astra.cases.services.walls import build_wall, take_down_wall, walled_members

__all__ = [
    "Filing",
    "Opening",
    "TierFiling",
    "accept_handover",
    "add_contacts",
    "add_document",
    "add_made_document",
    "add_note",
    "add_person",
    "add_task",
    "add_to_timeline",
    "add_version",
    "admit",
    "assess",
    "assess_risk",
    "assign_lead",
    "black_out_document",
    "build_wall",
    "change_role",
    "close_case",
    "dismiss",
    "drop_tasks",
    "forget",
    "gone_with",
    "hand_over",
    "hold",
    "let_file_go",
    "lift_hold",
    "link_case",
    "link_contacts",
    "move_task",
    "note_opened",
    "open_case",
    "open_cases",
    "open_group",
    "record_choice",
    "record_decision",
    "record_ground",
    "remove_person",
    "review_grounds",
    "revise_common",
    "revise_note",
    "revise_summary",
    "screen",
    "set_facts",
    "step",
    "step_task",
    "take_down_wall",
    "tell_team",
    "unlink_case",
    "walled_members",
]
