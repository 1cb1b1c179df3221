"""Who writes here? Somebody about her own data, and the colleagues who give her that page and answer her."""

from astra.rights.services.decoys import lay_out_decoy, take_decoy_away
from astra.rights.services.exporting import (
    agree_export,
    ask_export,
    expire_exports,
    refuse_export,
    take_back_export,
    take_export,
)
from astra.rights.services.giving import close_page, give_page, new_code
from astra.rights.services.keeping import (
    agree,
    keep_longer,
    look_for_endings,
    propose,
    refuse,
    take_back_disposal,
)
from astra.rights.services.owning import (
    CALM,
    ask_online,
    leave,
    open_own,
    resume,
    sweep_visits,
    take_back,
    withdraw_online,
)
from astra.rights.services.parents import decide_parent, note_parent, take_back_parent
from astra.rights.services.recalls import note_recalled
from astra.rights.services.requests import answer, lengthen, note_request, take, take_back_request
from astra.rights.services.stories import approve_story, print_story, revise_story, write_story
from astra.rights.services.taking import check_file, drop_file, hand_file_over, prepare_file

__all__ = [
    "CALM",
    "agree",
    "agree_export",
    "answer",
    "approve_story",
    "ask_export",
    "ask_online",
    "check_file",
    "close_page",
    "decide_parent",
    "drop_file",
    "expire_exports",
    "give_page",
    "hand_file_over",
    "keep_longer",
    "lay_out_decoy",
    "leave",
    "lengthen",
    "look_for_endings",
    "new_code",
    "note_parent",
    "note_recalled",
    "note_request",
    "open_own",
    "prepare_file",
    "print_story",
    "propose",
    "refuse",
    "refuse_export",
    "resume",
    "revise_story",
    "sweep_visits",
    "take",
    "take_back",
    "take_back_disposal",
    "take_back_export",
    "take_back_parent",
    "take_back_request",
    "take_decoy_away",
    "take_export",
    "withdraw_online",
    "write_story",
]
