"""Is a young person whose age is not settled treated as a child?

The benefit of the doubt (Council of Europe Convention, CETS 197, article 10, paragraph 3): until an assessment has
found her adult and nobody disputes it, she is a child to us.
"""

UNASSESSED, DISPUTED, FOUND_CHILD, FOUND_ADULT = "unassessed", "disputed", "found_child", "found_adult"
AGE_STATES = (UNASSESSED, DISPUTED, FOUND_CHILD, FOUND_ADULT)


def is_treated_as_child(age_state: str) -> bool:
    """Everybody but whom an undisputed assessment found adult; a state we do not know is doubt, too."""
    return age_state != FOUND_ADULT


def may_trace_family(*, is_assessed_safe: bool, is_wanted_by_her: bool) -> bool:
    """Only when the assessment says that it is safe, and she wants it; a blank is neither."""
    return is_assessed_safe and is_wanted_by_her
