"""Which desks and circles belong to a role, and who may give it?

A role is a task with a name. Its desks say which pages open, its circles say which keys she is given; from educator
on, no role has a circle in which case content is sealed. Nothing else grants anything: there are no single
permissions to switch on.
"""

from collections.abc import Collection
from dataclasses import dataclass

from astra.kernel.words import msg

HOTLINE, PEOPLE, CASES, MISSING, DIRECTORY = "hotline", "people", "cases", "missing", "directory"
CONSENT, COORDINATION, EDUCATION, CAMPAIGNS = "consent", "coordination", "education", "campaigns"
RESEARCH, DATA_PROTECTION, ADMINISTRATION = "research", "data_protection", "administration"

DESKS = (
    HOTLINE,
    PEOPLE,
    CASES,
    MISSING,
    DIRECTORY,
    CONSENT,
    COORDINATION,
    EDUCATION,
    CAMPAIGNS,
    RESEARCH,
    DATA_PROTECTION,
    ADMINISTRATION,
)


CIRCLES = {
    "house": msg("All colleagues"),
    "index": msg("Search"),
    "safety": msg("Safe contact"),
    "hotline": msg("Hotline"),
    "missing": msg("Missing children"),
    "coordinators": msg("Coordinators"),
    "seniors": msg("Seniors"),
    "data_protection": msg("Data protection"),
}
"""What the desk circles of the vault are called."""


@dataclass(frozen=True)
class Role:
    """One task: what it is called, where it sits, whose keys it gets."""

    code: str
    name: str
    task: str
    desks: frozenset[str]
    circles: frozenset[str]
    """Desk circles of the vault; those nested inside them come along (a coordinator reaches the hotline)."""
    reads_cases: bool = False
    needs_preparation: bool = False
    """Training and the confidentiality agreement are recorded before the role can be given."""


def _role(
    code: str,
    name: str,
    task: str,
    desks: Collection[str],
    circles: Collection[str],
    *,
    reads_cases: bool = False,
    needs_preparation: bool = False,
) -> Role:
    return Role(code, name, task, frozenset(desks), frozenset({"house", *circles}), reads_cases, needs_preparation)


_FILE_WORK = (PEOPLE, CASES, CONSENT, DIRECTORY)

_ALL = (
    _role(
        "volunteer",
        msg("Volunteer"),
        msg("Logs contacts and sees safe-contact rules, not stories."),
        (HOTLINE, DIRECTORY),
        ("safety",),
        needs_preparation=True,
    ),
    _role(
        "counsellor",
        msg("Counsellor"),
        msg("Answers the hotline, recognises people who come back, opens cases."),
        (HOTLINE, *_FILE_WORK),
        ("hotline",),
        reads_cases=True,
        needs_preparation=True,
    ),
    _role(
        "case_worker",
        msg("Case worker"),
        msg("Keeps the files she is on the team of."),
        _FILE_WORK,
        ("index", "safety"),
        reads_cases=True,
    ),
    _role(
        "psychologist",
        msg("Psychologist"),
        msg("Works with clients whose health notes she is let into."),
        _FILE_WORK,
        ("index", "safety"),
        reads_cases=True,
    ),
    _role(
        "lawyer",
        msg("Lawyer"),
        msg("Represents clients whose legal notes she is let into."),
        _FILE_WORK,
        ("index", "safety"),
        reads_cases=True,
    ),
    _role(
        "missing_worker",
        msg("Missing-children worker"),
        msg("Answers 116 000 and looks for missing children."),
        (MISSING, HOTLINE, *_FILE_WORK),
        ("missing", "index", "safety"),
        reads_cases=True,
    ),
    _role(
        "coordinator",
        msg("Coordinator"),
        msg("Sees who is on shift, what is overdue, and gives a second pair of eyes."),
        (HOTLINE, MISSING, *_FILE_WORK, COORDINATION),
        ("coordinators", "missing", "seniors", "officers"),
        reads_cases=True,
    ),
    _role("educator", msg("Educator"), msg("Plans and holds trainings."), (EDUCATION, DIRECTORY), ()),
    _role(
        "campaigner", msg("Campaigner"), msg("Runs campaigns and follows what they change."), (CAMPAIGNS, DIRECTORY), ()
    ),
    _role("researcher", msg("Researcher"), msg("Works with protected numbers only."), (RESEARCH,), ()),
    _role(
        "data_protection_officer",
        msg("Data protection officer"),
        msg("Sees who read what and why, and what is kept until when."),
        (DATA_PROTECTION,),
        ("data_protection", "officers"),
    ),
    _role(
        "administrator",
        msg("Administrator"),
        msg("Invites colleagues, ends visits, keeps the installation in order."),
        (ADMINISTRATION, DIRECTORY),
        (),
    ),
)
ROLES = {role.code: role for role in _ALL}

_CARE = ("volunteer", "counsellor", "case_worker", "psychologist", "lawyer", "missing_worker")
_HOUSE = ("educator", "campaigner", "researcher")
GIVES: dict[str, frozenset[str]] = {
    "coordinator": frozenset({*_CARE, *_HOUSE, "coordinator"}),
    "administrator": frozenset({*_HOUSE, "administrator"}),
    "data_protection_officer": frozenset({"data_protection_officer"}),
}
"""Who may give which role; a role that is not here gives none."""

VACANT_GIVES: dict[str, frozenset[str]] = {"coordinator": frozenset({"data_protection_officer", "administrator"})}
"""What may be given only while nobody holds it: a coordinator appoints the first officer and administrator."""

INVITES: dict[str, frozenset[str]] = {
    "administrator": frozenset(ROLES),
    "coordinator": frozenset({*_CARE, *_HOUSE, "coordinator"}),
    "data_protection_officer": frozenset({"data_protection_officer"}),
}
"""Who may invite for which role. It gives nothing: the role begins when a colleague who may give it admits her."""

APART = frozenset(
    {
        frozenset({"data_protection_officer", "coordinator"}),
        frozenset({"data_protection_officer", "administrator"}),
    }
)
"""Pairs that nobody holds together: an officer does not watch over her own decisions (GDPR, article 38(6))."""


def desks_of(roles: Collection[str]) -> frozenset[str]:
    """The desks that these roles sit at together."""
    return frozenset().union(*(ROLES[role].desks for role in roles))


def circles_of(roles: Collection[str]) -> frozenset[str]:
    """The desk circles that these roles are admitted to together."""
    return frozenset().union(*(ROLES[role].circles for role in roles))


def grantable(giver_roles: Collection[str], giver_circles: Collection[str], held: Collection[str]) -> frozenset[str]:
    """The roles somebody may give: hers to give, and every circle that comes with them is open to her.

    `held` names the roles that somebody in the organisation holds already; the rest are vacant.
    """
    may = frozenset().union(*(GIVES.get(role, frozenset()) for role in giver_roles))
    vacant = frozenset().union(*(VACANT_GIVES.get(role, frozenset()) for role in giver_roles)) - set(held)
    return frozenset(role for role in may | vacant if ROLES[role].circles <= set(giver_circles))


def takeable(taker_roles: Collection[str]) -> frozenset[str]:
    """The roles that somebody may take away again: what she may give, and an administrator any but the officer's."""
    may = frozenset().union(*(GIVES.get(role, frozenset()) for role in taker_roles))
    if "administrator" in taker_roles:
        may |= frozenset(ROLES) - {"data_protection_officer"}
    return may


def invitable(inviter_roles: Collection[str]) -> frozenset[str]:
    """The roles somebody may invite a new colleague for."""
    return frozenset().union(*(INVITES.get(role, frozenset()) for role in inviter_roles))


def are_apart(roles: Collection[str]) -> bool:
    """Whether two of these roles may not be one person's."""
    return any(pair <= set(roles) for pair in APART)
