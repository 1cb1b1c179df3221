"""What is said on the log of somebody's own data: her page, her requests, her story, her file?"""

from astra.kernel.words import msg

RIGHTS = {
    "rights.answered": msg("Answered a request about own data"),
    "rights.asked": msg("Asked something about own data"),
    "rights.file_checked": msg("Checked a file that somebody takes along"),
    "rights.file_dropped": msg("Put a file aside that somebody was to take along"),
    "rights.file_handed": msg("Handed somebody her or his own file"),
    "rights.file_prepared": msg("Prepared a file that somebody takes along"),
    "rights.lengthened": msg("Made the term of a request longer"),
    "rights.page_closed": msg("Closed somebody's own page"),
    "rights.page_given": msg("Handed over the code of an own page"),
    "rights.page_opened": msg("Opened her or his own page"),
    "rights.parent_asked": msg("Wrote down that a parent or guardian asks for a file"),
    "rights.parent_decided": msg("Decided on a parent's or guardian's access"),
    "rights.parent_taken_back": msg("Noted that a parent or guardian no longer asks for a file"),
    "rights.recalled": msg("Noted what others answered after consent was taken back"),
    "rights.story_approved": msg("Noted that somebody approved her or his own story"),
    "rights.story_printed": msg("Printed a story for an institution"),
    "rights.story_revised": msg("Changed somebody's own story"),
    "rights.story_written": msg("Wrote down somebody's own story"),
    "rights.taken_back": msg("A request about own data was taken back"),
    "rights.taken_on": msg("Took on a request about own data"),
}
