"""Who sits where, and who may give what? Truth tables, without a database."""

import pytest

from astra.accounts.rules import joining
from astra.accounts.rules.roles import DESKS, GIVES, ROLES, are_apart, circles_of, desks_of, grantable, takeable
from astra.kernel.errors import Denied, Invalid, NotAllowedNow

CASE_CONTENT_DESKS = {"hotline", "people", "cases", "missing", "consent"}
CASE_CONTENT_CIRCLES = {"hotline", "missing", "coordinators", "index", "seniors"}
FROM_EDUCATOR_ON = ("educator", "campaigner", "researcher", "data_protection_officer", "administrator")
EVERY_CIRCLE = frozenset().union(*(role.circles for role in ROLES.values())) | {"hotline", "index", "safety"}

GIVEABLE = {
    "volunteer": set(),
    "counsellor": set(),
    "case_worker": set(),
    "psychologist": set(),
    "lawyer": set(),
    "missing_worker": set(),
    "educator": set(),
    "campaigner": set(),
    "researcher": set(),
    "coordinator": {
        "volunteer",
        "counsellor",
        "case_worker",
        "psychologist",
        "lawyer",
        "missing_worker",
        "educator",
        "campaigner",
        "researcher",
        "coordinator",
    },
    "administrator": {"educator", "campaigner", "researcher", "administrator"},
    "data_protection_officer": {"data_protection_officer"},
}


@pytest.mark.parametrize("code", ROLES)
def test_every_role_sits_at_known_desks(code: str) -> None:
    role = ROLES[code]
    assert role.desks
    assert role.desks <= set(DESKS)
    assert "house" in role.circles


@pytest.mark.parametrize("code", FROM_EDUCATOR_ON)
def test_from_educator_on_nobody_reads_case_content(code: str) -> None:
    role = ROLES[code]
    assert not role.reads_cases
    assert not role.desks & CASE_CONTENT_DESKS
    assert not role.circles & CASE_CONTENT_CIRCLES


def test_a_volunteer_reads_no_stories() -> None:
    volunteer = ROLES["volunteer"]
    assert volunteer.desks == {"hotline", "directory"}
    assert volunteer.circles == {"house", "safety"}
    assert volunteer.needs_preparation


@pytest.mark.parametrize("giver", ROLES)
@pytest.mark.parametrize("role", ROLES)
def test_who_gives_what_when_nothing_is_vacant(giver: str, role: str) -> None:
    may = role in grantable([giver], EVERY_CIRCLE, held=ROLES)
    assert may is (role in GIVEABLE[giver])


@pytest.mark.parametrize("giver", ROLES)
@pytest.mark.parametrize("role", ROLES)
def test_nobody_gives_a_role_whose_circles_are_closed_to_her(giver: str, role: str) -> None:
    own = circles_of([giver])
    if role in grantable([giver], own, held=ROLES):
        assert ROLES[role].circles <= own


def test_the_first_officer_is_appointed_by_a_coordinator_who_can_open_the_circle() -> None:
    held = set(ROLES) - {"data_protection_officer"}
    assert "data_protection_officer" in grantable(["coordinator"], EVERY_CIRCLE, held)
    assert "data_protection_officer" not in grantable(["coordinator"], EVERY_CIRCLE - {"data_protection"}, held)
    assert "data_protection_officer" not in grantable(["administrator"], EVERY_CIRCLE, held)


def test_giving_never_grows_in_a_chain() -> None:
    """Whoever is given a role can give nothing that its giver could not have had given herself."""
    for giver, gives in GIVES.items():
        for role in gives:
            assert GIVES.get(role, frozenset()) <= gives, (giver, role)


@pytest.mark.parametrize(
    ("roles", "apart"),
    [
        (["coordinator", "administrator"], False),
        (["counsellor", "case_worker"], False),
        (["data_protection_officer", "coordinator"], True),
        (["data_protection_officer", "administrator", "educator"], True),
        (["data_protection_officer", "educator"], False),
    ],
)
def test_roles_apart(roles: list[str], apart: bool) -> None:
    assert are_apart(roles) is apart


def test_desks_join() -> None:
    assert desks_of(["educator", "researcher"]) == {"education", "directory", "research"}
    assert desks_of([]) == frozenset()


def test_taking_away() -> None:
    assert "data_protection_officer" not in takeable(["administrator"])
    assert {"coordinator", "counsellor", "administrator"} <= takeable(["administrator"])
    assert "administrator" not in takeable(["coordinator"])
    assert not takeable(["counsellor"])


def test_checks_say_why() -> None:
    with pytest.raises(Invalid):
        joining.check_roles([])
    with pytest.raises(Invalid):
        joining.check_roles(["queen"])
    with pytest.raises(Invalid):
        joining.check_roles(["data_protection_officer", "coordinator"])
    with pytest.raises(Denied):
        joining.check_can_invite(["counsellor"], "counsellor")
    with pytest.raises(Denied):
        joining.check_can_take(["counsellor"], ["counsellor"])
    with pytest.raises(Denied):
        joining.check_can_help(["counsellor"], ["case_worker"])
    with pytest.raises(NotAllowedNow):
        joining.check_not_last(["coordinator"], {"coordinator": 1})
    joining.check_not_last(["counsellor"], {"counsellor": 1})
    joining.check_not_last(["coordinator"], {"coordinator": 2})
