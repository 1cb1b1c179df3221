"""Does the check of a job offer go into a case with its contact, and does the hotline still finish what it began?"""

from datetime import timedelta
from uuid import UUID

import pytest

from astra.cases import services as cases
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.rules import offers as rules
from astra.hotline.rules.contacts import Coded
from astra.hotline.rules.offers import OfferCoded
from astra.hotline.sections import OFFER, OfferWords
from astra.kernel.clock import now
from astra.vault import selectors as vault

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def begun(cast: Cast, contact: UUID) -> UUID:
    offer = services.NewOffer(OfferCoded("AT"), OfferWords(employer="Neki hotel"), contact_id=contact)
    return services.begin_check(actor=cast.actor("mira"), offer=offer)


def can_open(cast: Cast, name: str, check_id: UUID) -> bool:
    return vault.find_section(cast.actor(name), check_id, OFFER) is not None


def test_the_team_reads_it_and_the_hotline_a_week_after_it_is_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mira = cast.actor("mira")
    coded = Coded("sos_trafficking", "about_self", now() - timedelta(minutes=9), "voice")
    contact = services.record_contact(actor=mira, contact=NewContact(coded))
    doing, done = begun(cast, contact), begun(cast, contact)
    services.decide_flags(actor=mira, check_id=done, confirmed={"debt"}, taken_away=())
    services.conclude_check(actor=mira, check_id=done, verdict=rules.WARNINGS)
    services.tell_finding(actor=mira, check_id=done, answer="-")
    assert not can_open(cast, "vesna", doing)
    cases.open_case(actor=mira, ground="consent", title="Ponuda", contact_ids=[contact], team=[cast.vesna.id])
    assert can_open(cast, "vesna", doing)
    assert can_open(cast, "vesna", done)
    assert selectors.offer_sheet(cast.actor("vesna"), done).words is not None
    later = now() + timedelta(days=8)
    for module in ("opening", "reach"):
        monkeypatch.setattr(f"astra.vault.selectors.{module}.now", lambda: later)
    assert can_open(cast, "sanja", doing)  # what was promised is finished
    assert not can_open(cast, "sanja", done)
    assert can_open(cast, "vesna", done)
