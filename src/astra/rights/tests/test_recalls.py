"""Who was told something on a consent that was taken back, and is it recalled whoever takes it back?"""

import pytest
from django.urls import reverse

from astra.assistance import selectors as assistance
from astra.assistance.rules import referrals as rules
from astra.assistance.tests.test_referrals import World, state
from astra.cases import selectors as cases
from astra.consent import services as consent
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.rights import services
from astra.rights.rules.recalls import WITHIN
from astra.rights.selectors import recalls_due
from astra.rights.tests.test_owning import given, opened

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def test_the_page_of_what_was_taken_back_names_the_referrals(world: World) -> None:
    line = world.agrees()
    referral = world.refer()
    world.send(referral)
    consent.withdraw_consent(actor=world.mira, consent_id=line)
    assert [due.kind for due in recalls_due(world.mira, today() + WITHIN)] == ["rights.recall"]
    page = world.cast.client("mira").get(reverse("rights:recall", args=[line]), headers={"accept-language": "en"})
    assert "Kuća" in page.content.decode()
    assert "Recalled" in page.content.decode()


def test_she_takes_it_back_on_her_own_page(world: World) -> None:
    line = world.agrees()
    referral = world.refer()
    world.send(referral)
    owning = opened(given(world.cast, world.case, world.person).own)
    services.withdraw_online(owning=owning, consent_id=line)
    assert state(referral) == rules.RECALLED
    assert "referral_recalled" in [one.kind for one in cases.timeline(world.mira, world.case).lines]
    assert [one.state for one in assistance.told_of(world.person)] == [rules.RECALLED]
