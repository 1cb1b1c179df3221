"""Does everything that hangs on an old key move to the newest, however often it is interrupted?"""

import pytest

from astra.vault import selectors
from astra.vault.models import Circle, Generation, Grant, Membership
from astra.vault.services import circles, rotation
from astra.vault.services.notes import open_note, seal_note
from astra.vault.tests.conftest import House
from astra.vault.tests.test_sealing import WORDS, seal

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_rotation_moves_grants_memberships_and_certificates(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.join("mira", "hotline")
    hotline = selectors.desk_circle("hotline")
    records = [seal(house.actor("founder"), hotline) for _ in range(5)]
    for circle in ("hotline", "coordinators", "house"):
        circles.renew(actor=house.actor("founder"), circle_id=selectors.desk_circle(circle))
    assert rotation.left_to_rotate()["grants"] == 5
    assert rotation.left_to_rotate()["memberships"] > 0
    monkeypatch.setattr(rotation, "BATCH", 2)
    interrupted = rotation.rewrap_grants(actor=house.actor("founder"))
    assert next(interrupted) == 2
    interrupted.close()
    assert list(rotation.rewrap_grants(actor=house.actor("founder"))) == [2, 3]
    list(rotation.rewrap_memberships(actor=house.actor("founder")))
    assert rotation.recertify(actor=house.actor("founder")) > 0
    assert set(rotation.left_to_rotate().values()) == {0}
    for record in records:
        assert selectors.open_section(house.actor("mira"), record, WORDS).revision == 1
    assert set(Grant.objects.values_list("generation", flat=True)) == {2}


def test_a_broken_grant_is_named_and_the_rest_goes_on(house: House) -> None:
    hotline = selectors.desk_circle("hotline")
    seal(house.actor("founder"), hotline)
    broken = seal(house.actor("founder"), hotline)
    Grant.objects.filter(record=broken).update(wrapped=b"\x01" + bytes(60))
    circles.renew(actor=house.actor("founder"), circle_id=hotline)
    actor = house.actor("founder")
    assert list(rotation.rewrap_grants(actor=actor)) == [1]
    assert len(actor.trail.broken) == 1


def test_a_forged_certificate_is_not_renewed(house: House) -> None:
    Generation.objects.filter(circle=selectors.desk_circle("missing")).update(house_mac=b"\0" * 32)
    circles.renew(actor=house.actor("founder"), circle_id=selectors.desk_circle("house"))
    actor = house.actor("founder")
    rotation.recertify(actor=actor)
    assert len(actor.trail.broken) == 1


def test_a_stale_circle_is_renewed_by_the_next_member_who_signs_in(house: House) -> None:
    house.join("mira", "hotline")
    stranger = house.join("stranger")
    hotline = selectors.desk_circle("hotline")
    circles.dismiss(actor=stranger, circle_id=hotline, holder_circle_ids=[house.people["mira"].circle_id])
    assert Circle.objects.get(pk=hotline).is_stale
    assert circles.renew_stale(actor=house.actor("stranger")) == 0
    assert circles.renew_stale(actor=house.actor("founder")) == 1
    assert Circle.objects.get(pk=hotline).current == 2
    assert not Membership.objects.filter(circle=hotline, holder=house.people["mira"].circle_id).exists()


def test_words_on_the_log_open_for_data_protection_only_as_committed(house: House) -> None:
    house.join("mira", "hotline")
    sealed, commitment = seal_note(house.actor("mira"), "tražila sam komšinicu")
    assert open_note(house.actor("founder"), sealed, commitment) == "tražila sam komšinicu"
    assert open_note(house.actor("founder"), sealed, b"\0" * 32) is None
    assert open_note(house.actor("founder"), sealed[:-1], commitment) is None
