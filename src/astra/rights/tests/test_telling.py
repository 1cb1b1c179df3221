"""Does she learn to whom something of hers was told: referrals, demands that were answered, packages that left?"""

from uuid import UUID

import pytest
from django.utils.translation import override

from astra.assistance.tests.test_referrals import World
from astra.cases import services as cases
from astra.cases.tests.making import make_person
from astra.demo.pytest_cast import Cast
from astra.justice import services as justice
from astra.justice.tests.making import make_demand
from astra.kernel.clock import today
from astra.rights import selectors, services

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SHELTER = "Shelter or other accommodation"
ASKER = "Advokat Zlić"


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def answer(world: World, asker: str, verb: str = "give_partly") -> UUID:
    """A demand that a lawyer checked and that was answered."""
    demand = make_demand(world.mira, world.case, asker=asker)
    justice.check_demand(
        actor=world.mira, demand_id=demand, right_holds="partly", opinion="Samo potvrda", lawyer="Advokatica Lukić"
    )
    justice.answer_demand(
        actor=world.mira, demand_id=demand, verb=verb, day=today(), given="Potvrda", held_back="Beleške"
    )
    return demand


def told(world: World) -> list[str]:
    with override("en"):
        return [one.kind for one in selectors.whom_we_told(world.person, world.case)]


def test_referrals_demands_and_packages_are_told_without_names(world: World) -> None:
    world.agrees()
    world.send(world.refer())
    assert told(world) == [SHELTER]
    demand = answer(world, "court")
    assert told(world) == [SHELTER], "she was not told of it in person yet"
    justice.tell_her(actor=world.mira, demand_id=demand, told_on=today(), told="Razume")
    justice.tell_her(actor=world.mira, demand_id=answer(world, "defence", "refuse"), told_on=today())
    assert sorted(told(world)) == ["Court", SHELTER], "what was refused was told to nobody"
    asked = {"reason": "authority", "recipient": ASKER, "key": "", "words": ""}
    export = services.ask_export(actor=world.mira, case_ids=[world.case], **asked)
    services.agree_export(actor=world.cast.actor("jelena"), export_id=export)
    assert len(told(world)) == 2, "nobody took it yet"
    services.take_export(actor=world.mira, export_id=export)
    with override("en"):
        shown = selectors.whom_we_told(world.person, world.case)
    assert {one.kind for one in shown} == {"Court", SHELTER, "Request of a competent authority"}
    assert ASKER not in str(shown)


def test_a_demand_in_a_file_of_two_is_told_in_person_only(world: World) -> None:
    justice.tell_her(actor=world.mira, demand_id=answer(world, "police"), told_on=today())
    assert told(world) == ["Police"]
    other = make_person(world.mira, "Druga")
    cases.add_person(actor=world.mira, case_id=world.case, person_id=other, role="client")
    assert told(world) == []
